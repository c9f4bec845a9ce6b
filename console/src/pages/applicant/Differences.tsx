import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DifferenceDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { WRITTEN } from './fields';
import { isNothing } from './FieldValue';
import { useWords } from './words';

interface Props {
  /** Null where the version before is no longer kept. */
  differences: DifferenceDto[] | null;
  /** Everything is new. */
  isFirst: boolean;
}

/** Before and after, field by field. A sign says what colour says, too. */
export function Differences({ differences, isFirst }: Props) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  if (differences === null || differences.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {differences === null ? t('difference.notKept') : t('difference.none')}
      </Text>
    );
  return (
    <Table.ScrollContainer
      minWidth={480}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, 'aria-label': t('difference.label'), role: 'region' },
      }}
    >
      <Table verticalSpacing={4} className="data-table differences" aria-label={t('difference.label')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('difference.field')}</Table.Th>
            {!isFirst && <Table.Th scope="col">{t('difference.before')}</Table.Th>}
            <Table.Th scope="col">{isFirst ? t('difference.value') : t('difference.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map(({ field, from, to }) => (
            <Table.Tr key={field}>
              <Table.Td>{words.field(field)}</Table.Td>
              {!isFirst && (
                <Table.Td>
                  {isNothing(from) ? (
                    <Nothing />
                  ) : (
                    <del>
                      <Sign>−</Sign>
                      <Value field={field} value={from} />
                    </del>
                  )}
                </Table.Td>
              )}
              <Table.Td>
                {isNothing(to) ? (
                  <Nothing />
                ) : (
                  <ins>
                    {!isFirst && <Sign>+</Sign>}
                    <Value field={field} value={to} />
                  </ins>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Sign({ children }: { children: string }) {
  return <span className="sign">{children}</span>;
}

function Value({ field, value }: { field: string; value: DifferenceDto['from'] }) {
  const { t } = useTranslation('applicant');
  const texts = [value].flat().map((one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const text = texts.join(t('separator'));
  return WRITTEN.includes(field) ? <Name>{text}</Name> : <Ltr>{text}</Ltr>;
}
