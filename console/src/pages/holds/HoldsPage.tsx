import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { HoldDto } from '@schema';
import { useCan } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect, FilterText } from '../../components/FilterBar';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { PageHeader } from '../../components/PageHeader';
import { StateBadge } from '../../components/StateBadge';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { LiftDialog, PlaceDialog } from './HoldDialogs';
import { HOLDS } from './holds';

const STATES = ['placed', 'lifted'] as const;

/** Of whom nothing is removed, and why. */
export function Component() {
  const { t } = useTranslation('compliance');
  const can = useCan();
  const [isPlacing, setIsPlacing] = useState(false);
  const [lifted, setLifted] = useState<HoldDto>();
  const filters = useFilters(['state', 'applicantId']);
  const state = STATES.find((one) => one === filters.values.state);
  const { applicantId } = filters.values;
  const pages = usePages([HOLDS, filters.values], (cursor, signal) =>
    answerOf(api.GET(HOLDS, { params: { query: { state, applicantId, cursor } }, signal })),
  );
  const columns = useColumns(setLifted);
  const empty = useEmpty(filters, t('holds.filtered'), { kind: 'good', title: t('holds.none') });
  return (
    <>
      <PageHeader title={t('holds.title')} text={t('holds.text')}>
        {can('holds:write') && (
          <Button leftSection={<IconLock size={16} />} onClick={() => setIsPlacing(true)}>
            {t('holds.place')}
          </Button>
        )}
      </PageHeader>
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="state"
          label={t('column.state')}
          options={STATES.map((value) => ({ value, label: t(`holdState.${value}`) }))}
        />
        <FilterText filters={filters} name="applicantId" label={t('person.applicantId')} />
      </FilterBar>
      <DataTable
        label={t('holds.title')}
        pages={pages}
        columns={columns}
        idOf={({ id }) => id}
        empty={empty}
      />
      {isPlacing && <PlaceDialog onClose={() => setIsPlacing(false)} />}
      {lifted !== undefined && <LiftDialog hold={lifted} onClose={() => setLifted(undefined)} />}
    </>
  );
}

function useColumns(lift: (hold: HoldDto) => void): Column<HoldDto>[] {
  const { t } = useTranslation('compliance');
  const can = useCan();
  const actions: Column<HoldDto> = {
    id: 'actions',
    header: t('column.actions'),
    isNumber: true,
    cell: (hold) =>
      hold.state === 'placed' && (
        <Button
          variant="default"
          size="compact-sm"
          aria-label={t('holds.liftOf', { reason: hold.reason })}
          onClick={() => lift(hold)}
        >
          {t('holds.lift')}
        </Button>
      ),
  };
  return [
    {
      id: 'whom',
      header: t('column.whom'),
      cell: ({ applicantId, applicantIds }) =>
        applicantId === null ? (
          t('holds.byNationalId', { count: applicantIds.length })
        ) : (
          <Ltr>{applicantId}</Ltr>
        ),
    },
    { id: 'reason', header: t('column.reason'), cell: ({ reason }) => <Name>{reason}</Name> },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state }) => (
        <StateBadge tone={state === 'placed' ? 'busy' : 'quiet'}>{t(`holdState.${state}`)}</StateBadge>
      ),
    },
    { id: 'by', header: t('column.by'), cell: ({ placedBy }) => <Ltr>{placedBy}</Ltr> },
    { id: 'at', header: t('column.since'), cell: ({ placedAt }) => <When at={placedAt} /> },
    { id: 'lifted', header: t('column.lifted'), cell: ({ liftedAt }) => <When at={liftedAt} /> },
    ...(can('holds:write') ? [actions] : []),
  ];
}
