import { createHash } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { openContent } from '../../src/applicants/content.js';
import { HashKeying } from '../../src/applicants/hash-keying.service.js';
import { KeyedHash } from '../../src/crypto/keyed-hash.js';
import { Sealer } from '../../src/crypto/sealer.js';
import { canonicalJson } from '../../src/enroll-contract/canonical.js';
import { keyerOf, keyKept } from '../../src/applicants/known-hashes.js';
import { readList } from '../../src/inbox/read-elements.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { EntryDigests } from '../../src/reconciliation/entry-digests.service.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(120_000);

type Fields = Record<string, unknown>;

const ID_NUMBER = '29703012357788';
const PHONE = '+201068282888';
/** A create and two partial updates. */
const STORY: Fields[] = [
  {
    isUpdate: false,
    firstName: 'منى',
    familyName: 'حسن',
    address: 'الجيزة',
    idNumber: ID_NUMBER,
    phoneNumbers: [PHONE],
    status: 1,
  },
  { isUpdate: true, firstName: 'مها', status: 1 },
  { isUpdate: true, address: 'الدقي', status: 1 },
];
const UNUSABLE = JSON.stringify({ firstName: 'منى', idNumber: ID_NUMBER, isUpdate: true });

let rollcall: TestApp;
/** Digests that nobody may find in a row, by what they are of. */
const forbidden = new Map<string, string>();

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } }); // keying goes on when the test says so
  for (const value of [ID_NUMBER, PHONE, 'منى', 'الجيزة']) forbid(value, value);
  forbid('entry', UNUSABLE);
});
afterAll(async () => {
  await rollcall.stop();
});

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const forbid = (of: string, text: string) => forbidden.set(of, sha256(text).toString('hex'));

async function deliver(applicantId: string, fields: Fields): Promise<string | undefined> {
  const answer = await rollcall.callback('success', [{ applicantId, ...fields }]);
  return ((await answer.json()) as Report).items[0]?.result;
}

/** The hash that releases up to 0.1 kept. */
function plainHash(canonical: string): string {
  forbid(`accepted|${canonical}`, `accepted\n${canonical}`);
  return sha256(`accepted\n${canonical}`).toString('hex').slice(0, 16);
}

function deliveredHash(applicantId: string, fields: Fields): string {
  const list = readList(Buffer.from(JSON.stringify([{ applicantId, ...fields }])));
  const element = list.ok ? list.candidates[0]?.element : undefined;
  if (element === undefined) throw new Error('the element is to be read');
  return plainHash(canonicalJson(element));
}

/** Delivers the story and leaves rows as the release before would have. @returns its hashes per version */
async function anOldApplicant(applicantId: string): Promise<string[]> {
  for (const fields of STORY) await deliver(applicantId, fields);
  const versions = await rollcall.sql<{ version: number; sealed: Buffer }>(
    'select version, sealed from changes where applicant_id = $1 order by version',
    [applicantId],
  );
  const contents = versions.map(({ version, sealed }) =>
    plainHash(canonicalJson(openContent(rollcall.app.get(Sealer), applicantId, version, sealed))),
  );
  for (const [at, hash] of contents.entries()) {
    await rollcall.sql(
      `update changes set content_hash = decode($3, 'hex') where applicant_id = $1 and version = $2`,
      [applicantId, at + 1, hash],
    );
  }
  const entries = contents.map((hash, at) => hash + deliveredHash(applicantId, STORY[at] ?? {}));
  await setKept(applicantId, entries.join(''), contents.at(-1) ?? '');
  return entries;
}

async function setKept(applicantId: string, known: string, content: string): Promise<void> {
  await rollcall.sql(
    `update applicants set known_hashes = decode($2, 'hex'), content_hash = decode($3, 'hex') where applicant_id = $1`,
    [applicantId, known, content],
  );
}

/** Everything that the hashes are for; the last delivery is applied. */
async function remembers(applicantId: string): Promise<void> {
  const [first, second, third] = STORY as [Fields, Fields, Fields];
  expect(await deliver(applicantId, third)).toBe('duplicate');
  expect(await deliver(applicantId, { ...first, isUpdate: true, firstName: 'مها', address: 'الدقي' })).toBe(
    'duplicate',
  );
  expect(await deliver(applicantId, first)).toBe('stale');
  // the second state by its content; that state as it was delivered equals no state
  expect(await deliver(applicantId, { ...first, firstName: 'مها' })).toBe('stale');
  expect(await deliver(applicantId, { ...second, isUpdate: true })).toBe('duplicate');
  expect(await deliver(applicantId, { ...first, isUpdate: true })).toBe('updated');
  expect(
    await rollcall.sql('select reverts_to from changes where applicant_id = $1 and version = 4', [
      applicantId,
    ]),
  ).toEqual([{ reverts_to: 1 }]);
}

