import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../components/Ltr';
import type { MaskedElementDto } from '@schema';
import type { Change } from './fields';

interface Props {
  changes: readonly Change[];
  /** What was received; null where nothing of it is shown. */
  masked: MaskedElementDto | null;
}

/** What the fix changes. The values as received are masked. */
export function FixDifference({ changes, masked }: Props) {
  const { t } = useTranslation('quarantine');
  if (changes.length === 0) return null;
  return (
    <Table aria-label={t('difference.title')} className="data-table" verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('fix.field')}</Table.Th>
          <Table.Th scope="col">{t('difference.before')}</Table.Th>
          <Table.Th scope="col">{t('difference.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(({ field, isRemoved, text }) => (
          <Table.Tr key={field}>
            <Table.Td>
              <Ltr>{field}</Ltr>
            </Table.Td>
            <Table.Td>
              <span className="was-refused">
                − <bdi>{receivedAs(field, masked) ?? t('difference.hidden')}</bdi>
              </span>
            </Table.Td>
            <Table.Td>
              <span className="is-fixed">+ {isRemoved ? t('difference.removed') : <bdi>{text}</bdi>}</span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Names are the same in any case; of one that was sent twice each value stands there. */
function receivedAs(field: string, masked: MaskedElementDto | null): string | undefined {
  const sent = masked?.fields.filter(({ name }) => name.toLowerCase() === field.toLowerCase()) ?? [];
  const values = sent.flatMap((one) => one.values).filter((value) => value !== '');
  return values.length === 0 ? undefined : values.join(', ');
}
