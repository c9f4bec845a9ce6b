import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { RunPageDto } from '@schema';
import { DataArea } from '../../components/DataArea';
import { useFormat } from '../../i18n/format';
import { Chart } from './Chart';
import type { ChartOf } from './chart.types';
import { RUNS } from './queries';

const GAPS = [
  ['missing', 'red'],
  ['different', 'orange'],
  ['missingThere', 'violet'],
] as const;

/** What each of the last runs of reconciliation found. */
export function Gaps() {
  const { t } = useTranslation('overview');
  const navigate = useNavigate();
  const format = useFormat();
  const query = useQuery(RUNS);
  const chartOf = ({ items }: RunPageDto): ChartOf => {
    const runs = items.toReversed();
    return {
      kind: 'stack',
      bucket: 'moment',
      starts: runs.map(({ createdAt }) => createdAt),
      lines: GAPS.map(([kind, colour]) => ({
        label: t(`gaps.${kind}`),
        colour,
        values: runs.map((run) => run[kind]),
      })),
      show: format.number,
    };
  };
  return (
    <DataArea query={query} skeleton={<Skeleton height={290} />}>
      {(page) => (
        <Chart
          title={t('gaps.title')}
          chart={chartOf(page)}
          onPick={() => void navigate('/reconciliation')}
          nothing={page.items.length === 0 ? t('gaps.none') : undefined}
        />
      )}
    </DataArea>
  );
}
