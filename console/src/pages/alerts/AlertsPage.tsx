import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AlertDto } from '@schema';
import { useCan } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect } from '../../components/FilterBar';
import { Ltr } from '../../components/Ltr';
import { PageHeader } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { useChange } from '../../components/useChange';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { TestDialog } from './TestDialog';

const PATH = '/api/v1/alerts';
const STATES = ['open', 'resolved'] as const;

/** What went wrong, newest first. */
export function Component() {
  const { t } = useTranslation('alerts');
  const can = useCan();
  const [isTesting, setIsTesting] = useState(false);
  const filters = useFilters(['state']);
  const state = STATES.find((one) => one === filters.values.state);
  const pages = usePages([PATH, filters.values], (cursor, signal) =>
    answerOf(api.GET(PATH, { params: { query: { state, cursor } }, signal })),
  );
  const columns = useColumns();
  const empty = useEmpty(filters, t('filtered'), {
    kind: 'good',
    title: t('good.title'),
    text: t('good.text'),
  });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('alerts:write') && (
          <Button variant="default" onClick={() => setIsTesting(true)}>
            {t('test.open')}
          </Button>
        )}
      </PageHeader>
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="state"
          label={t('column.state')}
          options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
      </FilterBar>
      <DataTable label={t('title')} pages={pages} columns={columns} idOf={({ id }) => id} empty={empty} />
      {isTesting && <TestDialog onClose={() => setIsTesting(false)} />}
    </>
  );
}

function useColumns(): Column<AlertDto>[] {
  const { t } = useTranslation('alerts');
  const can = useCan();
  const acknowledge = useChange({
    run: (id: string) => answerOf(api.POST('/api/v1/alerts/{id}/acknowledge', { params: { path: { id } } })),
    lists: [PATH],
    said: () => t('acknowledged'),
  });
  return [
    {
      id: 'what',
      header: t('column.what'),
      cell: ({ rule, subject }) => (
        <>
          {t(`rule.${rule}`)} {subject !== '' && <Ltr>{subject}</Ltr>}
        </>
      ),
    },
    { id: 'summary', header: t('column.summary'), cell: ({ summary }) => <bdi lang="en">{summary}</bdi> },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state }) => (
        <StateBadge tone={state === 'open' ? 'warn' : 'good'}>{t(`state.${state}`)}</StateBadge>
      ),
    },
    { id: 'opened', header: t('column.opened'), cell: (row) => <When at={row.openedAt} /> },
    { id: 'resolved', header: t('column.resolved'), cell: (row) => <When at={row.resolvedAt} /> },
    {
      id: 'acknowledged',
      header: t('column.acknowledged'),
      cell: ({ id, state, rule, acknowledgedBy }) => {
        if (acknowledgedBy !== null) return <Ltr>{acknowledgedBy}</Ltr>;
        if (state !== 'open' || !can('alerts:write')) return t('byNobody');
        return (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={t('acknowledgeOf', { rule: t(`rule.${rule}`) })}
            loading={acknowledge.isPending && acknowledge.variables === id}
            onClick={() => acknowledge.mutate(id)}
          >
            {t('acknowledge')}
          </Button>
        );
      },
    },
  ];
}
