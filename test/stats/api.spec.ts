import { Tallies } from '../../src/stats/tallies.service.js';
import type {
  ApplicantStatsDto,
  CallbackStatsDto,
  EventStatsDto,
  OverviewDto,
  SilenceDto,
} from '../../src/stats/stats.dto.js';
import { aNationalId, anApplicant } from '../factories/applicant.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { type Counted, plantApplicants, startCounted, totalsOf } from './counted.js';

let counted: Counted;
let reader: Ask;
let other: Ask;

/** Four applicants by five callbacks, one of which was no JSON, and some that came to nothing. */
beforeAll(async () => {
  counted = await startCounted();
  const { rollcall } = counted;
  reader = await callerWith(rollcall, 'stats:read');
  other = await callerWith(rollcall, 'applicants:read');
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((applicantId) =>
    anApplicant({ applicantId, idNumber: aNationalId({ governorate: '23' }), status: 1 }),
  );
  await rollcall.callback('success', [a, b, { ...c, isUpdate: 'perhaps' }]);
  await rollcall.callback('success', [a]);
  await rollcall.callback('fail', [{ ...c, status: 5, idNumber: null }]);
  await rollcall.callback('fail', [d]);
  await rollcall.callback('any', 'not json');
  await rollcall.app.get(Tallies).write();
  await counted.catchUp();
});
afterAll(() => counted.stop());

const PATHS = ['overview', 'applicants', 'events', 'callbacks', 'silence'];

describe('GET /api/v1/stats/applicants', () => {
  it('200: one line for each value, one number for each bucket, the most frequent first', async () => {
    const answer = await counted.get<ApplicantStatsDto>('applicants');
    expect(answer).toMatchObject({ by: 'outcome', bucket: 'day', rest: null });
    expect(answer.buckets).toHaveLength(7);
    expect(answer.series.map(({ value, total }) => [value, total])).toEqual([
      ['accepted', 2],
      ['conflict', 1],
      ['rejected', 1],
    ]);
    expect(answer.series[0]!.counts).toEqual([0, 0, 0, 0, 0, 0, 2]);
    expect(Date.now() - Date.parse(answer.asOf)).toBeLessThan(60_000);
  });

  it('200: governorates have their names; null are those that have none', async () => {
    const { series } = await counted.get<ApplicantStatsDto>('applicants?by=governorate&bucket=none');
    expect(series).toEqual([
      { value: '23', names: { en: 'Fayoum', ar: 'الفيوم' }, total: 3, counts: [3] },
      { value: null, names: null, total: 1, counts: [1] },
    ]);
  });

  it('200: a hundred values at most, and the rest of them together', async () => {
    const { rollcall } = counted;
    const long = Array.from({ length: 130 }, () => new Date('2026-02-03T04:05:06Z'));
    await plantApplicants(rollcall, long);
    for (const table of ['changes', 'applicants']) {
      await rollcall.sql(
        `update ${table} set nationality = case when applicant_id ~ '[05]$' then 'EGY' else applicant_id end
         where applicant_id like 'planted-%'`,
      );
    }
    await counted.catchUp();
    const { series, rest, buckets } = await counted.get<ApplicantStatsDto>(
      'applicants?by=nationality&bucket=day&from=2026-02-02&to=2026-02-05',
    );
    expect([buckets.length, series.length]).toEqual([3, 100]);
    expect(series[0]).toMatchObject({ value: 'EGY', total: 26, counts: [0, 26, 0] });
    expect(rest).toEqual({ total: 5, counts: [0, 5, 0] });
  });
});

describe('GET /api/v1/stats/events', () => {
  it('200: what happened, by type, source or outcome', async () => {
    const by = async (aspect: string) =>
      totalsOf(await counted.get<EventStatsDto>(`events?by=${aspect}&bucket=none`));
    expect(await by('type')).toMatchObject({ 'applicant.created': 134 });
    expect(await by('source')).toEqual({ callback: 134 });
    expect(await by('outcome')).toMatchObject({ conflict: 1, rejected: 1 });
  });
});

describe('GET /api/v1/stats/callbacks', () => {
  it('200: receipts by kind, their elements, and how long the answers took', async () => {
    const answer = await counted.get<CallbackStatsDto>('callbacks?bucket=none');
    expect(answer).toMatchObject({ source: 'callback', bucket: 'none', asOf: expect.any(String) });
    expect(answer.buckets).toEqual([
      {
        start: answer.from,
        callbacks: { success: 2, fail: 2, any: 1 },
        refused: { tokens: 0, callbacks: 1 },
        rejected: 1,
        received: 6,
        applied: 4,
        duplicates: 1,
        quarantined: 1,
        latencyMs: { p50: expect.any(Number), p95: expect.any(Number), p99: expect.any(Number) },
      },
    ]);
    const { p50, p95, p99 } = answer.buckets[0]!.latencyMs!;
    expect([p50, p95, p99].sort((x, y) => x - y)).toEqual([p50, p95, p99]);
    expect(p50).toBeGreaterThan(0.5);
  });

  it('200: other sources have receipts of their own, and no latency', async () => {
    const { buckets } = await counted.get<CallbackStatsDto>('callbacks?source=replay&bucket=hour');
    expect(buckets.length).toBeGreaterThanOrEqual(6 * 24);
    expect(buckets.at(-1)).toMatchObject({ callbacks: { success: 0 }, received: 0, latencyMs: null });
  });
});

