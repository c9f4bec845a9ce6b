import type pg from 'pg';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed, ids, withWriters, writeChange } from '../feed/fed.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
let reader: Ask;

beforeAll(async () => {
  rollcall = await startApp();
  reader = await callerWith(rollcall, 'changes:read');
});
afterAll(() => rollcall.stop());

async function changes(after?: string, limit = 50): Promise<ChangesPageDto> {
  const query = `limit=${limit}${after === undefined ? '' : `&after=${after}`}`;
  const { status, body } = await reader<ChangesPageDto>(`/api/v1/changes?${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

/** The feed behind `after` once it shows that many: any other transaction of the server holds it up while it runs. */
async function changesBehind(after: string, atLeast: number): Promise<ChangesPageDto> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const page = await changes(after);
    if (page.items.length >= atLeast || Date.now() > deadline) return page;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const end = () => endOfFeed(rollcall);

describe('GET /api/v1/changes', () => {
  it('200: tells each change once, oldest first, without personal data', async () => {
    const start = await end();
    const first = anApplicant({ applicantId: 'fed', status: 1 });
    await rollcall.callback('success', [first]);
    await rollcall.callback('success', [first]);
    await rollcall.callback('fail', [
      { applicantId: 'fed', isUpdate: true, status: 5, address: 'شارع النيل' },
    ]);
    const page = await changesBehind(start, 2);
    expect(page.items).toMatchObject([
      {
        applicantId: 'fed',
        version: 1,
        event: 'applicant.created',
        outcome: 'accepted',
        previousOutcome: null,
      },
      {
        applicantId: 'fed',
        version: 2,
        event: 'applicant.outcome_changed',
        outcome: 'rejected',
        previousOutcome: 'accepted',
        status: 5,
        changedFields: expect.arrayContaining(['address', 'status']),
      },
    ]);
    expect(Object.keys(page.items[0]!).sort()).toEqual(
      ['applicantId', 'changedAt', 'changedFields', 'cursor', 'event', 'flags', 'outcome', 'previousOutcome']
        .concat(['receiptId', 'status', 'version'])
        .sort(),
    );
    expect(JSON.stringify(page)).not.toContain('النيل');
  });

  it('200: always answers a cursor to go on with, at the end the one it was given', async () => {
    const last = await end();
    const empty = await changes(last);
    expect(empty).toEqual({ items: [], nextCursor: last });
    await rollcall.callback('success', [anApplicant({ applicantId: 'fed-later' })]);
    expect(ids(await changesBehind(empty.nextCursor, 1))).toEqual(['fed-later']);
  });

  it('200: goes on behind any event, page by page', async () => {
    const start = await end();
    const sent = Array.from({ length: 5 }, (_, i) => anApplicant({ applicantId: `paged-${i}` }));
    await rollcall.callback('success', sent);
    const all = await changesBehind(start, 5);
    expect(ids(all)).toHaveLength(5);
    const two = await changes(start, 2);
    expect(two.items).toEqual(all.items.slice(0, 2));
    expect(two.nextCursor).toBe(two.items[1]!.cursor);
    expect((await changes(two.nextCursor)).items).toEqual(all.items.slice(2));
    expect((await changes(all.items[3]!.cursor)).items).toEqual(all.items.slice(4));
  });

  it('200: orders by number, not by digits', async () => {
    const insert = `insert into changes (applicant_id, version, tx, seq, event, receipt_id, element_index, received_at,
        source, kind, outcome, changed_fields, flags, content_hash, sealed)
      select 'n-' || tx || '-' || seq, 1, tx::text::xid8, seq, 'applicant.created', gen_random_uuid(), 0, now(),
        'callback', 'success', 'accepted', '{}', '{}', '', '' from (values (9, 8), (9, 11), (10, 2), (101, 1)) v(tx, seq)`;
    await rollcall.sql(insert);
    const first = await changes(undefined, 2);
    expect(ids(first)).toEqual(['n-9-8', 'n-9-11']);
    expect(ids(await changes(first.nextCursor, 2))).toEqual(['n-10-2', 'n-101-1']);
  });

  it('skips nothing when an earlier transaction commits after a later one', async () => {
    const start = await end();
    await withWriters(rollcall, 2, async (slow, quick) => {
      await slow.query('begin');
      await writeChange(slow, 'slow');
      await writeChange(quick, 'quick');
      // `quick` has committed, but to show it would lose `slow` for who goes on behind it
      const early = await changes(start);
      expect(early).toEqual({ items: [], nextCursor: start });
      await slow.query('commit');
      expect(ids(await changesBehind(early.nextCursor, 2))).toEqual(['slow', 'quick']);
    });
  });

  it('shows every committed change exactly once to a reader beside many writers that commit out of order', async () => {
    let cursor = await end();
    const written: string[] = [];
    const seen: string[] = [];
    const write20 = async (client: pg.Client, w: number) => {
      for (let i = 0; i < 20; i++) {
        await client.query('begin');
        await writeChange(client, `w${w}-${i}`);
        await client.query('select pg_sleep($1)', [((w * 7 + i * 3) % 10) / 500]);
        const isKept = (w + i) % 5 !== 0;
        await client.query(isKept ? 'commit' : 'rollback');
        if (isKept) written.push(`w${w}-${i}`);
      }
    };
    let running = true;
    const done = withWriters(rollcall, 6, (...writers) => Promise.all(writers.map(write20))).finally(
      () => (running = false),
    );
    const deadline = Date.now() + 10_000;
    while ((running || seen.length < written.length) && Date.now() < deadline) {
      const page = await changes(cursor, 7);
      seen.push(...ids(page));
      cursor = page.nextCursor;
    }
    await done;
    seen.push(...ids(await changes(cursor)));
    expect(seen).toHaveLength(new Set(seen).size);
    expect([...seen].sort()).toEqual([...written].sort());
  });

  it.each([
    ['limit=0', 'BAD_REQUEST'],
    ['limit=201', 'BAD_REQUEST'],
    ['cursor=x', 'UNKNOWN_FILTER'],
    ['after=', 'BAD_CURSOR'],
    ['after=abc', 'BAD_CURSOR'],
    [`after=${Buffer.from('["changes","-1","0"]').toString('base64url')}`, 'BAD_CURSOR'],
    [`after=${Buffer.from('["changes",1,0]').toString('base64url')}`, 'BAD_CURSOR'],
    [`after=${Buffer.from('["applicants","1","0"]').toString('base64url')}`, 'BAD_CURSOR'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await reader(`/api/v1/changes?${query}`), 400, code);
  });

  it('401 without a key, 403 without changes:read', async () => {
    const owner = callerWithAll(rollcall);
    expectProblem(await owner('/api/v1/changes', { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    const other = await callerWith(rollcall, 'applicants:read');
    expectProblem(await other('/api/v1/changes'), 403, 'INSUFFICIENT_SCOPE');
  });
});
