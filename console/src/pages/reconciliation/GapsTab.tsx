import { Button, Group } from '@mantine/core';
import { IconArrowBack } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { GapDto, paths } from '@schema';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect, FilterText } from '../../components/FilterBar';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { lazily } from '../../components/lazily';
import { GAPS } from './paths';
import { useGapColumns } from './useGapColumns';

const HealAllDialog = lazily(async () => (await import('./HealAllDialog')).HealAllDialog);
const IgnoreDialog = lazily(async () => (await import('./IgnoreDialog')).IgnoreDialog);

type Query = NonNullable<paths[typeof GAPS]['get']['parameters']['query']>;

const STATES = ['open', 'healed', 'ignored'] as const;
const KINDS = ['missing_here', 'different_here', 'missing_there'] as const;

/** Where eNROLL and Rollcall differ, applicant by applicant. */
export function GapsTab() {
  const { t } = useTranslation('reconciliation');
  const can = useCan();
  const [isHealing, setIsHealing] = useState(false);
  const [ignored, setIgnored] = useState<GapDto>();
  const filters = useFilters(['state', 'kind', 'applicantId', 'runId']);
  const pages = usePages([GAPS, filters.values], (cursor, signal) =>
    answerOf(api.GET(GAPS, { params: { query: { ...(filters.values as Query), cursor } }, signal })),
  );
  const empty = useEmpty(filters, t('gaps.filtered'), {
    kind: 'good',
    title: t('gaps.none'),
    text: t('gaps.noneText'),
  });
  return (
    <>
      <Group justify="space-between" align="flex-end" gap="xs">
        <FilterBar filters={filters}>
          <FilterSelect
            filters={filters}
            name="state"
            label={t('column.state')}
            options={STATES.map((value) => ({ value, label: t(`gapState.${value}`) }))}
          />
          <FilterSelect
            filters={filters}
            name="kind"
            label={t('column.kind')}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
          <FilterText filters={filters} name="applicantId" label={t('column.applicant')} />
        </FilterBar>
        {can('reconciliation:write') && (
          <Button
            variant="default"
            size="xs"
            mb="md"
            leftSection={<IconArrowBack size={14} className="turns" />}
            onClick={() => setIsHealing(true)}
          >
            {t('healAll.open')}
          </Button>
        )}
      </Group>
      <DataTable
        label={t('tab.gaps')}
        pages={pages}
        columns={useGapColumns(setIgnored)}
        idOf={({ id }) => id}
        empty={empty}
      />
      {isHealing && <HealAllDialog onClose={() => setIsHealing(false)} />}
      {ignored !== undefined && <IgnoreDialog gap={ignored} onClose={() => setIgnored(undefined)} />}
    </>
  );
}