describe('latencies', () => {
  const measured = async () =>
    (
      await counted.rollcall.sql<{ n: number }>(
        `select coalesce(sum(n), 0)::int as n from stats where topic = 'callback.latency' and grain = 'hour'`,
      )
    )[0]!.n;

  it('are kept while the database does not take them, and written when the process stops', async () => {
    const { rollcall } = counted;
    const latencies = rollcall.app.get(Tallies);
    const before = await measured();
    expect((await rollcall.callback('success', [])).status).toBe(200);
    await rollcall.sql('alter table stats rename to stats_away');
    await latencies.write();
    await rollcall.sql('alter table stats_away rename to stats');
    expect(await measured()).toBe(before);
    await latencies.beforeApplicationShutdown();
    expect(await measured()).toBe(before + 1);
  });
});

describe('GET /api/v1/stats/overview and silence', () => {
  it('200: the numbers of a range in one answer', async () => {
    const overview = await counted.get<OverviewDto>('overview');
    const { buckets } = await counted.get<CallbackStatsDto>('callbacks?bucket=none');
    const { start: _, ...callbacks } = buckets[0]!;
    expect(overview).toMatchObject({
      applicants: { total: 4, byOutcome: { accepted: 2, rejected: 1, conflict: 1, unknown: 0 } },
      events: { 'applicant.created': 134 },
      callbacks,
      silence: { lastCallbackAt: expect.any(String), isSilent: false },
    });
  });

  it('200: what is usual is unknown while there is no history, and a day is too long', async () => {
    expect(await counted.get<SilenceDto>('silence')).toMatchObject({
      lastCallbackAt: expect.any(String),
      minutesSinceLast: expect.any(Number),
      usualMinutes: null,
      isSilent: false,
    });
  });
});

describe('the statistics', () => {
  it.each([
    ['applicants?by=name', 'BAD_REQUEST'],
    ['events?by=outcomes', 'BAD_REQUEST'],
    ['callbacks?source=nobody', 'BAD_REQUEST'],
    ['callbacks?by=kind', 'UNKNOWN_FILTER'],
    ['overview?bucket=day', 'UNKNOWN_FILTER'],
    ['applicants?bucket=week', 'BAD_REQUEST'],
    ['applicants?from=yesterday', 'BAD_REQUEST'],
    ['applicants?from=2026-02-30', 'BAD_REQUEST'],
    ['applicants?from=2026-03-01T10:00:00', 'BAD_REQUEST'],
    ['applicants?from=1999-12-31', 'BAD_REQUEST'],
    ['applicants?to=2100-01-02', 'BAD_REQUEST'],
    ['applicants?from=2026-03-02&to=2026-03-01', 'BAD_REQUEST'],
    ['applicants?from=2026-03-01&to=2026-03-01', 'BAD_REQUEST'],
    ['applicants?bucket=hour&from=2026-03-01&to=2026-03-18', 'BAD_REQUEST'],
    ['applicants?bucket=day&from=2025-01-01&to=2026-02-06', 'BAD_REQUEST'],
  ])('400: %s is %s', async (path, code) => {
    expectProblem(await reader(`/api/v1/stats/${path}`), 400, code);
  });

  it('200: four hundred buckets, and any range as one', async () => {
    const bucketsOf = async (path: string) => (await counted.get<ApplicantStatsDto>(path)).buckets.length;
    expect(await bucketsOf('applicants?bucket=day&from=2025-01-01&to=2026-02-05')).toBe(400);
    expect(await bucketsOf('applicants?bucket=hour&from=2026-03-01T00:00:00Z&to=2026-03-17T16:00:00Z')).toBe(
      400,
    );
    expect(await bucketsOf('applicants?bucket=none&from=2000-01-02&to=2099-12-31')).toBe(1);
  });

  it.each(PATHS)('401 without a key, 403 without stats:read: %s', async (path) => {
    const owner = callerWithAll(counted.rollcall);
    expectProblem(
      await owner(`/api/v1/stats/${path}`, { headers: { authorization: '' } }),
      401,
      'TOKEN_MISSING',
    );
    expectProblem(await other(`/api/v1/stats/${path}`), 403, 'INSUFFICIENT_SCOPE');
    expect((await reader(`/api/v1/stats/${path}`)).status).toBe(200);
  });

  it('say how far behind they are', async () => {
    const behind = async () => {
      const text = await (await fetch(`${counted.rollcall.url}/metrics`)).text();
      return Number(/^rollcall_stats_behind_seconds (\S+)$/m.exec(text)?.[1]);
    };
    await counted.rollcall.sql(`update feed_cursors set tx = '0', seq = 0`);
    await counted.rollcall.sql(
      `update changes set changed_at = now() - interval '1 hour' where applicant_id = 'a'`,
    );
    expect(await behind()).toBeGreaterThan(3000);
  });
});
