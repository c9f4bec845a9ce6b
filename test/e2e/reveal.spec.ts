import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { RevealLimit } from '../../src/applicants/reveal-limit.service.js';
import type { RevealedDto, RevealRequestDto } from '../../src/applicants/reveals.dto.js';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { Config, loadConfig } from '../../src/config/config.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { type Answer, type Ask, callerWith, expectProblem } from '../harness/clients.js';

const GUID = '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1';
const MONA = anApplicant({
  applicantId: 'A-reveal',
  idNumber: '29703012357788',
  phoneNumbers: ['01068282888'],
  documentNumber: 'IC1234567',
});
const NAME = 'test applicants:reveal';
const REASON = 'case 4711: يعترض العميل';

let rollcall: TestApp;
let mona: Ask;

async function start(env: Record<string, string>): Promise<void> {
  rollcall = await startApp({ env });
  const sent = await rollcall.callback('success', [MONA, anApplicant({ applicantId: GUID })]);
  expect(sent.status).toBe(200);
  mona = await callerWith(rollcall, 'applicants:reveal');
}

const reveal = <Body = RevealedDto>(body: object, ask = mona, id = 'A-reveal'): Promise<Answer<Body>> =>
  ask<Body>(`/api/v1/applicants/${id}/reveal`, { method: 'POST', body: JSON.stringify(body) });

const deeds = () =>
  rollcall.sql<{ actor: string; action: string; detail: Record<string, unknown> }>(
    `select actor, action, subject, reason, detail from audit where action ~ '(^|[.])reveal' order by at, seq`,
  );

describe('POST /api/v1/applicants/{applicantId}/reveal', () => {
  beforeAll(() => start({ ROLLCALL_REVEALS_PER_MINUTE: '100' }));
  afterAll(() => rollcall.stop());

  it('shows the fields that are asked for and no others, and its record is there before the answer', async () => {
    const answer = await reveal({
      fields: ['phoneNumbers', 'idNumber', 'birthDate', 'state'],
      reason: REASON,
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        applicantId: 'A-reveal',
        version: 1,
        fields: { idNumber: '29703012357788', phoneNumbers: ['01068282888'], birthDate: '1997-03-01' },
      },
    });
    expect(Object.keys(answer.body.fields)).toEqual(['phoneNumbers', 'idNumber', 'birthDate', 'state']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await deeds()).toEqual([
      {
        actor: NAME,
        action: 'applicant.reveal',
        subject: 'applicant:A-reveal',
        reason: REASON,
        detail: { fields: ['birthDate', 'idNumber', 'phoneNumbers', 'state'], version: 1 },
      },
    ]);
  });

  it('finds a GUID in any spelling, and records the one that is kept', async () => {
    const { body } = await reveal({ fields: ['idNumber'], reason: 'r' }, mona, GUID.toUpperCase());
    expect(body.applicantId).toBe(GUID);
    expect(await rollcall.sql('select from audit where subject = $1', [`applicant:${GUID}`])).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['no reason', { fields: ['idNumber'] }],
    ['a blank reason', { fields: ['idNumber'], reason: ' ' }],
    ['a reason of 501 characters', { fields: ['idNumber'], reason: 'x'.repeat(501) }],
    ['control characters', { fields: ['idNumber'], reason: 'a\u001b[2Jb' }],
    ['no fields', { fields: [], reason: 'r' }],
    ['an unknown field', { fields: ['idNumber', 'password'], reason: 'r' }],
    ['a field twice', { fields: ['idNumber', 'idNumber'], reason: 'r' }],
    ['fields that are no list', { fields: 'idNumber', reason: 'r' }],
  ])('400 for %s, and nothing is recorded', async (_, body) => {
    const before = await deeds();
    expectProblem(await reveal(body), 400, 'BAD_REQUEST');
    expect(await deeds()).toEqual(before);
  });

  it('404 for an unknown applicant and an unknown request, 403 without the scope', async () => {
    const body = { fields: ['idNumber'], reason: 'r' };
    expectProblem(await reveal(body, mona, 'nobody'), 404, 'NOT_FOUND');
    expectProblem(await reveal({ ...body, requestId: GUID }), 404, 'NOT_FOUND');
    const reader = await callerWith(rollcall, 'applicants:read', 'pii:read');
    expectProblem(await reveal(body, reader), 403, 'INSUFFICIENT_SCOPE');
  });

  it('shows nothing while the audit cannot be written, and callbacks go on', async () => {
    const body = { fields: ['idNumber'], reason: 'r' };
    await rollcall.sql('alter table audit add constraint closed check (false) not valid');
    try {
      const refused = await reveal(body);
      expectProblem(refused, 503, 'AUDIT_UNAVAILABLE');
      expect(JSON.stringify(refused.body)).not.toContain('29703012357788');
      expect(refused.headers.get('retry-after')).toBe('30');
      const read = await rollcall.api('/api/v1/applicants/A-reveal');
      expect([read.status, await read.text()]).toEqual([503, expect.not.stringContaining('29703012357788')]);
      const sent = await rollcall.callback('success', [anApplicant({ applicantId: 'A-meanwhile' })]);
      expect(await sent.json()).toMatchObject({ items: [{ result: 'created' }] });
    } finally {
      await rollcall.sql('alter table audit drop constraint closed');
    }
    expect((await reveal(body)).status).toBe(200);
  });

  it('is limited for each caller, over all replicas; 60 a minute as shipped', async () => {
    const { env } = loadConfig({ NODE_ENV: 'test', ROLLCALL_KEYS: KEYS });
    expect(env.ROLLCALL_REVEALS_PER_MINUTE).toBe(60);
    const replica = new RevealLimit(rollcall.app.get(DataSource), rollcall.app.get(Config));
    const busy = await rollcall.app.get(ApiKeys).create('test', 'busy', ['applicants:reveal']);
    for (let i = 0; i < 100; i += 1) await replica.take('busy');
    const body = { fields: ['idNumber'], reason: 'r' };
    const refused = await reveal(body, (path, init) =>
      mona(path, { ...init, headers: { authorization: `Bearer ${busy}` } }),
    );
    expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await reveal(body)).status).toBe(200);
  });
});

