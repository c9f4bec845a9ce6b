import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { ErasureDto, SignedCertificateDto } from '../../src/privacy/erasures.dto.js';
import type { QuarantinePageDto } from '../../src/inbox/quarantine.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(60_000);

let rollcall: TestApp;
let ask: Ask;
// the ledger lies beside the images: those of other tests must not find it
const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-erasures-'));
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_IMAGE_DIR: imageDir, ROLLCALL_KEEP_REJECTED_DAYS: '365' } });
  ask = callerWithAll(rollcall);
});
afterAll(async () => {
  await rollcall.stop();
  rmSync(imageDir, { recursive: true });
});

const post = <Body>(path: string, body: object) =>
  ask<Body>(path, { method: 'POST', body: JSON.stringify(body) });
const request = (body: object) => post<ErasureDto>('/api/v1/erasures', { reason: 'request 1', ...body });
const enrolled = async (...people: ReturnType<typeof anApplicant>[]) => {
  const response = await rollcall.callback('success', people);
  return (await response.json()) as { receiptId: string; items: { result: string; code?: string }[] };
};
const until = (id: string, state: ErasureDto['state']) =>
  eventually(async () => {
    const { body } = await ask<ErasureDto>(`/api/v1/erasures/${id}`);
    return body.state === state ? body : undefined;
  }, 30_000);
/** What the feed says of somebody, once it has so many events; it waits for whoever writes on the same server. */
const eventsOf = (person: { applicantId: string }, least: number) =>
  eventually(async () => {
    const { body } = await ask<{ items: Record<string, unknown>[] }>(
      '/api/v1/changes?fields=firstName,idNumber&limit=200',
    );
    const events = body.items.filter((event) => event.applicantId === person.applicantId);
    return events.length >= least ? events : undefined;
  });
async function erased(body: object): Promise<ErasureDto> {
  const answer = await request(body);
  expect(answer.status).toBe(202);
  return until(answer.body.id, 'erased');
}

