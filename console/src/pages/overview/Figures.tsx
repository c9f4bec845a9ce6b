import { Group, Paper, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { OverviewDto } from '@schema';
import { useLive } from '../../app/live';
import { DataArea } from '../../components/DataArea';
import { useFormat } from '../../i18n/format';
import { overview } from './queries';
import type { RangeName } from './range';

type Name = 'applicants' | 'approval' | 'callbacks' | 'quarantined' | 'refused' | 'latency';

const NAMES = ['applicants', 'approval', 'callbacks', 'quarantined', 'refused', 'latency'] as const;

/** The main numbers of the range, each with its change against the range before. */
export function Figures({ range }: { range: RangeName }) {
  const { t } = useTranslation('overview');
  const now = useQuery({ ...overview(range, 'now'), ...useLive('receipts') });
  const before = useQuery(overview(range, 'before'));
  return (
    <section aria-label={t('figure.title')}>
      <DataArea query={now} skeleton={<Skeleton height={92} mb="md" />}>
        {(data) => (
          <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="xs" mb="md">
            {NAMES.map((name) => (
              <Figure
                key={name}
                name={name}
                value={valueOf(name, data)}
                before={before.data && valueOf(name, before.data)}
              />
            ))}
          </SimpleGrid>
        )}
      </DataArea>
    </section>
  );
}

/** Null: there is nothing to count it from. Approval is a share from 0 to 1, latency in milliseconds. */
function valueOf(name: Name, { applicants, callbacks }: OverviewDto): number | null {
  switch (name) {
    case 'applicants':
      return applicants.total;
    case 'approval':
      return applicants.total === 0 ? null : applicants.byOutcome.accepted / applicants.total;
    case 'callbacks':
      return callbacks.callbacks.success + callbacks.callbacks.fail + callbacks.callbacks.any;
    case 'quarantined':
      return callbacks.quarantined;
    case 'refused':
      return callbacks.refused.tokens + callbacks.refused.callbacks;
    case 'latency':
      return callbacks.latencyMs?.p95 ?? null;
  }
}

interface FigureProps {
  name: Name;
  value: number | null;
  before: number | null | undefined;
}

function Figure({ name, value, before }: FigureProps) {
  const { t } = useTranslation('overview');
  const show = useShow(name);
  return (
    <Paper withBorder px="md" py="sm">
      <Text size="xs" c="dimmed">
        {t(`figure.${name}`)}
      </Text>
      <Text fz={26} fw={600} lh={1.3} className="ltr">
        {show(value)}
      </Text>
      <Change value={value} before={before} show={show} isShare={name === 'approval'} />
    </Paper>
  );
}

function Change({
  value,
  before,
  show,
  isShare,
}: Omit<FigureProps, 'name'> & { show: (value: number | null) => string; isShare: boolean }) {
  const { t } = useTranslation('overview');
  const format = useFormat();
  if (before === undefined || before === null || value === null)
    return (
      <Text size="xs" c="dimmed">
        {t('figure.nothingBefore')}
      </Text>
    );
  const Icon = value > before ? IconArrowUpRight : value < before ? IconArrowDownRight : IconArrowRight;
  const change = isShare
    ? t('figure.points', { points: format.signed((value - before) * 100) })
    : before === 0
      ? undefined
      : format.change(value / before - 1);
  return (
    <Group gap={4} wrap="nowrap" align="center">
      <Icon size={14} className="turns whole" aria-hidden />
      <Text size="xs" c="dimmed">
        {change !== undefined && <bdi className="ltr">{change}</bdi>}{' '}
        {t('figure.before', { value: show(before) })}
      </Text>
    </Group>
  );
}

function useShow(name: Name): (value: number | null) => string {
  const { t } = useTranslation('overview');
  const format = useFormat();
  return (value) => {
    if (value === null) return '–';
    if (name === 'approval') return format.share(value);
    return name === 'latency'
      ? t('figure.ms', { value: format.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value)) })
      : format.number(value);
  };
}
