import { openContent } from '../../src/applicants/content.js';
import { BYTES_AT_ONCE } from '../../src/applicants/versions.types.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { Inbox } from '../../src/inbox/inbox.service.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(180_000);

/** Three times what is read at once. */
const PEOPLE = 30;
/** Of unknown fields, near to the most that an element may have. */
const EXTRA_BYTES = 900 * 1024;
const EXTRA = 'x'.repeat(EXTRA_BYTES);
/** What one statement may write: as many bytes as are written at once, and one more applicant. */
const MOST = BYTES_AT_ONCE + 1024 * 1024;

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
  for (let from = 0; from < PEOPLE; from += 10) {
    const list = Array.from({ length: 10 }, (_, n) => ({
      applicantId: `large-${from + n}`,
      firstName: 'a',
      status: 1,
      idNumber: `X${from + n}`,
      appendix: EXTRA,
    }));
    expect((await rollcall.callback('success', list)).status).toBe(200);
  }
});
afterAll(() => rollcall.stop());

/** Sends a list, and waits for what a job may have to apply. */
async function send(list: object[]): Promise<void> {
  const answer = await rollcall.callback('success', list);
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as Report).received).toBe(list.length);
  const pending = () => rollcall.sql(`select from receipts where state = 'pending'`);
  await eventually(async () => (await pending()).length === 0, 60_000);
}

const update = (n: number, fields: object) => ({
  applicantId: `large-${n}`,
  isUpdate: true,
  status: 1,
  ...fields,
});

async function mostBytesOfAStatement(version: number): Promise<number> {
  const [row] = await rollcall.sql<{ most: number }>(
    `select max(bytes)::int as most
     from (select sum(octet_length(sealed)) as bytes from changes where version >= $1 group by tx) t`,
    [version],
  );
  return row?.most ?? 0;
}

test('a list updates applicants of a megabyte each: what is read and written at once is bounded', async () => {
  await send(Array.from({ length: PEOPLE }, (_, n) => update(n, { firstName: `b ${n}` })));
  const rows = await rollcall.sql<{ applicant_id: string; version: number; sealed: Buffer }>(
    `select applicant_id, version, sealed from applicants`,
  );
  expect(rows).toHaveLength(PEOPLE);
  const sealer = rollcall.app.get(Sealer);
  for (const { applicant_id: id, version, sealed } of rows) {
    const { fields, extras } = openContent(sealer, id, version, sealed);
    expect([version, fields.firstName]).toEqual([2, `b ${id.slice('large-'.length)}`]);
    expect(extras.appendix === EXTRA).toBe(true);
  }
  const [receipt] = await rollcall.sql(
    'select received, applied, results from receipts order by received_at desc limit 1',
  );
  expect(receipt).toEqual({ received: PEOPLE, applied: PEOPLE, results: 'U'.repeat(PEOPLE) });
  expect(await mostBytesOfAStatement(2)).toBeLessThan(MOST);
});

test('a list with many updates of one such applicant makes all of its versions', async () => {
  const count = 12;
  await send(Array.from({ length: count }, (_, n) => update(0, { firstName: `c ${n}` })));
  const versions = await rollcall.sql<{ version: number; element_index: number }>(
    `select version, element_index from changes where applicant_id = 'large-0' and version > 2 order by version`,
  );
  expect(versions).toEqual(Array.from({ length: count }, (_, n) => ({ version: n + 3, element_index: n })));
  expect(await mostBytesOfAStatement(3)).toBeLessThan(MOST);
});

test('A22: who holds an idNumber is known, though what is stored of him is not yet read', async () => {
  await send([
    { applicantId: 'brings', status: 1, idNumber: 'X20' },
    ...Array.from({ length: 15 }, (_, n) => update(n + 1, { firstName: 'd' })),
    update(20, { idNumber: 'Y' }),
    { applicantId: 'brings-later', status: 1, idNumber: 'X20' },
  ]);
  expect(
    await rollcall.sql(
      `select applicant_id as id, 'samePerson' = any(flags) as same from applicants
       where applicant_id like 'brings%' or applicant_id = 'large-20' order by 1`,
    ),
  ).toEqual([
    { id: 'brings', same: true },
    { id: 'brings-later', same: true },
    { id: 'large-20', same: false },
  ]);
});

test('a comparison with what is stored reads all of it, a part after the other', async () => {
  const parsed = Array.from({ length: 14 }, (_, index) => {
    const value = {
      applicantId: `large-${index + 16}`,
      status: 1,
      firstName: index === 13 ? 'new' : `b ${index + 16}`,
    };
    return { index, value, hasEscapes: false };
  });
  const previewed = await rollcall.app.get(Inbox).preview(parsed, new Date());
  expect(previewed.map(({ result }) => result)).toEqual([
    ...Array.from({ length: 13 }, () => 'duplicate'),
    'updated',
  ]);
});
