import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DeliveryDto, paths } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect, FilterText } from '../../components/FilterBar';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { AttemptsDialog } from './AttemptsDialog';
import { DeliveryBadge } from './badges';

type Query = NonNullable<paths['/api/v1/endpoints/{id}/deliveries']['get']['parameters']['query']>;

const FILTERS = ['state', 'applicantId'] as const;
const STATES = ['due', 'delivered', 'dead'] as const;

/** Events for one endpoint, newest first. */
export function Deliveries({ endpointId }: { endpointId: string }) {
  const { t } = useTranslation(['endpoints', 'common']);
  const filters = useFilters(FILTERS);
  const [shown, setShown] = useState<DeliveryDto>();
  const pages = usePages(
    ['/api/v1/endpoints', endpointId, 'deliveries', filters.values],
    (cursor, signal) => {
      const query = { ...(filters.values as Query), cursor };
      const params = { path: { id: endpointId }, query };
      return answerOf(api.GET('/api/v1/endpoints/{id}/deliveries', { params, signal }));
    },
  );
  const states = STATES.map((value) => ({ value, label: t(`delivery.${value}`) }));
  const action = { label: t('common:clearFilters'), run: filters.clear };
  return (
    <>
      <FilterBar filters={filters}>
        <FilterSelect filters={filters} name="state" label={t('column.state')} options={states} />
        <FilterText filters={filters} name="applicantId" label={t('column.applicant')} />
      </FilterBar>
      <DataTable
        label={t('section.deliveries')}
        pages={pages}
        columns={useColumns(setShown)}
        idOf={({ id }) => id}
        empty={
          filters.isAny
            ? { kind: 'filtered', title: t('noDeliveryFits'), action }
            : { kind: 'first', title: t('noDeliveries') }
        }
      />
      {shown !== undefined && (
        <AttemptsDialog endpointId={endpointId} delivery={shown} onClose={() => setShown(undefined)} />
      )}
    </>
  );
}

function useColumns(show: (delivery: DeliveryDto) => void): Column<DeliveryDto>[] {
  const { t } = useTranslation('endpoints');
  return [
    { id: 'event', header: t('column.event'), cell: ({ event }) => <Ltr>{event}</Ltr> },
    { id: 'applicant', header: t('column.applicant'), cell: ({ applicantId }) => <Ltr>{applicantId}</Ltr> },
    { id: 'state', header: t('column.state'), cell: ({ state }) => <DeliveryBadge state={state} /> },
    { id: 'occurred', header: t('column.occurred'), cell: ({ occurredAt }) => <When at={occurredAt} /> },
    { id: 'next', header: t('column.next'), cell: ({ nextAttemptAt }) => <When at={nextAttemptAt} /> },
    {
      id: 'code',
      header: t('column.lastCode'),
      cell: ({ lastCode }) => (lastCode === null ? <Nothing /> : <Ltr>{lastCode}</Ltr>),
    },
    {
      id: 'attempts',
      header: t('column.attempts'),
      isNumber: true,
      cell: (delivery) => (
        <Button variant="default" size="compact-sm" onClick={() => show(delivery)}>
          {t('attempts', { count: delivery.attempts })}
        </Button>
      ),
    },
  ];
}
