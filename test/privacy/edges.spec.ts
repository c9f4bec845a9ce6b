import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { RowVerification } from '../../src/applicants/row-verification.service.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { ErasureDto } from '../../src/privacy/erasures.dto.js';
import { RetentionWorker } from '../../src/retention/retention-worker.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(120_000);

let rollcall: TestApp;
let ask: Ask;
const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-edges-'));
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_IMAGE_DIR: imageDir } });
  ask = callerWithAll(rollcall);
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(imageDir, { recursive: true });
});

const post = <Body>(path: string, body: object) =>
  ask<Body>(path, { method: 'POST', body: JSON.stringify(body) });
async function deliver(...elements: object[]): Promise<string> {
  const response = await rollcall.callback('success', elements);
  expect([200, 422]).toContain(response.status);
  return ((await response.json()) as { receiptId: string }).receiptId;
}
const requested = async (body: object) => {
  const answer = await post<ErasureDto>('/api/v1/erasures', { reason: 'request 1', ...body });
  expect(answer.status).toBe(202);
  return answer.body.id;
};
const done = (id: string) =>
  eventually(async () => {
    const { body } = await ask<ErasureDto>(`/api/v1/erasures/${id}`);
    return body.state === 'erased' ? body : undefined;
  }, 30_000);
const erased = async (body: object) => done(await requested(body));
/** The body of a receipt as it is now. */
async function bytesOf(receiptId: string): Promise<string> {
  const [row] = await rollcall.sql<{ body: Buffer }>('select body from receipts where id = $1', [receiptId]);
  return rollcall.app.get(Sealer).reveal(row!.body, `receipt|${receiptId}`).toString();
}
async function accessed(body: object) {
  const response = await rollcall.api('/api/v1/subject-access', {
    method: 'POST',
    body: JSON.stringify({ reason: 'request 2', ...body }),
  });
  expect(response.status).toBe(200);
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const read = <T>(name: string) => JSON.parse(strFromU8(files[name]!)) as T;
  return { names: Object.keys(files), read };
}

describe('somebody whose versions are gone from the history, by their age', () => {
  const person = anApplicant({ firstName: 'Olderthan', familyName: 'Everything' });
  let receiptId: string;

  beforeAll(async () => {
    receiptId = await deliver(person, anApplicant());
    await rollcall.sql('delete from changes where applicant_id = $1', [person.applicantId]);
    await rollcall.sql(
      `update retired_months set before = now() + interval '1 minute' where table_name = 'changes'`,
    );
  });
  afterAll(() => rollcall.sql(`update retired_months set before = null where table_name = 'changes'`));

  it('is given what is still held: the current state, and its elements in receipts', async () => {
    const { read } = await accessed({ applicantId: person.applicantId });
    expect(read(`applicants/${person.applicantId}/versions.json`)).toEqual([
      expect.objectContaining({
        version: 1,
        receiptId,
        fields: expect.objectContaining({ idNumber: person.idNumber }),
      }),
    ]);
    expect(read<object[]>('receipts.json')).toEqual([expect.objectContaining({ receiptId })]);
  });

  it('is erased as anybody else', async () => {
    expect((await erased({ applicantId: person.applicantId })).counts).toMatchObject({
      versions: 1,
      receipts: 1,
    });
    const [row] = await rollcall.sql<{ row: string }>(
      'select a::text as row from applicants a where applicant_id = $1',
      [person.applicantId],
    );
    expect(row?.row).not.toMatch(/olderthan|everything/i);
    expect(await bytesOf(receiptId)).not.toContain(person.idNumber);
  });
});

test('what was taken by a process whose clock is fast is erased, too', async () => {
  const person = anApplicant();
  await deliver(person);
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 45_000);
  const again = await deliver(person, anApplicant()).finally(() => clock.mockRestore());
  await erased({ applicantId: person.applicantId });
  expect(await bytesOf(again)).not.toContain(person.idNumber);
});

test('a receipt that no key opens keeps nobody from being erased or from getting their data; it is named', async () => {
  const person = anApplicant();
  const other = anApplicant();
  const receiptId = await deliver(person, other);
  await deliver(other);
  const damaged = await deliver(other);
  await rollcall.sql(
    `update receipts set body = overlay(body placing '\\xffff' from octet_length(body) - 1) where id = $1`,
    [damaged],
  );
  const { read } = await accessed({ applicantId: person.applicantId });
  expect(read('contents.json')).toMatchObject({ missing: [`receipts/${damaged}`] });
  expect(read<object[]>('receipts.json')).toHaveLength(1);
  const { counts } = await erased({ applicantId: person.applicantId });
  expect(counts).toMatchObject({ receipts: 1, unopened: 1 });
  expect(await bytesOf(receiptId)).not.toContain(person.idNumber);
});

