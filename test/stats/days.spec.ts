import type { ApplicantStatsDto } from '../../src/stats/stats.dto.js';
import { type Counted, plantApplicants, startCounted } from './counted.js';

const HOUR_MS = 3_600_000;
let counted: Counted;

/** One applicant in every hour around the nights when Cairo's clocks change. */
beforeAll(async () => {
  counted = await startCounted();
  for (const [season, from, to] of [
    ['spring', '2026-04-22T00:30:00Z', '2026-04-27T00:30:00Z'],
    ['autumn', '2026-10-27T00:30:00Z', '2026-11-01T00:30:00Z'],
  ] as const) {
    const hours = (Date.parse(to) - Date.parse(from)) / HOUR_MS;
    const times = Array.from({ length: hours }, (_, hour) => new Date(Date.parse(from) + hour * HOUR_MS));
    await plantApplicants(counted.rollcall, times, season);
  }
  await counted.catchUp();
});
afterAll(() => counted.stop());

const ask = (query: string) => counted.get<ApplicantStatsDto>(`applicants?by=outcome&${query}`);
const countsOf = ({ buckets, series }: ApplicantStatsDto) =>
  buckets.map((start, at) => [start, series[0]?.counts[at] ?? 0]);

describe('a day of statistics is a day of Cairo', () => {
  it('with 23 hours on the last Friday of April', async () => {
    expect(countsOf(await ask('from=2026-04-23&to=2026-04-26'))).toEqual([
      ['2026-04-22T22:00:00.000Z', 24],
      ['2026-04-23T22:00:00.000Z', 23],
      ['2026-04-24T21:00:00.000Z', 24],
    ]);
  });

  it('with 25 hours on the last Thursday of October', async () => {
    expect(countsOf(await ask('from=2026-10-28&to=2026-10-31'))).toEqual([
      ['2026-10-27T21:00:00.000Z', 24],
      ['2026-10-28T21:00:00.000Z', 25],
      ['2026-10-29T22:00:00.000Z', 24],
    ]);
  });

  it('of which a range that begins and ends in the middle has a part', async () => {
    const { from, to, ...rest } = await ask('from=2026-04-23T20:10:00Z&to=2026-04-25T10:00:01Z');
    expect([from, to]).toEqual(['2026-04-23T20:00:00.000Z', '2026-04-25T11:00:00.000Z']);
    expect(countsOf({ from, to, ...rest })).toEqual([
      ['2026-04-23T20:00:00.000Z', 2],
      ['2026-04-23T22:00:00.000Z', 23],
      ['2026-04-24T21:00:00.000Z', 14],
    ]);
  });

  it.each([
    ['2026-04-23T20:00:00Z', '2026-04-23T22:00:00Z'],
    ['2026-04-23T21:00:00Z', '2026-04-23T23:00:00Z'],
    ['2026-04-23T22:00:00Z', '2026-04-23T23:00:00Z'],
    ['2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
    ['2026-04-23T23:00:00Z', '2026-04-24T22:00:00Z'],
    ['2026-04-22', '2026-04-27'],
    ['2026-10-28T20:00:00Z', '2026-10-29T21:00:00Z'],
    ['2026-10-29T20:00:00Z', '2026-10-29T23:00:00Z'],
    ['2026-10-28', '2026-10-30T22:00:00Z'],
  ])('from %s to %s has as many by hour, by day and as one', async (from, to) => {
    const totals = await Promise.all(
      ['hour', 'day', 'none'].map(async (bucket) => {
        const { series, ...answer } = await ask(`from=${from}&to=${to}&bucket=${bucket}`);
        const hours = (Date.parse(answer.to) - Date.parse(answer.from)) / HOUR_MS;
        expect(series[0]?.counts.reduce((sum, n) => sum + n, 0)).toBe(series[0]?.total);
        return [series[0]?.total, hours];
      }),
    );
    const [[, hours]] = totals as [[number, number]];
    // planted are the hours from 00:30 UTC on
    const planted = from === '2026-04-22' ? (hours ?? 0) - 2 : hours;
    expect(totals).toEqual(totals.map(() => [planted, hours]));
  });

  it('and is proven by a recount', async () => {
    expect((await counted.expectProven()).applicants).toBe(240);
  });
});
