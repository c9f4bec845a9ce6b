import { Button, SimpleGrid, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Ltr } from '../../components/Ltr';
import { RowLink } from '../../components/RowLink';
import { saveFile } from '../../components/save-file';
import { useFormat } from '../../i18n/format';
import type { Comparison, Ours, Period, Theirs } from './comparison';
import { csvOf } from './csv';
import { Days } from './Days';
import './compared.css';

const FIRST = 5;
const SETS = ['onlyTheirs', 'onlyOurs', 'both', 'elsewhere', 'repeated'] as const;
type SetName = (typeof SETS)[number];

/** What of a file is here, set by set; each can be saved whole. */
export function Compared({ comparison, period }: { comparison: Comparison; period: Period }) {
  const { t } = useTranslation('reconciliation');
  const { theirs, ours, looked } = comparison;
  return (
    <>
      <Text size="sm" mt="sm" mb="sm" role="status">
        {t('compare.theirs', { count: theirs })} {t('compare.ours', { count: ours })} <Days {...period} />.{' '}
        {t('compare.looked')} <Days {...looked} />.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        {SETS.filter((name) => name !== 'repeated' || comparison.repeated.length > 0).map((name) => (
          <Part key={name} name={name} rows={comparison[name]} period={period} />
        ))}
      </SimpleGrid>
    </>
  );
}

function Part({ name, rows, period }: { name: SetName; rows: readonly (Ours | Theirs)[]; period: Period }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const save = () => {
    const days = `${period.from.slice(0, 10)}-${period.to.slice(0, 10)}`;
    saveFile(new Blob([csvOf(rows)], { type: 'text/csv' }), `${name}-${days}.csv`);
  };
  return (
    <section className="compared" aria-label={t(`compare.set.${name}`)}>
      <Text size="sm" fw={600}>
        {t(`compare.set.${name}`)}
      </Text>
      <Text size="xl" fw={600} lh={1.3}>
        {format.number(rows.length)}
      </Text>
      <Text size="xs" c="dimmed">
        {t(`compare.meaning.${name}`)}
      </Text>
      {rows.length > 0 && (
        <>
          <ul>
            {rows.slice(0, FIRST).map((row) => (
              <li key={'id' in row ? row.id : row.applicantId}>
                <Id row={row} />
              </li>
            ))}
          </ul>
          {rows.length > FIRST && (
            <Text size="xs" c="dimmed" mb={4}>
              {t('compare.more', { count: rows.length - FIRST })}
            </Text>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} />}
            aria-label={t('compare.saveOf', { set: t(`compare.set.${name}`) })}
            onClick={save}
          >
            {t('compare.save')}
          </Button>
        </>
      )}
    </section>
  );
}

function Id({ row }: { row: Ours | Theirs }) {
  if ('id' in row) return <Ltr>{row.id}</Ltr>;
  return (
    <RowLink to={`/applicants/${encodeURIComponent(row.applicantId)}`}>
      <Ltr>{row.applicantId}</Ltr>
    </RowLink>
  );
}