test('everybody with one national id is meant, however many and in whatever spelling', async () => {
  const { idNumber } = anApplicant();
  const arabic = [...idNumber!].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join('');
  const spellings = [idNumber!, arabic, ` ${idNumber!.slice(0, 7)} ${idNumber!.slice(7)} `];
  const people = Array.from({ length: 103 }, (_, n) => anApplicant({ idNumber: spellings[n % 3]! }));
  await deliver(...people);
  await rollcall.sql(
    `update applicants set sealed = overlay(sealed placing '\\xffff' from octet_length(sealed) - 1) where applicant_id = $1`,
    [people[5]!.applicantId],
  );
  const { applicantIds } = await erased({ nationalId: arabic });
  expect([...applicantIds].sort()).toEqual(people.map(({ applicantId }) => applicantId).sort());
});

test('what came of nobody and shows the person is given to the person, as it would be erased', async () => {
  const person = anApplicant();
  await deliver(person, anApplicant());
  await deliver({ ...person, applicantId: null }, { ...anApplicant(), applicantId: null });
  const broken = await rollcall.callback('success', JSON.stringify([person]).slice(0, -3));
  expect(broken.status).toBe(400);
  const { read } = await accessed({ applicantId: person.applicantId });
  expect(read<object[]>('quarantine.json')).toEqual([
    expect.objectContaining({ applicantId: null, element: expect.stringContaining(person.idNumber!) }),
  ]);
  expect(read<object[]>('receipts.json')).toHaveLength(2);
  const [refused] = await rollcall.sql<{ id: string }>(`select id from receipts where state = 'rejected'`);
  expect(read('contents.json')).toMatchObject({
    missing: expect.arrayContaining([`receipts/${refused!.id}`]),
  });
});

test('whatever an applicantId is, its folder is one that can be unpacked', async () => {
  const long = 'طلب'.repeat(40);
  for (const applicantId of ['..', '.', long]) {
    await deliver(anApplicant({ applicantId }));
    const { names, read } = await accessed({ applicantId });
    const versions = names.find((name) => name.endsWith('/versions.json'))!;
    expect(versions.split('/').every((part) => part.length < 255 && !/^\.+$/.test(part))).toBe(true);
    expect(read(versions)).toEqual([expect.objectContaining({ applicantId })]);
  }
});

test('an export that was begun while the request was being committed is withdrawn', async () => {
  const person = anApplicant();
  await deliver(person);
  const hold = await post<{ id: string }>('/api/v1/holds', {
    applicantId: person.applicantId,
    reason: 'case 1',
  });
  const id = await requested({ applicantId: person.applicantId });
  const made = await post<{ id: string }>('/api/v1/exports', { what: 'applicants', format: 'csv' });
  const state = async () => (await ask<{ state: string }>(`/api/v1/exports/${made.body.id}`)).body.state;
  await eventually(async () => (await state()) === 'ready' || undefined, 30_000);
  await rollcall.sql(
    `update exports set started_at = (select requested_at + interval '5 milliseconds' from erasures where id = $1) where id = $2`,
    [id, made.body.id],
  );
  await post(`/api/v1/holds/${hold.body.id}/lift`, {});
  await rollcall.sql('update erasures set next_attempt_at = now() where id = $1', [id]);
  expect((await done(id)).counts).toMatchObject({ exports: 1 });
  expect(await state()).toBe('failed');
});

test('a hold keeps an element of quarantine that came under another spelling of the GUID', async () => {
  const person = anApplicant({ applicantId: randomUUID() });
  const capitals = person.applicantId.toUpperCase();
  await deliver(person);
  await deliver({ ...person, applicantId: capitals, isUpdate: 'perhaps' });
  await post('/api/v1/holds', { applicantId: person.applicantId, reason: 'case 2' });
  await rollcall.sql(
    `update quarantine set state = 'discarded', resolved_at = now() - interval '3 years' where applicant_id = $1`,
    [capitals],
  );
  const { body } = await post<{ id: string }>('/api/v1/retention/runs', {});
  await eventually(async () => {
    await rollcall.app.get(RetentionWorker).work();
    const run = await ask<{ state: string }>(`/api/v1/retention/runs/${body.id}`);
    return run.body.state !== 'running' || undefined;
  }, 60_000);
  expect(await rollcall.sql('select id from quarantine where applicant_id = $1', [capitals])).toHaveLength(1);
});

test('what was under way while the person was erased is gone once it was looked through again', async () => {
  const person = anApplicant();
  await deliver(person);
  const { id } = await erased({ applicantId: person.applicantId });
  // somebody had asked a moment before
  await rollcall.sql(
    `insert into session_tokens (id, kind, correlation_id, applicant_id, minted_by, minted_at)
     values (gen_random_uuid(), 'onboarding', 'by which another system knows them', $1, 'test', now())`,
    [person.applicantId],
  );
  await rollcall.sql('update erasures set next_attempt_at = now() where id = $1', [id]);
  await eventually(async () => {
    const [row] = await rollcall.sql<{ known: string | null }>(
      'select correlation_id as known from session_tokens where applicant_id = $1',
      [person.applicantId],
    );
    return row?.known === null || undefined;
  });
});

