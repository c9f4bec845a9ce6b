import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { cairoDate, shiftDate, startOfCairoDay } from '../enroll-contract/cairo-days.js';
import { GOVERNORATES } from '../enroll-contract/governorates.js';
import { Metrics } from '../observability/metrics.js';
import { bucketing } from './buckets.js';
import { readProgress } from './feed-rollup.repository.js';
import { cutRange, daysOf, type Stretch } from './cairo-hours.js';
import { quantilesOf } from './quantiles.js';
import { rangeOf, refuseTooMany } from './range.js';
import { countUncounted } from './receipt-rollup.repository.js';
import { LAG_SECONDS } from './receipt-rollup.service.js';
import { MAX_VALUES, readRest, readValues } from './series.repository.js';
import { Silence } from './silence.service.js';
import type {
  ApplicantStatsDto,
  ApplicantStatsQuery,
  CallbackCountsDto,
  CallbackStatsDto,
  CallbackStatsQuery,
  DayDto,
  EventStatsDto,
  EventStatsQuery,
  OverviewDto,
  SeriesDto,
  StatsQuery,
} from './stats.dto.js';
import {
  type Bucket,
  LATENCY,
  MEASURED_TOPICS,
  type Range,
  RECEIPT_MEASURES,
  type ReceiptMeasure,
  type ReceiptSource,
  REFUSED_CALLBACKS,
  REFUSED_TOKENS,
  type Topic,
} from './stats.types.js';

const HOUR_MS = 3_600_000;
/** Two minutes of a million callbacks a day, and more: counting must not become a load. */
const MAX_UNCOUNTED = 2_000;

/** A range, its buckets, and the rows that hold their counts. */
interface Asked {
  range: Range;
  bucket: Bucket;
  starts: Date[];
  stretches: Stretch[];
}

/** One value of a topic, one count per bucket. */
interface Line {
  topic: Topic;
  value: string;
  total: number;
  counts: number[];
}

/** Reads counts from the rollups alone, so their cost does not grow with the number of applicants. */
@Injectable()
export class Statistics {
  constructor(
    private readonly connection: EntityManager,
    private readonly silences: Silence,
    metrics: Metrics,
  ) {
    metrics.collect(
      'rollcall_stats_behind_seconds',
      'How far statistics are behind what was committed, and behind what was received more than two minutes ago.',
      async () => {
        const now = Date.now();
        const { asOf, callbacksAsOf } = await readProgress(connection);
        const receipts = now - LAG_SECONDS * 1000 - (callbacksAsOf?.getTime() ?? now);
        return Math.max(0, now - asOf.getTime(), receipts) / 1000;
      },
    );
  }

  /** @throws Problem BAD_REQUEST */
  async applicants({ by, bucket, ...given }: ApplicantStatsQuery): Promise<ApplicantStatsDto> {
    return { by, ...(await this.seriesOf(`applicant.${by}`, given, bucket)) };
  }

  /** @throws Problem BAD_REQUEST */
  async events({ by, bucket, ...given }: EventStatsQuery): Promise<EventStatsDto> {
    return { by, ...(await this.seriesOf(`event.${by}`, given, bucket)) };
  }

  /** @throws Problem BAD_REQUEST */
  async callbacks({ source, bucket, ...given }: CallbackStatsQuery): Promise<CallbackStatsDto> {
    const asked = this.ask(given, bucket);
    const { callbacksAsOf } = await readProgress(this.connection);
    const lines = await this.linesOf(receiptTopics(source), asked);
    const countsOf = callbackCounts(lines, source);
    return {
      asOf: callbacksAsOf?.toISOString() ?? null,
      source,
      bucket,
      ...rangeView(asked.range),
      buckets: asked.starts.map((start, at) => ({
        start: start.toISOString(),
        ...countsOf(at),
      })),
    };
  }

  /** Callbacks of this day in Cairo, up to now, and of the day before: those counted, and up to 2,000 that wait for it. */
  async lastTwoDays(now = new Date()): Promise<Record<'today' | 'yesterday', DayDto>> {
    const today = cairoDate(now);
    const { buckets } = await this.callbacks({
      source: 'callback',
      bucket: 'day',
      from: shiftDate(today, -1),
    });
    const uncounted = await countUncounted(this.connection, startOfCairoDay(today), MAX_UNCOUNTED);
    const dayOf = (bucket = buckets[0], more = 0): DayDto => {
      const { success = 0, fail = 0, any = 0 } = bucket?.callbacks ?? {};
      const { refused = { tokens: 0, callbacks: 0 }, rejected = 0 } = bucket ?? {};
      return { callbacks: success + fail + any + more, rejected, refused };
    };
    return { today: dayOf(buckets[1], uncounted), yesterday: dayOf(buckets[0]) };
  }

