import { SimpleGrid, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useEvery } from '../../app/live';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { dayOf } from '../../i18n/format';
import { Chart } from './Chart';
import { approvalOf, inboundOf, latencyOf, outcomesOf } from './series';
import { Backlog } from './Backlog';
import { Gaps } from './Gaps';
import { Governorates } from './Governorates';
import { applicants, callbacks } from './queries';
import type { RangeName } from './range';
import { useWords } from './words';
import { WeekHours } from './WeekHours';

/** Hours and days move slowly. */
const EVERY_MS = 30_000;
const PLACE = <Skeleton height={290} mb="md" />;

export function Charts({ range }: { range: RangeName }) {
  const { t } = useTranslation('overview');
  const live = { refetchInterval: useEvery(EVERY_MS) };
  const ofApplicants = useQuery({ ...applicants(range), ...live });
  const ofCallbacks = useQuery({ ...callbacks(range), ...live });
  const toApplicants = useList('/applicants', 'applicants:read');
  const toReceipts = useList('/receipts', 'receipts:read');
  const can = useCan();
  const words = useWords();
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing={0}>
      <DataArea query={ofApplicants} skeleton={PLACE}>
        {(data) => (
          <Chart title={t('chart.outcomes')} chart={outcomesOf(data, words)} onPick={toApplicants} />
        )}
      </DataArea>
      <DataArea query={ofCallbacks} skeleton={PLACE}>
        {(data) => <Chart title={t('chart.inbound')} chart={inboundOf(data, words)} onPick={toReceipts} />}
      </DataArea>
      <DataArea query={ofApplicants} skeleton={PLACE}>
        {(data) => (
          <Chart title={t('chart.approval')} chart={approvalOf(data, words)} onPick={toApplicants} />
        )}
      </DataArea>
      <DataArea query={ofCallbacks} skeleton={PLACE}>
        {(data) => <Chart title={t('chart.latency')} chart={latencyOf(data, words)} onPick={toReceipts} />}
      </DataArea>
      <Governorates range={range} />
      <WeekHours />
      {can('reconciliation:read') && <Gaps />}
      {can('endpoints:read') && <Backlog />}
    </SimpleGrid>
  );
}

/** Leads to a list, filtered by the day of Cairo in which a bucket begins. */
function useList(path: string, scope: string): ((start: string) => void) | undefined {
  const navigate = useNavigate();
  const can = useCan();
  if (!can(scope)) return undefined;
  return (start) => {
    const day = dayOf(start);
    void navigate(`${path}?from=${day}&to=${day}`);
  };
}