/** Tables, months as one, in which a row holds a forbidden digest, spelled in whatever way. */
async function leaking(): Promise<string[]> {
  const tables = await rollcall.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const spellings = [...forbidden.values()].flatMap((hex) => [
    hex.slice(0, 16),
    Buffer.from(hex, 'hex').toString('base64').slice(0, 10),
    Buffer.from(hex, 'hex').toString('base64url').slice(0, 10),
    String(Buffer.from(hex, 'hex').readBigInt64BE()),
  ]);
  const found = new Set<string>();
  for (const { name } of tables) {
    const rows = await rollcall.sql(
      `select 1 from ${name} t where exists (select from unnest($1::text[]) s where position(s in t::text) > 0) limit 1`,
      [spellings],
    );
    if (rows.length > 0) found.add(name.replace(/^public\.|_y\d+m\d+$|_default$/g, ''));
  }
  return [...found].sort();
}

async function runPass(): Promise<void> {
  const keying = rollcall.app.get(HashKeying);
  await rollcall.sql('update hash_keying set due_at = now() where finished_at is null');
  while (Object.keys((await keying.look()).counts).length > 0);
}
const progress = () =>
  rollcall.sql(
    'select table_name, keyed::int, finished_at is not null as finished from hash_keying order by 1',
  );

test('rows of the release before are known before, while and after their hashes are keyed, and no plain hash is left', async () => {
  const ids = ['before', 'during', 'mixed', 'after'];
  const entries = new Map<string, string[]>();
  for (const id of ids) entries.set(id, await anOldApplicant(id));
  await rollcall.sql(
    `insert into reconciliation_unreadable (digest, enrolled_at, receipt_id, element_index) values ($1, now(), gen_random_uuid(), 0)`,
    [sha256(UNUSABLE)],
  );
  expect(await leaking()).toEqual(['applicants', 'changes', 'reconciliation_unreadable']);

  await remembers('before');
  expect(await progress()).toEqual([
    { table_name: 'applicants', keyed: 0, finished: false },
    { table_name: 'changes', keyed: 0, finished: false },
  ]);

  await rollcall.app.get(HashKeying).look(); // one batch: applicants are keyed, their changes are not
  expect(await progress()).toMatchObject([{ keyed: 3 }, { keyed: 0 }]);
  await remembers('during');

  await runPass();
  expect(await progress()).toEqual([
    { table_name: 'applicants', keyed: 3, finished: false },
    { table_name: 'changes', keyed: 12, finished: false },
  ]);
  // meanwhile a replica of the release before writes the third version
  const [one, two, three] = entries.get('mixed') as [string, string, string];
  const keyer = keyerOf(rollcall.app.get(KeyedHash), 'mixed');
  await setKept('mixed', keyKept(one + two, 2, keyer) + three, three.slice(0, 16));
  expect(await leaking()).toEqual(['applicants', 'reconciliation_unreadable']);
  await runPass();
  expect(await progress()).toEqual([
    { table_name: 'applicants', keyed: 4, finished: false },
    { table_name: 'changes', keyed: 12, finished: true },
  ]);
  await runPass();
  expect(await progress()).toMatchObject([{ finished: true }, { finished: true }]);

  const digests = rollcall.app.get(EntryDigests);
  const connection = rollcall.app.get(EntityManager);
  const plain = sha256(UNUSABLE).toString('hex');
  expect(await digests.known(connection, [plain])).toEqual([plain]);
  expect(await digests.keyPlain()).toBe(1);
  expect(await digests.known(connection, [plain])).toEqual([plain]);

  await remembers('mixed');
  await remembers('after');
  expect(await leaking()).toEqual([]);
  expect(
    await rollcall.sql(
      `select distinct octet_length(content_hash) as bytes from changes union select octet_length(content_hash) from applicants`,
    ),
  ).toEqual([{ bytes: 16 }]);
});
