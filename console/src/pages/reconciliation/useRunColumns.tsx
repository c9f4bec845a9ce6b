import { Badge, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunDto } from '@schema';
import { useCan } from '../../app/session';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { RowLink } from '../../components/RowLink';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { Days } from './Days';

const TONES = {
  waiting: 'busy',
  running: 'busy',
  completed: 'good',
  failed: 'bad',
  cancelled: 'quiet',
} as const;
const COUNTS = ['found', 'missing', 'different', 'missingThere', 'healed', 'quarantined'] as const;

export const isUnderWay = ({ state }: RunDto) => state === 'waiting' || state === 'running';

export function useRunColumns(cancel: (run: RunDto) => void): Column<RunDto>[] {
  const { t } = useTranslation('reconciliation');
  const can = useCan();
  const format = useFormat();
  return [
    { id: 'range', header: t('column.range'), cell: (run) => <Range run={run} /> },
    { id: 'state', header: t('column.state'), cell: (run) => <State run={run} /> },
    ...COUNTS.map((count) => ({
      id: count,
      header: t(`count.${count}`),
      isNumber: true,
      cell: (run: RunDto) => format.number(run[count]),
    })),
    {
      id: 'at',
      header: t('column.began'),
      cell: ({ startedAt, createdAt, trigger, startedBy }) => (
        <>
          <When at={startedAt ?? createdAt} />
          <Text size="xs" c="dimmed">
            {trigger === 'schedule' ? t('bySchedule') : <Ltr>{startedBy}</Ltr>}
          </Text>
        </>
      ),
    },
    { id: 'end', header: t('column.ended'), cell: ({ finishedAt }) => <When at={finishedAt} /> },
    ...(can('reconciliation:write')
      ? [
          {
            id: 'actions',
            header: t('column.actions'),
            isNumber: true,
            cell: (run: RunDto) =>
              isUnderWay(run) && (
                <Button variant="default" size="compact-sm" onClick={() => cancel(run)}>
                  {t('cancel.open')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

/** Its days, and the way to its gaps. */
function Range({ run: { id, from, to, dryRun } }: { run: RunDto }) {
  const { t } = useTranslation('reconciliation');
  return (
    <Group gap={6} wrap="nowrap" miw="max-content">
      <RowLink to={`/reconciliation?runId=${id}`}>
        <Days from={from} to={to} />
      </RowLink>
      {dryRun && (
        <Badge color="gray" variant="light" size="sm" tt="none" miw="max-content">
          {t('dryRun')}
        </Badge>
      )}
    </Group>
  );
}

function State({ run }: { run: RunDto }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const { state, errorCode, nextAttemptAt } = run;
  const share = shareOf(run);
  return (
    <>
      <StateBadge tone={TONES[state]}>
        {share === undefined
          ? t(`runState.${state}`)
          : t('runState.at', { percent: format.number(Math.floor(share * 100)) })}
      </StateBadge>
      {errorCode !== null && (
        <Text size="xs" c="dimmed">
          <Ltr>{errorCode}</Ltr>
          {state === 'waiting' && nextAttemptAt !== null && (
            <>
              {' · '}
              {t('again')} <When at={nextAttemptAt} />
            </>
          )}
        </Text>
      )}
    </>
  );
}

/** How much of its range has been read, while it runs. */
function shareOf({ state, from, to, reachedAt }: RunDto): number | undefined {
  if (state !== 'running' || reachedAt === null) return undefined;
  const start = Date.parse(from);
  return Math.min(Math.max((Date.parse(reachedAt) - start) / (Date.parse(to) - start), 0), 1);
}