describe('with ROLLCALL_REVEAL_TWO_PERSONS', () => {
  let ali: Ask;
  const body = { fields: ['idNumber', 'emails'], reason: REASON };

  beforeAll(async () => {
    await start({ ROLLCALL_REVEAL_TWO_PERSONS: 'true' });
    ali = await callerWith(rollcall, 'applicants:reveal', 'applicants:read');
  });
  afterAll(() => rollcall.stop());

  const ask = async (): Promise<string> => {
    const { status, body: request } = await reveal<RevealRequestDto>(body);
    expect({ status, request }).toMatchObject({
      status: 202,
      request: { state: 'waiting', askedBy: NAME, fields: ['emails', 'idNumber'], approvedBy: null },
    });
    expect(JSON.stringify(request)).not.toContain('29703012357788');
    return request.id;
  };
  const approve = (id: string, by: Ask) =>
    by<RevealRequestDto>(`/api/v1/reveal-requests/${id}/approve`, { method: 'POST' });
  const age = (id: string, by: string) =>
    rollcall.sql('update reveal_requests set expires_at = expires_at - $2::interval where id = $1', [id, by]);

  it('shows the fields once a second person has approved it, once, to who asked; all of it is recorded', async () => {
    const requestId = await ask();
    expectProblem(await reveal({ ...body, requestId }), 409, 'REVEAL_NOT_APPROVED');
    expectProblem(await approve(requestId, mona), 403, 'SECOND_PERSON_NEEDED');
    const approved = await approve(requestId, ali);
    expect(approved).toMatchObject({ status: 200, body: { state: 'approved' } });
    expectProblem(await approve(requestId, ali), 409, 'CONFLICT');
    expectProblem(await reveal({ ...body, requestId }, ali), 404, 'NOT_FOUND');
    for (const other of [{ fields: ['idNumber'] }, { reason: 'another' }]) {
      expectProblem(await reveal({ ...body, ...other, requestId }), 409, 'REVEAL_NOT_APPROVED');
    }
    expectProblem(await reveal({ ...body, requestId }, mona, GUID), 409, 'REVEAL_NOT_APPROVED');
    const both = await Promise.all([reveal({ ...body, requestId }), reveal({ ...body, requestId })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 200)?.body.fields).toMatchObject({ idNumber: MONA.idNumber });

    const fields = ['emails', 'idNumber'];
    const to = { subject: 'applicant:A-reveal', reason: REASON };
    const by = 'test applicants:reveal applicants:read';
    expect(await deeds()).toEqual([
      { ...to, actor: NAME, action: 'reveal.request', detail: { fields, request: requestId } },
      { ...to, actor: by, action: 'reveal.approve', detail: { fields, request: requestId, askedBy: NAME } },
      {
        ...to,
        actor: NAME,
        action: 'applicant.reveal',
        detail: { fields, version: 1, request: requestId, approvedBy: by },
      },
    ]);
  });

  it('shows a picture the same way, by a request for that picture alone', async () => {
    const bytes = Buffer.from('a picture');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await rollcall.app.get(SealedImageStore).keep([{ sha256, bytes, mediaType: 'image/jpeg' }]);
    await rollcall.sql(
      `with blob as (insert into image_blobs (sha256, media_type, bytes, sealed_bytes) values (decode($1, 'hex'), 'image/jpeg', 9, 99))
       insert into images (applicant_id, field, version, path, state, sha256) select 'A-reveal', field, 1, field, 'fetched', decode($1, 'hex')
         from unnest('{livePhotoPath,idFrontScanPath}'::text[]) as named(field)
         on conflict (applicant_id, field, version) do update set state = 'fetched', sha256 = excluded.sha256`,
      [sha256],
    );
    const scopes = ['applicants:reveal', 'images:read'] as const;
    const investigator = await callerWith(rollcall, ...scopes);
    const key = await rollcall.app.get(ApiKeys).create('test', 'with pictures', [...scopes]);
    const show = (requestId?: string, field = 'livePhotoPath') =>
      fetch(`${rollcall.url}/api/v1/applicants/A-reveal/images/${field}/reveal`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason: REASON, requestId }),
      });
    const asked = await show();
    const { id: requestId, ...request } = (await asked.json()) as RevealRequestDto;
    expect([asked.status, request]).toMatchObject([
      202,
      { image: 'livePhotoPath', fields: [], state: 'waiting' },
    ]);
    expect((await show(requestId)).status).toBe(409);
    expect((await approve(requestId, ali)).status).toBe(200);
    // nobody else, no other picture, and no field
    expectProblem(await reveal({ ...body, requestId }, investigator), 404, 'NOT_FOUND');
    expect((await show(requestId, 'idFrontScanPath')).status).toBe(409);
    const shown = await show(requestId);
    expect([shown.status, await shown.text()]).toEqual([200, 'a picture']);
    expect((await show(requestId)).status).toBe(409);
    const steps = await rollcall.sql<{ action: string; detail: object }>(
      `select action, detail from audit where detail ->> 'request' = $1 order by at, seq`,
      [requestId],
    );
    expect(steps).toMatchObject([
      { action: 'reveal.request', detail: { image: 'livePhotoPath' } },
      { action: 'reveal.approve', detail: { image: 'livePhotoPath', askedBy: 'with pictures' } },
      {
        action: 'image.reveal',
        detail: { image: 'livePhotoPath', version: 1, approvedBy: expect.any(String) },
      },
    ]);
  });

  it('shows an element of the quarantine the same way, also one that names nobody', async () => {
    await rollcall.callback('success', [{ ...MONA, applicantId: '' }]);
    const [item] = await rollcall.sql<{ id: string }>('select id from quarantine');
    const path = `/api/v1/quarantine/${item!.id}/reveal`;
    const investigator = await callerWith(rollcall, 'applicants:reveal', 'quarantine:read');
    const show = <Body>(requestId?: string) =>
      investigator<Body>(path, { method: 'POST', body: JSON.stringify({ reason: REASON, requestId }) });
    const asked = await show<RevealRequestDto>();
    expect(asked).toMatchObject({
      status: 202,
      body: { applicantId: null, quarantineId: item!.id, image: null, fields: [] },
    });
    const requestId = asked.body.id;
    expect((await approve(requestId, ali)).status).toBe(200);
    const of = await ali<{ items: RevealRequestDto[] }>(`/api/v1/reveal-requests?quarantineId=${item!.id}`);
    expect(of.body.items).toMatchObject([{ id: requestId, state: 'approved' }]);
    const shown = await show<{ element: string }>(requestId);
    expect([shown.status, shown.body.element]).toEqual([200, expect.stringContaining(MONA.idNumber!)]);
    expectProblem(await show(requestId), 409, 'REVEAL_NOT_APPROVED');
  });

  it('lists those about one applicant, in any spelling', async () => {
    await ask();
    const of = (query: string) =>
      ali<{ items: RevealRequestDto[] }>(`/api/v1/reveal-requests?applicantId=${query}`);
    const { body: page } = await of('A-reveal');
    expect(new Set(page.items.map(({ applicantId }) => applicantId))).toEqual(new Set(['A-reveal']));
    await reveal({ ...body }, mona, GUID);
    expect((await of(GUID.toUpperCase())).body.items).toMatchObject([{ applicantId: GUID }]);
    expect((await of('nobody')).body.items).toEqual([]);
    expectProblem(await ali('/api/v1/reveal-requests?quarantineId=1'), 400, 'BAD_REQUEST');
  });

  it('expires: an hour for the second person, 15 minutes for the one who asked', async () => {
    const late = await ask();
    await age(late, '1 hour');
    expectProblem(await approve(late, ali), 409, 'CONFLICT');
    const approved = await ask();
    expect((await approve(approved, ali)).status).toBe(200);
    await age(approved, '15 minutes');
    const refused = await reveal({ ...body, requestId: approved });
    expectProblem(refused, 409, 'REVEAL_NOT_APPROVED');
    expect(refused.body).toMatchObject({ state: 'expired' });
  });

  it('a request that could not be recorded is not there, and an approval that could not be recorded does not count', async () => {
    const requestId = await ask();
    await rollcall.sql('alter table audit add constraint closed check (false) not valid');
    try {
      expectProblem(await reveal(body), 503, 'AUDIT_UNAVAILABLE');
      expectProblem(await approve(requestId, ali), 503, 'AUDIT_UNAVAILABLE');
    } finally {
      await rollcall.sql('alter table audit drop constraint closed');
    }
    const { body: page } = await ali<{ items: RevealRequestDto[] }>('/api/v1/reveal-requests?limit=1');
    expect(page.items).toMatchObject([{ id: requestId, state: 'waiting' }]);
  });

  it('lists the requests of everybody, newest first, for a day', async () => {
    const newest = await ask();
    const { body: page } = await ali<{ items: RevealRequestDto[]; nextCursor: string }>(
      '/api/v1/reveal-requests?limit=2',
    );
    expect(page.items[0]).toMatchObject({ id: newest, applicantId: 'A-reveal', reason: REASON });
    const next = await ali<{ items: RevealRequestDto[] }>(
      `/api/v1/reveal-requests?cursor=${page.nextCursor}`,
    );
    expect(next.body.items.map(({ id }) => id)).not.toContain(newest);
    await age(newest, '3 days');
    await ask();
    expect(await rollcall.sql('select from reveal_requests where id = $1', [newest])).toEqual([]);
    expectProblem(await ali('/api/v1/reveal-requests?cursor=x'), 400, 'BAD_CURSOR');
    expectProblem(await approve(newest, ali), 404, 'NOT_FOUND');
  });
});
