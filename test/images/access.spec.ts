import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from './mirrored.js';

jest.setTimeout(120_000);

let mirrored: Mirrored;
let id: string;
let owner: Ask;
let operator: Ask;

beforeAll(async () => {
  mirrored = await startMirrored();
  owner = callerWithAll(mirrored.rollcall);
  operator = await callerWith(mirrored.rollcall, 'applicants:read');
  mirrored.simulator.remember(20);
  const path = mirrored.simulator
    .applicantIds()
    .map((known) => mirrored.simulator.applicant(known)?.enrollment.livePhotoPath)
    .find((one) => one?.endsWith('.jpg'));
  id = await mirrored.named({ livePhotoPath: path ?? '' });
  await mirrored.untilState(id, 'fetched');
});
afterAll(() => mirrored.stop());

const pathOf = (query = '', field = 'livePhotoPath', applicant = id) =>
  `/api/v1/applicants/${encodeURIComponent(applicant)}/images/${field}${query}`;
const get = (query = '', headers: Record<string, string> = {}) =>
  mirrored.rollcall.api(pathOf(query), { headers });

describe('GET /api/v1/applicants/{applicantId}/images/{field}', () => {
  it('M10, 200: gives the bytes that eNROLL gave, to be kept by nobody on the way', async () => {
    const response = await get();
    const bytes = Buffer.from(await response.arrayBuffer());
    const [image] = await mirrored.images(id);
    expect(response.status).toBe(200);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image!.sha256);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(image!.bytes),
      'cache-control': 'no-store',
      'content-disposition': 'inline; filename="livePhotoPath.jpg"',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
  });

  it('200: a thumbnail is a small WebP with an entity tag of its own', async () => {
    const response = await get('?size=thumb');
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('etag')).not.toBe((await get()).headers.get('etag'));
    const { format, width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect(format).toBe('webp');
    expect(Math.max(width, height)).toBe(320);
  });

  it('hash and size are shown only to who may see the picture', async () => {
    const [shown] = await mirrored.images(id);
    expect(shown).toMatchObject({
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: expect.any(Number),
    });
    const masked = await operator(`/api/v1/applicants/${encodeURIComponent(id)}/images`);
    expect(masked.body).toMatchObject({
      items: [{ field: 'livePhotoPath', state: 'fetched', sha256: null, bytes: null }],
    });
  });

  it('304: not once more to who has it', async () => {
    const etag = (await get()).headers.get('etag')!;
    const again = await get('', { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get('', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('503: three images are opened at one time, a hundred wait, and who comes on top is told to come again', async () => {
    const { store } = mirrored.rollcall.app.get(SealedImageStore);
    const readStored = store.get.bind(store);
    const opened = { now: 0, most: 0 };
    let letGo = () => {};
    const held = new Promise<void>((resolve) => (letGo = resolve));
    jest.spyOn(store, 'get').mockImplementation(async (sha256) => {
      opened.now += 1;
      opened.most = Math.max(opened.most, opened.now);
      await held;
      const sealed = await readStored(sha256);
      opened.now -= 1;
      return sealed;
    });
    const answers: Response[] = [];
    const all = Array.from({ length: 110 }, async (_, at) => {
      answers.push(await get(at % 10 === 0 ? '?size=thumb' : ''));
    });
    await eventually(() => answers.length === 7 || undefined).finally(letGo);
    const refused = [...answers];
    await Promise.all(all);
    jest.restoreAllMocks();
    expect(opened.most).toBe(3);
    expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual(
      Array.from({ length: 7 }, () => [503, '1']),
    );
    expect(await refused[0]!.json()).toMatchObject({ code: 'OVERLOADED' });
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(103);
  });

  it('records every reading before it is answered', async () => {
    const count = async () =>
      (
        await mirrored.rollcall.sql<{ n: number }>(
          "select count(*)::int as n from audit where action = 'image.read' and subject = $1",
          [`applicant:${id}`],
        )
      )[0]!.n;
    const before = await count();
    await get('?size=thumb&version=1');
    expect(await count()).toBe(before + 1);
  });

  it.each([
    ['?size=huge', 'BAD_REQUEST'],
    ['?version=0', 'BAD_REQUEST'],
    ['?version=x', 'BAD_REQUEST'],
    ['?v=1', 'UNKNOWN_FILTER'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await owner(pathOf(query)), 400, code);
  });

  it('401 without a key, 403 without pii:read', async () => {
    expectProblem(await owner(pathOf(), { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    expectProblem(await operator(pathOf()), 403, 'INSUFFICIENT_SCOPE');
  });

  it.each([
    ['an unknown applicant', () => pathOf('', 'livePhotoPath', 'nobody')],
    ['a field that names no image', () => pathOf('', 'address')],
    ['a field without an image', () => pathOf('', 'passportScanPath')],
    ['a version that is not there', () => pathOf('?version=99')],
    ['an id that cannot be', () => pathOf('', 'livePhotoPath', 'a\0b')],
  ])('404: %s', async (_what, path) => {
    expectProblem(await owner(path()), 404, 'NOT_FOUND');
  });
});

describe('POST /api/v1/applicants/{applicantId}/images/{field}/reveal', () => {
  const reason = 'case 4711';
  let investigator: Ask;
  beforeAll(async () => {
    investigator = await callerWith(mirrored.rollcall, 'applicants:reveal', 'images:read');
  });
  const askTo = (body: object, ask = investigator, field = 'livePhotoPath', applicant = id) =>
    ask(`${pathOf('', field, applicant)}/reveal`, { method: 'POST', body: JSON.stringify(body) });
  const deeds = () =>
    mirrored.rollcall.sql<{ actor: string; reason: string; detail: object }>(
      "select actor, reason, detail from audit where action = 'image.reveal' and subject = $1",
      [`applicant:${id}`],
    );

  it('200: shows the image that is there now to who gives a reason, and one entry of the audit says so', async () => {
    const keys = mirrored.rollcall.app.get(ApiKeys);
    const key = await keys.create('test', 'picture', ['applicants:reveal', 'images:read']);
    const response = await fetch(`${mirrored.rollcall.url}${pathOf()}/reveal`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const [image] = await mirrored.images(id);
    expect(response.status).toBe(200);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image!.sha256);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(response.headers.get('etag')).toBeNull();
    expect(await deeds()).toEqual([
      { actor: 'picture', reason, detail: { image: 'livePhotoPath', version: 1 } },
    ]);
  });

  it('403: it takes both scopes; pii:read alone reveals nothing', async () => {
    const others = await Promise.all([
      callerWith(mirrored.rollcall, 'applicants:reveal', 'pii:read'),
      callerWith(mirrored.rollcall, 'images:read', 'pii:read'),
    ]);
    for (const ask of others) expectProblem(await askTo({ reason }, ask), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await investigator(pathOf()), 403, 'INSUFFICIENT_SCOPE');
  });

  it('400 without a reason, 404 for what is not there; nothing is recorded', async () => {
    const before = await deeds();
    for (const body of [{}, { reason: ' ' }, { reason, fields: ['idNumber'] }])
      expectProblem(await askTo(body), 400, 'BAD_REQUEST');
    expectProblem(await askTo({ reason }, investigator, 'passportScanPath'), 404, 'NOT_FOUND');
    expectProblem(await askTo({ reason }, investigator, 'address'), 404, 'NOT_FOUND');
    expectProblem(await askTo({ reason }, investigator, 'livePhotoPath', 'nobody'), 404, 'NOT_FOUND');
    expect(await deeds()).toEqual(before);
  });

  it('503 where it cannot be recorded', async () => {
    await mirrored.rollcall.sql('alter table audit add constraint closed check (false) not valid');
    try {
      expectProblem(await askTo({ reason }), 503, 'AUDIT_UNAVAILABLE');
    } finally {
      await mirrored.rollcall.sql('alter table audit drop constraint closed');
    }
  });
});

describe('GET /api/v1/applicants/{applicantId}/images', () => {
  it('200: states without the images need no pii:read; 404 for who is not known', async () => {
    const { status, body } = await operator<{ items: object[] }>(`/api/v1/applicants/${id}/images`);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { field: 'livePhotoPath', state: 'fetched', version: 1, isCurrent: true },
    ]);
    expectProblem(await operator('/api/v1/applicants/nobody/images'), 404, 'NOT_FOUND');
  });
});

describe('/api/v1/images', () => {
  it('403: retry, pause and resume are the admin’s; the status is any reader’s', async () => {
    expect((await operator('/api/v1/images/status')).status).toBe(200);
    for (const verb of ['retry', 'pause', 'resume']) {
      const answer = await operator(`/api/v1/images/${verb}`, { method: 'POST', body: '{}' });
      expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
    }
  });

  it('3.5 404: retry of an applicant that nobody knows', async () => {
    const body = '{"applicantId":"nobody"}';
    expectProblem(await owner('/api/v1/images/retry', { method: 'POST', body }), 404, 'NOT_FOUND');
  });

  it.each([
    '{"states":["fetched"]}',
    '{"states":["wanted"]}',
    '{"states":"failed"}',
    '{"all":true}',
    '[]',
    '{"applicantId":" "}',
  ])('400: retry of %s', async (body) => {
    expectProblem(await owner('/api/v1/images/retry', { method: 'POST', body }), 400, 'BAD_REQUEST');
  });
});
