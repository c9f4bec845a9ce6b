import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDto } from '@schema';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { Schedule } from './Schedule';
import { stateOf, TONES } from './urgency';

/** The API counts no further. */
const MOST_COUNTED = 1000;

export function useColumns(): Column<JobDto>[] {
  const { t } = useTranslation('jobs');
  return [
    {
      id: 'name',
      header: t('column.name'),
      cell: ({ name }) => (
        <Text size="sm" fw={600} miw="max-content">
          <Ltr>{name}</Ltr>
        </Text>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      cell: (job) => <StateBadge tone={TONES[stateOf(job)]}>{t(`state.${stateOf(job)}`)}</StateBadge>,
    },
    { id: 'when', header: t('column.when'), cell: (job) => <Schedule job={job} /> },
    { id: 'waiting', header: t('column.waiting'), isNumber: true, cell: (job) => <Waiting job={job} /> },
    {
      id: 'running',
      header: t('column.running'),
      isNumber: true,
      cell: ({ running }) => <Count n={running} />,
    },
    { id: 'failed', header: t('column.failed'), isNumber: true, cell: (job) => <Failed job={job} /> },
    { id: 'finished', header: t('column.finished'), cell: (job) => <When at={job.lastFinishedAt} /> },
    {
      id: 'processes',
      header: t('column.processes'),
      cell: ({ processes }) => (processes === 0 ? t('nobody') : t('processes', { count: processes })),
    },
  ];
}

function Count({ n }: { n: number | null }) {
  const format = useFormat();
  if (n === null) return <Nothing />;
  return <Ltr>{n >= MOST_COUNTED ? `${format.number(n)}+` : format.number(n)}</Ltr>;
}

function Waiting({ job: { waiting, oldestWaitingAt } }: { job: JobDto }) {
  const { t } = useTranslation('jobs');
  const format = useFormat();
  const seconds = oldestWaitingAt === null ? 0 : (Date.now() - Date.parse(oldestWaitingAt)) / 1000;
  return (
    <>
      <Count n={waiting} />
      {seconds >= 1 && (
        <Text size="xs" c="dimmed">
          {t('oldest', { time: format.ago(seconds) })}
        </Text>
      )}
    </>
  );
}

function Failed({ job: { failed, lastFailedAt } }: { job: JobDto }) {
  const { t } = useTranslation('jobs');
  return (
    <>
      <Text span size="sm" fw={(failed ?? 0) > 0 ? 600 : undefined}>
        <Count n={failed} />
      </Text>
      {lastFailedAt !== null && (
        <Text size="xs" c="dimmed">
          {t('lastFailed')} <When at={lastFailedAt} />
        </Text>
      )}
    </>
  );
}