  /** @throws Problem BAD_REQUEST */
  async overview(given: StatsQuery): Promise<OverviewDto> {
    const asked = this.ask(given, 'none');
    const { asOf, callbacksAsOf } = await readProgress(this.connection);
    const topics: Topic[] = ['applicant.outcome', 'event.type', ...receiptTopics('callback')];
    const lines = await this.linesOf(topics, asked);
    const totals = (topic: Topic) =>
      Object.fromEntries(
        lines.filter((line) => line.topic === topic).map(({ value, total }) => [value, total]),
      );
    const byOutcome = { accepted: 0, rejected: 0, conflict: 0, unknown: 0, ...totals('applicant.outcome') };
    return {
      asOf: asOf.toISOString(),
      callbacksAsOf: callbacksAsOf?.toISOString() ?? null,
      ...rangeView(asked.range),
      applicants: { total: Object.values(byOutcome).reduce((sum, n) => sum + n, 0), byOutcome },
      events: totals('event.type'),
      callbacks: callbackCounts(lines, 'callback')(0),
      silence: await this.silences.read(),
    };
  }

  private async seriesOf(topic: Topic, given: StatsQuery, bucket: Bucket) {
    const asked = this.ask(given, bucket);
    // read first: events counted in between are more than promised, never less
    const { asOf } = await readProgress(this.connection);
    const lines = await this.linesOf([topic], asked);
    const shown = lines.slice(0, MAX_VALUES);
    return {
      asOf: asOf.toISOString(),
      bucket,
      ...rangeView(asked.range),
      buckets: asked.starts.map((start) => start.toISOString()),
      series: shown.map(seriesOfLine),
      rest: lines.length > shown.length ? await this.restOf(topic, asked, shown) : null,
    };
  }

  private async linesOf(topics: Topic[], { bucket, starts, stretches }: Asked): Promise<Line[]> {
    const rows = await readValues(this.connection, topics, stretches, bucket !== 'none');
    const inBuckets = bucketing(starts);
    return rows.map(({ cells, ...row }) => ({
      ...row,
      counts: cells === null ? [row.total] : inBuckets(cells),
    }));
  }

  private async restOf(topic: Topic, { starts, stretches }: Asked, shown: Line[]) {
    const but = shown.map(({ value }) => value);
    const { total, cells } = await readRest(this.connection, topic, stretches, but);
    return { total, counts: bucketing(starts)(cells) };
  }

  private ask(given: StatsQuery, bucket: Bucket): Asked {
    const range = rangeOf(given, new Date());
    refuseTooMany(range, bucket);
    if (bucket === 'hour') {
      return { range, bucket, starts: hoursOf(range), stretches: [{ grain: 'hour', ...range }] };
    }
    const starts = bucket === 'none' ? [range.from] : daysOf(range);
    return { range, bucket, starts, stretches: cutRange(range) };
  }
}

function hoursOf({ from, to }: Range): Date[] {
  const hours = (to.getTime() - from.getTime()) / HOUR_MS;
  return Array.from({ length: hours }, (_, hour) => new Date(from.getTime() + hour * HOUR_MS));
}

function seriesOfLine({ topic, value, total, counts }: Line): SeriesDto {
  const names = topic === 'applicant.governorate' ? GOVERNORATES[value] : undefined;
  return { value: value === '' ? null : value, names: names ?? null, total, counts };
}

function receiptTopics(source: ReceiptSource): Topic[] {
  const topics: Topic[] = RECEIPT_MEASURES.map((measure) => `${source}.${measure}` as const);
  return source === 'callback' ? [...topics, ...MEASURED_TOPICS] : topics;
}

/** @returns a function that gives the counts of a bucket */
function callbackCounts(
  lines: readonly Line[],
  source: ReceiptSource,
): (bucket: number) => CallbackCountsDto {
  const of = (topic: Topic) => lines.filter((line) => line.topic === topic);
  const sumOf = (topic: Topic, bucket: number) =>
    of(topic).reduce((sum, { counts }) => sum + (counts[bucket] ?? 0), 0);
  const measured = new Map(RECEIPT_MEASURES.map((measure) => [measure, of(`${source}.${measure}`)]));
  const latencies = source === 'callback' ? of(LATENCY) : [];
  return (bucket) => {
    const in_ = (measure: ReceiptMeasure, value: string) =>
      measured.get(measure)?.find((line) => line.value === value)?.counts[bucket] ?? 0;
    return {
      callbacks: { success: in_('count', 'success'), fail: in_('count', 'fail'), any: in_('count', 'any') },
      refused: { tokens: sumOf(REFUSED_TOKENS, bucket), callbacks: sumOf(REFUSED_CALLBACKS, bucket) },
      rejected: in_('rejected', ''),
      received: in_('received', ''),
      applied: in_('applied', ''),
      duplicates: in_('duplicates', ''),
      quarantined: in_('quarantined', ''),
      latencyMs: quantilesOf(latencies.map(({ value, counts }) => [Number(value), counts[bucket] ?? 0])),
    };
  };
}

function rangeView({ from, to }: Range): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}