describe('somebody of whom quarantine alone knows', () => {
  const missing = async (body: object) => {
    const answer = await post('/api/v1/subject-access', { reason: 'request 3', ...body });
    return answer.status === 404;
  };

  it('is found by the national id where an element names no applicant of ours: given, and erased', async () => {
    const person = anApplicant();
    const receiptId = await deliver({ ...person, isUpdate: 'perhaps' }, anApplicant());
    const nationalId = [...person.idNumber!].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join('');
    const { read } = await accessed({ nationalId });
    expect(read('contents.json')).toMatchObject({ applicantIds: [person.applicantId] });
    expect(read('quarantine.json')).toMatchObject([{ applicantId: person.applicantId }]);
    expect(read<object[]>('receipts.json')).toHaveLength(1);
    const { applicantIds, counts } = await erased({ nationalId });
    expect([applicantIds, counts]).toMatchObject([[person.applicantId], { quarantined: 1, receipts: 1 }]);
    expect(await bytesOf(receiptId)).not.toContain(person.idNumber);
    expect(await missing({ nationalId })).toBe(true);
  });

  it('also where it names nobody; the national id is kept sealed until the last look, and no longer', async () => {
    const person = anApplicant();
    const receiptId = await deliver({ ...person, applicantId: null }, anApplicant());
    const nationalId = person.idNumber!;
    const before = await rollcall.sql(`select from audit where action = 'subject.access'`);
    const { read } = await accessed({ nationalId });
    expect(read('quarantine.json')).toMatchObject([{ applicantId: null }]);
    const after = await rollcall.sql(`select from audit where action = 'subject.access'`);
    expect(after).toHaveLength(before.length + 1);
    const { id, applicantIds, counts } = await erased({ nationalId });
    expect([applicantIds, counts]).toMatchObject([[], { quarantined: 1, receipts: 1 }]);
    expect(await bytesOf(receiptId)).not.toContain(nationalId);
    expect(await missing({ nationalId })).toBe(true);
    await rollcall.sql('update erasures set next_attempt_at = now() where id = $1', [id]);
    await eventually(async () => {
      const [row] = await rollcall.sql('select id_number from erasures where id = $1', [id]);
      return row!.id_number === null || undefined;
    });
  });

  it('waits where the national id is held', async () => {
    const nationalId = anApplicant().idNumber!;
    await deliver({ ...anApplicant({ idNumber: nationalId }), applicantId: null });
    const hold = await post<{ id: string }>('/api/v1/holds', { idNumber: nationalId, reason: 'case 3' });
    const id = await requested({ nationalId });
    const state = async () => (await ask<ErasureDto>(`/api/v1/erasures/${id}`)).body.state;
    await eventually(async () => (await state()) === 'held' || undefined);
    await post(`/api/v1/holds/${hold.body.id}/lift`, {});
    await rollcall.sql('update erasures set next_attempt_at = now() where id = $1', [id]);
    expect((await done(id)).counts).toMatchObject({ quarantined: 1 });
  });

  it('is found again after an erasure, by what came since', async () => {
    const person = anApplicant();
    await deliver(person);
    await erased({ applicantId: person.applicantId });
    await deliver({ ...person, isUpdate: true });
    const { read } = await accessed({ nationalId: person.idNumber });
    expect(read('contents.json')).toMatchObject({ applicantIds: [person.applicantId] });
    expect((await erased({ nationalId: person.idNumber })).counts).toMatchObject({ quarantined: 1 });
  });

  it('is not somebody else, of whom an element shows another number', async () => {
    const other = anApplicant();
    await deliver(other);
    const nationalId = anApplicant().idNumber;
    await deliver({ ...other, idNumber: nationalId, isUpdate: 'perhaps' });
    expect(await missing({ nationalId })).toBe(true);
    expect((await post('/api/v1/erasures', { nationalId, reason: 'request 4' })).status).toBe(404);
  });
});

test('a subject access says that the person is held, and since when, and never why', async () => {
  const person = anApplicant();
  await deliver(person);
  const first = await post<{ id: string }>('/api/v1/holds', {
    applicantId: person.applicantId,
    reason: 'suspicion 1',
  });
  await post(`/api/v1/holds/${first.body.id}/lift`, {});
  await post('/api/v1/holds', { idNumber: person.idNumber, reason: 'suspicion 2' });
  for (const named of [{ applicantId: person.applicantId }, { nationalId: person.idNumber }]) {
    const { names, read } = await accessed(named);
    expect(read('holds.json')).toEqual([
      { on: 'applicantId', placedAt: expect.any(String), liftedAt: expect.any(String) },
      { on: 'nationalId', placedAt: expect.any(String), liftedAt: null },
    ]);
    expect(read<{ action: string }[]>('audit.json').map(({ action }) => action)).toContain('hold.place');
    expect(names.map((name) => JSON.stringify(read(name))).join()).not.toContain('suspicion');
  }
});

test('every row says what was sealed with it, after all of this', async () => {
  expect(await rollcall.app.get(RowVerification, { strict: false }).run(() => undefined)).toMatchObject({
    tampered: 0,
  });
});
