import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartOf } from './chart.types';

/** The same values as a chart. */
export function ChartTable({
  chart: { lines, starts, show },
  label,
  labelOf,
}: {
  chart: ChartOf;
  label: string;
  labelOf: (start: string) => string;
}) {
  const { t } = useTranslation('overview');
  return (
    <Table.ScrollContainer
      minWidth={320}
      maxHeight={226}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label, role: 'region' } }}
    >
      <Table aria-label={label} className="data-table" verticalSpacing={4} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('chart.time')}</Table.Th>
            {lines.map((line) => (
              <Table.Th key={line.label} scope="col" data-number>
                {line.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {starts.map((start, index) => (
            <Table.Tr key={start}>
              <Table.Th scope="row">{labelOf(start)}</Table.Th>
              {lines.map(({ label: name, values }) => {
                const value = values[index];
                return (
                  <Table.Td key={name} data-number>
                    {value === null || value === undefined ? '–' : show(value)}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
