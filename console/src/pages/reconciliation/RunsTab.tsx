import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { RunDto } from '@schema';
import { DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect } from '../../components/FilterBar';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { useRefresh } from '../../components/useRefresh';
import { CancelDialog } from './CancelDialog';
import { RUNS } from './paths';
import { isUnderWay, useRunColumns } from './useRunColumns';

const STATES = ['waiting', 'running', 'completed', 'failed', 'cancelled'] as const;

/** When eNROLL was asked whom it enrolled, and what came of it. */
export function RunsTab() {
  const { t } = useTranslation('reconciliation');
  const [cancelled, setCancelled] = useState<RunDto>();
  const filters = useFilters(['state']);
  const state = STATES.find((one) => one === filters.values.state);
  const pages = usePages([RUNS, filters.values], (cursor, signal) =>
    answerOf(api.GET(RUNS, { params: { query: { state, cursor } }, signal })),
  );
  useRefresh(RUNS, pages.query.data?.items.some(isUnderWay) ?? false);
  const empty = useEmpty(filters, t('runs.filtered'), {
    kind: 'first',
    title: t('runs.none'),
    text: t('runs.noneText'),
  });
  return (
    <>
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="state"
          label={t('column.state')}
          options={STATES.map((value) => ({ value, label: t(`runState.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('tab.runs')}
        pages={pages}
        columns={useRunColumns(setCancelled)}
        idOf={({ id }) => id}
        empty={empty}
      />
      {cancelled !== undefined && <CancelDialog run={cancelled} onClose={() => setCancelled(undefined)} />}
    </>
  );
}
