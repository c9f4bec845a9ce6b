import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { RetentionRunDto } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { saveFile } from '../../components/save-file';
import { StateBadge } from '../../components/StateBadge';
import { useChange } from '../../components/useChange';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { RUNS } from './runs';

const TONES = { running: 'busy', completed: 'good', failed: 'bad' } as const;

export function RunsTable() {
  const { t } = useTranslation('compliance');
  const format = useFormat();
  const pages = usePages([RUNS], (cursor, signal) =>
    answerOf(api.GET(RUNS, { params: { query: { cursor } }, signal })),
  );
  const save = useChange<void, string>({ run: saveCertificate, lists: [] });
  const columns: Column<RetentionRunDto>[] = [
    { id: 'at', header: t('column.began'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'by', header: t('column.by'), cell: ({ startedBy }) => <Ltr>{startedBy}</Ltr> },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state }) => <StateBadge tone={TONES[state]}>{t(`runState.${state}`)}</StateBadge>,
    },
    {
      id: 'removed',
      header: t('column.removed'),
      isNumber: true,
      cell: ({ classes }) => format.number(sum(classes.map(({ removed }) => removed))),
    },
    {
      id: 'held',
      header: t('column.held'),
      isNumber: true,
      cell: ({ classes }) => format.number(sum(classes.map(({ held }) => held))),
    },
    { id: 'finished', header: t('column.finished'), cell: ({ finishedAt }) => <When at={finishedAt} /> },
    {
      id: 'certificate',
      header: t('column.certificate'),
      cell: ({ id, finishedAt }) =>
        finishedAt !== null && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('erasures.certificateAs', { format: 'JSON' })}
            onClick={() => save.mutate(id)}
          >
            JSON
          </Button>
        ),
    },
  ];
  return (
    <DataTable
      label={t('retention.runs')}
      pages={pages}
      columns={columns}
      idOf={({ id }) => id}
      empty={{ kind: 'first', title: t('retention.noRuns') }}
    />
  );
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);

async function saveCertificate(id: string): Promise<void> {
  const certificate = await answerOf(
    api.GET('/api/v1/retention/runs/{id}/certificate', { params: { path: { id } } }),
  );
  const content = new Blob([JSON.stringify(certificate, null, 2)], { type: 'application/json' });
  saveFile(content, `retention-${id}.json`);
}
