import { Button } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect, FilterText } from '../../components/FilterBar';
import { PageHeader } from '../../components/PageHeader';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { EraseDialog } from './EraseDialog';
import { ERASURES, STATES } from './erasures';
import { useColumns } from './useColumns';

/** Whom Rollcall has forgotten, and the proof of it. */
export function Component() {
  const { t } = useTranslation('compliance');
  const can = useCan();
  const [isErasing, setIsErasing] = useState(false);
  const filters = useFilters(['state', 'applicantId']);
  const state = STATES.find((one) => one === filters.values.state);
  const { applicantId } = filters.values;
  const pages = usePages([ERASURES, filters.values], (cursor, signal) =>
    answerOf(api.GET(ERASURES, { params: { query: { state, applicantId, cursor } }, signal })),
  );
  const columns = useColumns();
  const empty = useEmpty(filters, t('erasures.filtered'), { kind: 'first', title: t('erasures.none') });
  return (
    <>
      <PageHeader title={t('erasures.title')} text={t('erasures.text')}>
        {can('erasures:write') && (
          <Button color="red.8" leftSection={<IconEraser size={16} />} onClick={() => setIsErasing(true)}>
            {t('erasures.erase')}
          </Button>
        )}
      </PageHeader>
      <FilterBar filters={filters}>
        <FilterSelect
          filters={filters}
          name="state"
          label={t('column.state')}
          options={STATES.map((value) => ({ value, label: t(`erasureState.${value}`) }))}
        />
        <FilterText filters={filters} name="applicantId" label={t('person.applicantId')} />
      </FilterBar>
      <DataTable
        label={t('erasures.title')}
        pages={pages}
        columns={columns}
        idOf={({ id }) => id}
        empty={empty}
      />
      {isErasing && <EraseDialog onClose={() => setIsErasing(false)} />}
    </>
  );
}
