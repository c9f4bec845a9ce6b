import { Button, NativeSelect } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { FilterBar, FilterText } from '../../components/FilterBar';
import { FilterDay } from '../../components/FilterDay';
import { PageHeader } from '../../components/PageHeader';
import { useEmpty } from '../../components/useEmpty';
import { type Filters, useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { Causes } from './Causes';
import { FILTERS, queryOf, replayFilterOf } from './filters';
import { ReplayDialog } from './ReplayDialog';
import { useColumns } from './useColumns';

/** What could not be taken: by cause, and one by one. */
export function Component() {
  const { t } = useTranslation('quarantine');
  const can = useCan();
  const filters = useFilters(FILTERS);
  const [isReplaying, setIsReplaying] = useState(false);
  const { values } = filters;
  const pages = usePages(['/api/v1/quarantine', values], (cursor, signal) =>
    answerOf(api.GET('/api/v1/quarantine', { params: { query: { ...queryOf(values), cursor } }, signal })),
  );
  const isOpen = values.state === undefined || values.state === 'open';
  const hasItems = (pages.query.data?.items.length ?? 0) > 0;
  const columns = useColumns({ hasState: !isOpen });
  const empty = useEmpty(filters, t('filtered'), {
    kind: 'good',
    title: t('good.title'),
    text: t('good.text'),
  });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('quarantine:write') && isOpen && hasItems && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            onClick={() => setIsReplaying(true)}
          >
            {t(filters.isAny ? 'replay.these' : 'replay.all')}
          </Button>
        )}
      </PageHeader>
      <Causes chosen={values.code} choose={(code) => filters.set('code', code)} />
      <QuarantineFilters filters={filters} />
      <DataTable label={t('title')} pages={pages} columns={columns} idOf={({ id }) => id} empty={empty} />
      {isReplaying && (
        <ReplayDialog request={{ filter: replayFilterOf(values) }} onClose={() => setIsReplaying(false)} />
      )}
    </>
  );
}

function QuarantineFilters({ filters }: { filters: Filters<(typeof FILTERS)[number]> }) {
  const { t } = useTranslation('quarantine');
  const states = (['open', 'replayed', 'discarded', 'any'] as const).map((value) => ({
    value,
    label: t(`state.${value}`),
  }));
  return (
    <FilterBar filters={filters} views="quarantine">
      <NativeSelect
        size="xs"
        label={t('column.state')}
        data={states}
        value={filters.values.state ?? 'open'}
        onChange={({ currentTarget: { value } }) => filters.set('state', value === 'open' ? null : value)}
      />
      <FilterText filters={filters} name="applicantId" label={t('column.applicant')} />
      <FilterText filters={filters} name="receiptId" label={t('column.receipt')} />
      <FilterDay filters={filters} name="from" label={t('filter.from')} />
      <FilterDay filters={filters} name="to" label={t('filter.to')} />
    </FilterBar>
  );
}
