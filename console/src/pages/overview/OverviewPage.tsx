import { SegmentedControl, Skeleton } from '@mantine/core';
import '@mantine/core/styles/FloatingIndicator.css';
import '@mantine/core/styles/SegmentedControl.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { STATUS } from '../../api/status';
import { useLive } from '../../app/live';
import { DataArea } from '../../components/DataArea';
import { LiveSwitch } from '../../components/LiveSwitch';
import { PageHeader } from '../../components/PageHeader';
import { useFilters } from '../../components/useFilters';
import './overview.css';
import { Charts } from './Charts';
import { Figures } from './Figures';
import { HealthStrip } from './HealthStrip';
import { NeedsAttention } from './NeedsAttention';
import { RANGES, rangeNamed } from './range';
import { useFirstStep } from './useFirstStep';

/** Whether all is well, what came, and what needs somebody. */
export function Component() {
  const { t } = useTranslation('overview');
  const filters = useFilters(['range']);
  const range = rangeNamed(filters.values.range);
  const status = useQuery({ ...STATUS, ...useLive() });
  useFirstStep(status.data);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        <SegmentedControl
          size="xs"
          aria-label={t('range.label')}
          value={range}
          onChange={(value) => filters.set('range', value)}
          data={RANGES.map((value) => ({ value, label: t(`range.${value}`) }))}
        />
        <LiveSwitch />
      </PageHeader>
      <DataArea query={status} skeleton={<Skeleton height={150} mb="md" />}>
        {(data) => (
          <>
            <HealthStrip status={data} />
            <NeedsAttention status={data} />
          </>
        )}
      </DataArea>
      <Figures range={range} />
      <Charts range={range} />
    </>
  );
}
