import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../components/Notices';
import { Section } from '../../components/Section';
import { useFormat } from '../../i18n/format';
import type { ChartOf } from './chart.types';
import { ChartTable } from './ChartTable';

const Plot = lazy(async () => ({ default: (await import('./Plot')).Plot }));

interface Props {
  title: string;
  chart: ChartOf;
  /** Leads to the list of what a bucket counts. @param start of the bucket */
  onPick?: (start: string) => void;
}

/**
 * A chart of buckets of time, with its values in words: by pointing, by the arrow keys, or as a table.
 * @param nothing why there is none
 */
export function Chart({ title, chart, onPick, nothing }: Props & { nothing?: string }) {
  const { t } = useTranslation('overview');
  const [isTable, setIsTable] = useState(false);
  const labelOf = useLabel(chart);
  const turn = (
    <Button
      variant="subtle"
      size="compact-xs"
      leftSection={isTable ? <IconChartBar size={14} /> : <IconTable size={14} />}
      onClick={() => setIsTable(!isTable)}
    >
      {isTable ? t('chart.asChart') : t('chart.asTable')}
    </Button>
  );
  if (nothing !== undefined)
    return (
      <Section title={title}>
        <Notice icon={<IconChartBar size={28} />} title={nothing} />
      </Section>
    );
  return (
    <Section title={title} actions={turn}>
      {isTable ? (
        <ChartTable chart={chart} label={title} labelOf={labelOf} />
      ) : (
        <Drawing title={title} chart={chart} labelOf={labelOf} onPick={onPick} />
      )}
    </Section>
  );
}

function Drawing({ title, chart, labelOf, onPick }: Props & { labelOf: (start: string) => string }) {
  const { t } = useTranslation('overview');
  const [chosen, setChosen] = useState<number>();
  const { length } = chart.starts;
  const pick = (index: number) => {
    const start = chart.starts[index];
    if (start !== undefined) onPick?.(start);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const moves: Record<string, number> = { Home: 0, End: length - 1 };
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const from = chosen ?? (event.key === next ? -1 : length);
      moves[event.key] = Math.min(length - 1, Math.max(0, from + (event.key === next ? 1 : -1)));
    }
    if (event.key === 'Escape') setChosen(undefined);
    else if (event.key === 'Enter' && chosen !== undefined) pick(chosen);
    else if (moves[event.key] !== undefined) setChosen(moves[event.key]);
    else return;
    event.preventDefault();
  };
  return (
    <div
      tabIndex={0}
      role="group"
      aria-label={t(onPick === undefined ? 'chart.keys' : 'chart.keysAndEnter', { title })}
      onKeyDown={onKeyDown}
      onBlur={() => setChosen(undefined)}
      className={onPick === undefined ? 'chart' : 'chart picks'}
    >
      <Suspense fallback={<Skeleton height={200} />}>
        <Plot chart={chart} labelOf={labelOf} chosen={chosen} onPoint={setChosen} onPick={pick} />
      </Suspense>
      <Legend chart={chart} chosen={chosen} labelOf={labelOf} />
    </div>
  );
}

/** What the colours mean, with the values of the chosen bucket. */
function Legend({
  chart: { lines, starts, show },
  chosen,
  labelOf,
}: {
  chart: ChartOf;
  chosen: number | undefined;
  labelOf: (start: string) => string;
}) {
  const start = chosen === undefined ? undefined : starts[chosen];
  return (
    <Group gap="2px 16px" mt={4} mih={22} aria-live="polite">
      {start !== undefined && (
        <Text size="xs" fw={600} span>
          {labelOf(start)}
        </Text>
      )}
      {lines.map(({ label, colour, values }) => {
        const value = chosen === undefined ? undefined : values[chosen];
        return (
          <Text key={label} size="xs" span className="key">
            <span className={`swatch ${colour}`} aria-hidden />
            {label}
            {start !== undefined && (
              <b className="ltr">{value === null || value === undefined ? '–' : show(value)}</b>
            )}
          </Text>
        );
      })}
    </Group>
  );
}

function useLabel({ bucket }: ChartOf): (start: string) => string {
  const format = useFormat();
  if (bucket === 'moment') return format.time;
  return bucket === 'hour' ? format.clock : format.day;
}
