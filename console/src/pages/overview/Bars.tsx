import { Progress, Table } from '@mantine/core';
import '@mantine/core/styles/Progress.css';
import { Link } from 'react-router';
import { useFormat } from '../../i18n/format';

export interface Bar {
  id: string;
  name: string;
  value: number;
  /** Where its things are listed. */
  to?: string;
  isBad?: boolean;
  /** All that is not shown: its length would dwarf the others. */
  isRest?: boolean;
}

/** One number of each thing, as a table whose bars compare them. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const format = useFormat();
  const most = Math.max(1, ...bars.map(({ value, isRest }) => (isRest === true ? 0 : value)));
  return (
    <Table verticalSpacing={3} withRowBorders={false} aria-label={label}>
      <Table.Tbody>
        {bars.map(({ id, name, value, to, isBad, isRest }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" fw={400} w="34%">
              {to === undefined ? (
                <bdi>{name}</bdi>
              ) : (
                <Link to={to} className="row-link">
                  <bdi>{name}</bdi>
                </Link>
              )}
            </Table.Th>
            <Table.Td>
              {isRest !== true && (
                <Progress
                  value={(100 * value) / most}
                  color={isBad === true ? 'orange' : undefined}
                  size="md"
                  aria-label={name}
                />
              )}
            </Table.Td>
            <Table.Td ta="end" w={72} className="ltr">
              {format.number(value)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
