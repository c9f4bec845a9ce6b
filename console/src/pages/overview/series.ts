import type { ApplicantStatsDto, CallbackStatsDto } from '@schema';
import type { ChartOf } from './chart.types';
import type { Words } from './words';

const OUTCOMES = [
  ['accepted', 'teal'],
  ['rejected', 'red'],
  ['conflict', 'orange'],
  ['unknown', 'gray'],
] as const;
const INBOUND = [
  ['applied', 'petrol'],
  ['duplicates', 'gray'],
  ['quarantined', 'orange'],
  ['refused', 'red'],
] as const;
const SHARES = [
  ['p50', 'petrol'],
  ['p95', 'orange'],
  ['p99', 'violet'],
] as const;

/** Applicants by outcome, one upon the other. */
export function outcomesOf(stats: ApplicantStatsDto, words: Words): ChartOf {
  const { bucket, buckets: starts } = stats;
  const lines = OUTCOMES.map(([outcome, colour]) => ({
    label: words.outcome(outcome),
    colour,
    values: countsOf(stats, outcome),
  }));
  return { kind: 'stack', bucket, starts, lines, show: words.number };
}

/** Accepted of all applicants; nothing where there were none. */
export function approvalOf(stats: ApplicantStatsDto, words: Words): ChartOf {
  const { bucket, buckets: starts } = stats;
  const accepted = countsOf(stats, 'accepted');
  const all = OUTCOMES.map(([outcome]) => countsOf(stats, outcome));
  const values = starts.map((_, index) => {
    const total = all.reduce((sum, counts) => sum + (counts[index] ?? 0), 0);
    return total === 0 ? null : (accepted[index] ?? 0) / total;
  });
  return {
    kind: 'line',
    bucket,
    starts,
    lines: [{ label: words.approval, colour: 'teal', values }],
    show: words.share,
  };
}

/** What became of the elements of callbacks, and calls that were refused. */
export function inboundOf({ bucket, buckets }: CallbackStatsDto, words: Words): ChartOf {
  const lines = INBOUND.map(([kind, colour]) => ({
    label: words.inbound(kind),
    colour,
    values: buckets.map((one) =>
      kind === 'refused' ? one.refused.tokens + one.refused.callbacks : one[kind],
    ),
  }));
  return { kind: 'stack', bucket, starts: buckets.map(({ start }) => start), lines, show: words.number };
}

/** Milliseconds until a callback was answered. */
export function latencyOf({ bucket, buckets }: CallbackStatsDto, words: Words): ChartOf {
  const lines = SHARES.map(([share, colour]) => ({
    label: share,
    colour,
    values: buckets.map(({ latencyMs }) => latencyMs?.[share] ?? null),
  }));
  return { kind: 'line', bucket, starts: buckets.map(({ start }) => start), lines, show: words.number };
}

function countsOf({ series, buckets }: ApplicantStatsDto, outcome: string): number[] {
  return series.find(({ value }) => value === outcome)?.counts ?? buckets.map(() => 0);
}
