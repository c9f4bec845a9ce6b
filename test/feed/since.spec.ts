import { Feed } from '../../src/feed/feed.service.js';
import { startApp, type TestApp } from '../harness/app.js';

const MINUTE_MS = 60_000;
const VERSIONS = 400;
const START = new Date('2026-01-01T00:00:00Z');

let rollcall: TestApp;
let feed: Feed;

/** One version a minute, in transactions of their own; every tenth began five minutes before its neighbours. */
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
  feed = rollcall.app.get(Feed);
  await rollcall.sql(
    `insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
       changed_fields, flags, content_hash, sealed, tx, seq, changed_at)
     select 'a' || n, 1, 'applicant.created', gen_random_uuid(), 0, now(), 'callback', 'success', 'accepted', '{}', '{}', '', '',
       (n + 3)::text::xid8, n, $1::timestamptz + make_interval(mins => n - case when n % 10 = 0 then 5 else 0 end)
     from generate_series(1, ${VERSIONS}) n`,
    [START],
  );
});
afterAll(() => rollcall.stop());

const minute = (n: number) => new Date(START.getTime() + n * MINUTE_MS);

async function all(time: Date, limit: number): Promise<string[]> {
  const seen: string[] = [];
  for (let page = await feed.since(time, undefined, limit); page.length > 0;) {
    expect(page.length).toBeLessThanOrEqual(limit);
    seen.push(...page.map(({ applicantId }) => applicantId));
    page = await feed.since(time, page.at(-1), limit);
  }
  return seen;
}

test.each([0, 1, 7, 200, 205, 399, 400, 500])(
  'what was written at or after minute %i comes in order, page by page, and nothing earlier',
  async (from) => {
    const expected = await rollcall.sql<{ id: string }>(
      'select applicant_id as id from changes where changed_at >= $1 order by tx, seq',
      [minute(from)],
    );
    expect(await all(minute(from), 17)).toEqual(expected.map(({ id }) => id));
    expect(await all(minute(from), 1000)).toEqual(expected.map(({ id }) => id));
  },
);

test('events are found by their places, in the order asked for, and those that are gone are not', async () => {
  const place = (n: number) => ({ history: '0', tx: String(n + 3), seq: String(n), changedAt: minute(n) });
  const found = await feed.at(
    [place(9), place(3), { ...place(5), seq: '999' }, { ...place(4), changedAt: minute(5) }],
    [],
  );
  expect(found.map((event) => event?.applicantId)).toEqual(['a9', 'a3', undefined, undefined]);
});
