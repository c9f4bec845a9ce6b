import { cairoDate } from '../../src/enroll-contract/cairo-days.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { ReceiptRollup } from '../../src/stats/receipt-rollup.service.js';
import type { ApplicantStatsDto, EventStatsDto } from '../../src/stats/stats.dto.js';
import { aNationalId, anApplicant } from '../factories/applicant.js';
import { callerWithAll } from '../harness/clients.js';
import { type Counted, forgetAll, plantReceipts, startCounted, totalsOf } from './counted.js';

let counted: Counted;
beforeAll(async () => {
  counted = await startCounted();
});
afterAll(() => counted.stop());

/** Deterministic: a failure comes again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** One delivery of a life: status, nationality, document, birth and what raises flags come and go. */
function aDelivery(applicantId: string, below: (n: number) => number): object {
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  return {
    ...anApplicant({ seed: below(50) }),
    applicantId,
    isUpdate: pick([true, false]),
    status: pick([1, 4, 5, 77, null]),
    nationality: pick(['EGY', 'SDN', 'SYR', null, 'x'.repeat(300)]),
    documentTypeCode: pick(['EGY', 'PASSPORT', null]),
    idNumber: pick([aNationalId({ seed: below(100) }), '123', null, '29703012357788']),
    phoneNumbers: pick([['+201012345678'], ['not a phone'], null]),
    emails: pick([['a@example.com'], ['broken'], null]),
    ...(below(5) === 0 && { applicantId: '' }),
  };
}

async function live(seed: number, callbacks: number): Promise<void> {
  const below = random(seed);
  const post = async () => {
    const list = Array.from({ length: 1 + below(4) }, () => aDelivery(`life-${below(25)}`, below));
    const response = await counted.rollcall.callback(
      (['success', 'fail', 'any'] as const)[below(3)]!,
      below(12) === 0 ? 'not json' : list,
    );
    expect([200, 400, 422]).toContain(response.status);
  };
  for (let sent = 0; sent < callbacks; sent += 5) {
    await Promise.all(Array.from({ length: 5 }, post));
    if (below(3) === 0) await counted.step(1 + below(9));
  }
}

interface ByHand {
  at: Date;
  aspects: Record<string, (string | null)[]>;
}

/** What `stats` should hold of applicants, counted without any of its SQL. */
async function applicantsByHand(): Promise<Map<string, number>> {
  const rows = await counted.rollcall.sql<ByHand>(
    `select first_received_at as at, json_build_object('outcome', array[outcome], 'status', array[status::text],
       'governorate', array[birth_governorate], 'nationality', array[nationality], 'documentType', array[document_type_code],
       'flag', case flags when '{}' then array[''] else flags end) as aspects from applicants`,
  );
  const keys = rows.flatMap(({ at, aspects }) => {
    const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
    return [hour.toISOString(), cairoDate(hour)].flatMap((time) =>
      Object.entries(aspects).flatMap(([aspect, values]) =>
        values.map((value) => [`applicant.${aspect}`, time, (value ?? '').slice(0, 64)].join('|')),
      ),
    );
  });
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

async function applicantsKept(): Promise<Map<string, number>> {
  const rows = await counted.rollcall.sql<{
    topic: string;
    grain: string;
    start: Date;
    value: string;
    n: number;
  }>(`select topic, grain, start, value, n::int from stats where topic like 'applicant.%' and n <> 0`);
  return new Map(
    rows.map(({ topic, grain, start, value, n }) => [
      [topic, grain === 'hour' ? start.toISOString() : cairoDate(start), value].join('|'),
      n,
    ]),
  );
}

const sorted = (counts: Map<string, number>) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1));