describe('an erasure', () => {
  it('is asked for by the retention of whose time is over, and of nobody who is held', async () => {
    const [over, held, recent] = [
      anApplicant({ status: 0 }),
      anApplicant({ status: 0 }),
      anApplicant({ status: 0 }),
    ];
    expect((await rollcall.callback('fail', [over, held, recent])).status).toBe(200);
    await post('/api/v1/holds', { applicantId: held.applicantId, reason: 'case 1' });
    await rollcall.sql(
      `update applicants set first_received_at = now() - interval '2 years', last_received_at = now() - interval '366 days'
       where applicant_id = any($1)`,
      [[over.applicantId, held.applicantId]],
    );
    await post('/api/v1/retention/runs', {});
    const { body } = await eventually(async () => {
      const answer = await ask<{ items: ErasureDto[] }>('/api/v1/erasures?state=erased');
      return answer.body.items.length > 0 ? answer : undefined;
    });
    expect(body.items).toEqual([
      expect.objectContaining({
        applicantIds: [over.applicantId],
        requestedBy: 'system',
        reason: 'retention: rejected',
      }),
    ]);
    expectProblem(await ask(`/api/v1/applicants/${over.applicantId}`), 410, 'APPLICANT_ERASED');
    for (const { applicantId } of [held, recent])
      expect((await ask(`/api/v1/applicants/${applicantId}`)).status).toBe(200);
  });

  it('leaves a tombstone that is neither read, listed, searched nor exported', async () => {
    const person = anApplicant();
    await enrolled(person);
    await enrolled({ ...person, address: 'another address', isUpdate: true });
    const erasure = await erased({ nationalId: person.idNumber! });
    expect(Date.parse(erasure.erasedAt!) - Date.parse(erasure.beganAt!)).toBeLessThan(5000);
    expect(erasure).toMatchObject({
      applicantIds: [person.applicantId],
      counts: { versions: 2, receipts: 2 },
    });

    const { applicantId } = person;
    for (const path of ['', '/versions', '/images']) {
      expectProblem(await ask(`/api/v1/applicants/${applicantId}${path}`), 410, 'APPLICANT_ERASED');
    }
    const found = await post<{ items: unknown[] }>('/api/v1/applicants/search', {
      idNumber: person.idNumber,
    });
    expect(found.body.items).toEqual([]);
    const listed = await ask<{ items: { applicantId: string }[] }>('/api/v1/applicants');
    expect(listed.body.items.map((one) => one.applicantId)).not.toContain(applicantId);
    const [row] = await rollcall.sql(
      'select version, first_name, name_key, id_number_index, contact_index from applicants where applicant_id = $1',
      [applicantId],
    );
    expect(row).toEqual({
      version: 2,
      first_name: null,
      name_key: '',
      id_number_index: null,
      contact_index: [],
    });
  });

  it('tells the feed, whose events of the person say no more than ids, dates and the decision', async () => {
    const person = anApplicant();
    await enrolled(person);
    await erased({ applicantId: person.applicantId });
    const events = await eventsOf(person, 2);
    expect(events.map(({ event }) => event)).toEqual(['applicant.created', 'applicant.erased']);
    for (const event of events) {
      expect(event).toMatchObject({ outcome: 'accepted', fields: {}, changedFields: [], flags: [] });
      expect(event).not.toHaveProperty('tampered');
    }
  });

  it('cuts its elements out of a body of a hundred, whose other bytes stay', async () => {
    const people = Array.from({ length: 100 }, () => anApplicant());
    const person = people[41]!;
    const { receiptId } = await enrolled(...people);
    const text = JSON.stringify(people);
    const cut = JSON.stringify(person);
    const raw = async () =>
      Buffer.from(await (await rollcall.api(`/api/v1/receipts/${receiptId}/body`)).arrayBuffer()).toString();
    expect(await raw()).toBe(text);
    const { id } = await erased({ applicantId: person.applicantId });
    expect(await raw()).toBe(
      text.replace(cut, JSON.stringify({ applicantId: person.applicantId, erased: id })),
    );
    const { body } = await ask<SignedCertificateDto>(`/api/v1/erasures/${id}/certificate`);
    expect(body.certificate.receipts).toEqual([
      {
        receiptId,
        redactedAt: expect.any(String),
        elements: [41],
        keptHash: expect.stringMatching(/^[0-9a-f]{32}$/),
        erasureId: id,
      },
    ]);
  });

  it('is certified, signed by a key of the published set, also as a PDF', async () => {
    const person = anApplicant();
    await enrolled(person);
    const answer = await request({ applicantId: person.applicantId });
    const { id } = await until(answer.body.id, 'erased');
    const { body } = await ask<SignedCertificateDto>(`/api/v1/erasures/${id}/certificate`);
    const set = (await (await fetch(`${rollcall.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    const verified = await compactVerify(body.jws, createLocalJWKSet(set));
    expect(verified.protectedHeader.typ).toBe('rollcall-erasure+jws');
    expect(JSON.parse(new TextDecoder().decode(verified.payload))).toEqual(body.certificate);
    expect(body.certificate).toMatchObject({ erasureId: id, reason: 'request 1', counts: { versions: 1 } });
    const pdf = Buffer.from(
      await (await rollcall.api(`/api/v1/erasures/${id}/certificate.pdf`)).arrayBuffer(),
    ).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.4\n[\s\S]*%%EOF\n$/);
    expect(pdf).toContain(`erasureId: ${id}`);
    expect(pdf).not.toContain('/Image');
  });

  it('is certified in Arabic, too: drawn, and kept as text for those who listen or copy', async () => {
    const person = anApplicant({ applicantId: 'طلب-1' });
    await enrolled(person);
    const reason = 'طلب صاحب البيانات رقم ١٢٣ <القضية & 4711>';
    const answer = await post<ErasureDto>('/api/v1/erasures', { applicantId: person.applicantId, reason });
    expect(answer.status).toBe(202);
    const { id } = await until(answer.body.id, 'erased');
    const pdf = Buffer.from(
      await (await rollcall.api(`/api/v1/erasures/${id}/certificate.pdf`)).arrayBuffer(),
    ).toString('latin1');
    const said = [...pdf.matchAll(/\/ActualText <FEFF([0-9A-F]+)> >> BDC q/g)].map(([, hex = '']) =>
      Buffer.from(hex, 'hex').swap16().toString('utf16le'),
    );
    expect(said).toEqual([person.applicantId, reason]);
    expect(pdf).not.toContain('see the JSON');
    const [, width, height, pixels = ''] =
      /\/Width (\d+) \/Height (\d+) [^>]*>>\nstream\n([^]*?)\nendstream/.exec(pdf) ?? [];
    const grey = inflateSync(Buffer.from(pixels, 'latin1'));
    expect(grey).toHaveLength(Number(width) * Number(height));
    // black on white, and more than a frame
    expect([grey.includes(0), grey.includes(255)]).toEqual([true, true]);
  });

  it('is refused for nobody, without a reason, and twice at once', async () => {
    expectProblem(await request({ applicantId: 'nobody' }), 404, 'NOT_FOUND');
    expectProblem(await request({}), 400, 'BAD_REQUEST');
    expectProblem(await request({ applicantId: 'x', reason: '' }), 400, 'BAD_REQUEST');
    const person = anApplicant();
    await enrolled(person);
    await post('/api/v1/holds', { applicantId: person.applicantId, reason: 'case 7' });
    const { body } = await request({ applicantId: person.applicantId });
    expectProblem(await request({ applicantId: person.applicantId }), 409, 'ERASURE_UNDER_WAY');
    expectProblem(await ask(`/api/v1/erasures/${body.id}/certificate`), 409, 'ERASURE_NOT_DONE');
  });
});

describe('a person under erasure', () => {
  it('is read by nobody while a hold keeps the person, and is erased once it is lifted', async () => {
    const person = anApplicant();
    const { receiptId } = await enrolled(person);
    const hold = await post<{ id: string }>('/api/v1/holds', { idNumber: person.idNumber, reason: 'case 8' });
    const { body } = await request({ applicantId: person.applicantId });
    await until(body.id, 'held');
    for (const path of [
      `applicants/${person.applicantId}`,
      `applicants/${person.applicantId}/versions`,
      `receipts/${receiptId}/body`,
    ]) {
      expectProblem(await ask(`/api/v1/${path}`), 403, 'RESTRICTED');
    }
    expect(await eventsOf(person, 1)).toEqual([expect.objectContaining({ fields: {} })]);
    await post(`/api/v1/holds/${hold.body.id}/lift`, {});
    await rollcall.sql('update erasures set next_attempt_at = now() where id = $1', [body.id]);
    await until(body.id, 'erased');
    expectProblem(
      await post('/api/v1/holds', { applicantId: person.applicantId, reason: 'late' }),
      410,
      'APPLICANT_ERASED',
    );
  });

  it('is not held any more once something is gone', async () => {
    const person = anApplicant();
    await enrolled(person);
    const { id } = await erased({ applicantId: person.applicantId });
    const hold = () => post('/api/v1/holds', { applicantId: person.applicantId, reason: 'case 9' });
    expectProblem(await hold(), 410, 'APPLICANT_ERASED');
    // as while a worker overwrites
    await rollcall.sql(
      `update erasures set state = 'erasing', erased_at = null, next_attempt_at = null where id = $1`,
      [id],
    );
    expectProblem(await hold(), 409, 'ERASURE_UNDER_WAY');
  });

  it('does not come back by a later callback, which is parked', async () => {
    const person = anApplicant();
    const neighbour = anApplicant();
    await enrolled(person);
    await erased({ applicantId: person.applicantId });
    const { items, receiptId } = await enrolled(neighbour, { ...person, isUpdate: true });
    expect(items).toMatchObject([{ result: 'created' }, { result: 'quarantined', code: 'APPLICANT_ERASED' }]);
    expectProblem(await ask(`/api/v1/applicants/${person.applicantId}`), 410, 'APPLICANT_ERASED');
    const { body } = await ask<QuarantinePageDto>(`/api/v1/quarantine?applicantId=${person.applicantId}`);
    expect(body.items).toMatchObject([{ receiptId, code: 'APPLICANT_ERASED', state: 'open' }]);
    expectProblem(await ask(`/api/v1/quarantine/${body.items[0]!.id}`), 410, 'APPLICANT_ERASED');
    expectProblem(await ask(`/api/v1/receipts/${receiptId}/body`), 403, 'RESTRICTED');
    const replay = await post<{ items: unknown[] }>('/api/v1/quarantine/replay', {
      ids: [body.items[0]!.id],
      dryRun: false,
    });
    expect(replay.body.items).toMatchObject([{ passes: false, code: 'APPLICANT_ERASED' }]);
    // once more erases what was parked
    const again = await erased({ applicantId: person.applicantId });
    expect(again.counts).toMatchObject({ receipts: 1, quarantined: 1 });
    const of = async (query: string) =>
      (await ask<{ items: ErasureDto[] }>(`/api/v1/erasures?${query}`)).body.items.map(({ id }) => id);
    const mine = await of(`applicantId=${person.applicantId}`);
    expect([mine.length, mine[0]]).toEqual([2, again.id]);
    expect(await of(`applicantId=${person.applicantId}&state=held`)).toEqual([]);
    expect(await of(`applicantId=${neighbour.applicantId}`)).toEqual([]);
    const after = await ask<QuarantinePageDto>(`/api/v1/quarantine?applicantId=${person.applicantId}`);
    expect(after.body.items).toMatchObject([{ state: 'discarded', resolution: 'erased' }]);
    expect((await rollcall.api(`/api/v1/receipts/${receiptId}/body`)).status).toBe(200);
  });
});

describe('the ledger', () => {
  it('tells a database that was set back whom to erase again', async () => {
    const person = anApplicant();
    await enrolled(person);
    const [before] = await rollcall.sql('select * from applicants where applicant_id = $1', [
      person.applicantId,
    ]);
    const versions = await rollcall.sql('select * from changes where applicant_id = $1', [
      person.applicantId,
    ]);
    const { id } = await erased({ applicantId: person.applicantId });
    // as an older backup has it: neither the erasure nor its traces
    await rollcall.sql('delete from erasures where id = $1', [id]);
    await rollcall.sql(
      'update applicants set erasure_id = null, sealed = $2, first_name = $3, content_hash = $4, known_hashes = $5 where applicant_id = $1',
      [person.applicantId, before!.sealed, before!.first_name, before!.content_hash, before!.known_hashes],
    );
    await rollcall.sql('update changes set sealed = $2, content_hash = $3 where applicant_id = $1', [
      person.applicantId,
      versions[0]!.sealed,
      versions[0]!.content_hash,
    ]);
    expect((await ask(`/api/v1/applicants/${person.applicantId}`)).status).toBe(200);
    const { ErasureLedger } = await import('../../src/privacy/ledger.service.js');
    expect(await rollcall.app.get(ErasureLedger, { strict: false }).readOn()).toBe(1);
    expect([403, 410]).toContain((await ask(`/api/v1/applicants/${person.applicantId}`)).status);
    await until(id, 'erased');
    expectProblem(await ask(`/api/v1/applicants/${person.applicantId}`), 410, 'APPLICANT_ERASED');
  });
});