describe('the rollup', () => {
  it('counts an applicant once, under what it is now, and each event for good', async () => {
    const { rollcall } = counted;
    const first = anApplicant({ applicantId: 'moved', nationality: 'EGY', status: 1, phoneNumbers: ['x'] });
    await rollcall.callback('success', [first]);
    await counted.catchUp();
    await rollcall.callback('fail', [
      {
        applicantId: 'moved',
        isUpdate: true,
        status: 5,
        nationality: 'SDN',
        phoneNumbers: ['+201012345678'],
      },
    ]);
    await counted.catchUp();
    const by = async (aspect: string) =>
      totalsOf(await counted.get<ApplicantStatsDto>(`applicants?by=${aspect}&bucket=none`));
    expect(await by('outcome')).toEqual({ rejected: 1 });
    expect(await by('nationality')).toEqual({ SDN: 1 });
    expect(await by('status')).toEqual({ 5: 1 });
    expect(totalsOf(await counted.get<EventStatsDto>('events?bucket=none'))).toEqual({
      'applicant.created': 1,
      'applicant.outcome_changed': 1,
      'applicant.flagged': 1,
    });
    await counted.expectProven();
  });

  it.each([1, 2, 3])('equals a recount after a random history: %i', async (seed) => {
    await live(seed, 60);
    await counted.catchUp(7);
    const report = await counted.expectProven();
    expect(report.receipts).toBeGreaterThanOrEqual(60);
    expect(sorted(await applicantsKept())).toEqual(sorted(await applicantsByHand()));
  });

  it('equals a recount at any place of the feed, not only at its end', async () => {
    await live(4, 40);
    while ((await counted.step(13)) > 0) await counted.expectProven();
    await counted.catchUp();
  });

  it('counts replays under their own source', async () => {
    const { rollcall } = counted;
    const refused = (await (
      await rollcall.callback('success', [{ ...anApplicant({ applicantId: 'again' }), isUpdate: 'perhaps' }])
    ).json()) as Report;
    const ask = callerWithAll(rollcall);
    const { body } = await ask<{ items: { id: string }[] }>(
      `/api/v1/quarantine?receiptId=${refused.receiptId}`,
    );
    await ask(`/api/v1/quarantine/${body.items[0]!.id}/fix`, {
      method: 'POST',
      body: JSON.stringify({ patch: { isUpdate: false } }),
    });
    await counted.catchUp();
    const bySource = totalsOf(await counted.get<EventStatsDto>('events?by=source&bucket=none'));
    expect(bySource).toMatchObject({ callback: expect.any(Number), replay: 1 });
    await counted.expectProven();
  });

  it('two followers at once count nothing twice', async () => {
    await live(5, 40);
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        for (let look = 0; look < 20; look++) await counted.step(3);
      }),
    );
    await counted.catchUp();
    await counted.expectProven();
  });
});

describe('the rollup of receipts', () => {
  const countedTo = async () =>
    (await counted.rollcall.sql<{ at: Date }>('select counted_to as at from stats_receipts'))[0]!.at;
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

  beforeEach(() => forgetAll(counted.rollcall));

  it('leaves out the last two minutes, in which one may still be committed', async () => {
    const rollup = counted.rollcall.app.get(ReceiptRollup);
    await plantReceipts(counted.rollcall, [minutesAgo(5), minutesAgo(4), minutesAgo(1)]);
    expect(await rollup.countNext()).toBe(2);
    expect(await rollup.countNext()).toBe(0);
    await counted.expectProven();
  });

  it('waits for one that is pending, whose numbers are still to come', async () => {
    const { app, sql } = counted.rollcall;
    const rollup = app.get(ReceiptRollup);
    await plantReceipts(counted.rollcall, [minutesAgo(9), minutesAgo(7)]);
    await plantReceipts(counted.rollcall, [minutesAgo(8)], { state: 'pending' });
    expect(await rollup.countNext()).toBe(1);
    expect(await countedTo()).toEqual(
      (await sql<{ at: Date }>(`select received_at as at from receipts where state = 'pending'`))[0]!.at,
    );
    await sql(`update receipts set state = 'applied', received = 3, applied = 3 where state = 'pending'`);
    expect(await rollup.countNext()).toBe(2);
    expect(await sql(`select n::int from stats where topic = 'callback.applied' and grain = 'day'`)).toEqual([
      { n: 3 },
    ]);
    await counted.expectProven();
  });
});
