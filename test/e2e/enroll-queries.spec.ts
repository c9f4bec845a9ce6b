import type {
  EnrolledApplicantDto,
  EnrolledImagesDto,
  EnrolledByIdsDto,
  EnrolledPageDto,
} from '../../src/enroll-client/enroll-queries.dto.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

const FROM = '2026-03-01T00:00:00Z';
const TO = '2026-03-03T00:00:00Z';

let simulator: Simulator;
let rollcall: TestApp;
let owner: Ask;
let operator: Ask;
let ids: string[];

beforeAll(async () => {
  simulator = await startSimulator({ imageBytes: 20_000 });
  simulator.remember(700, Date.parse(FROM), Date.parse(TO));
  ids = simulator.applicantIds();
  rollcall = await startApp({
    captureLog: true,
    env: {
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
      ENROLL_TIMEOUT_SECONDS: '4',
    },
  });
  owner = callerWithAll(rollcall);
  operator = await callerWith(rollcall, 'enroll:read');
});
beforeEach(() => simulator.faults());
afterAll(async () => {
  await rollcall.stop();
  await simulator.close();
});

const path = (rest: string) => `/api/v1/enroll/${rest}`;
const held = (at: number) => {
  const entry = simulator.applicant(ids[at] ?? '');
  if (entry === undefined) throw new Error('not held');
  return entry;
};
const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
const deeds = (action: string, subject: string) =>
  rollcall.sql('select actor, detail from audit where action = $1 and subject = $2', [action, subject]);

describe('200: the seven calls under /api/v1/enroll', () => {
  it('tells that eNROLL gives a token, and never shows it', async () => {
    const { status, body } = await operator(path('token'));
    expect(status).toBe(200);
    expect(body).toEqual({
      dialect: 'default (unverified)',
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  it('finds the applicant id of a request', async () => {
    const { status, body } = await operator(path(`applicant-id?requestId=${held(3).requestId}`));
    expect([status, body]).toEqual([200, { applicantId: ids[3] }]);
  });

  it('shows applicants with pii:read as eNROLL has them, and records it', async () => {
    const { enrollment, requestId, correlationId, enrolledAtMs } = held(3);
    const { body } = await owner<EnrolledPageDto>(path(`applicants?correlationId=${correlationId}`));
    const found = body.items.find(({ applicantId }) => applicantId === ids[3]);
    expect(found).toEqual({
      applicantId: ids[3],
      requestId,
      correlationId,
      enrolledAt: new Date(enrolledAtMs).toISOString(),
      masked: false,
      content: enrollment,
    });
    expect(await deeds('applicant.read', `applicant:${ids[3]}`)).toEqual([
      expect.objectContaining({ detail: { via: 'enroll' } }),
    ]);
  });

  it('masks without pii:read, and records nothing', async () => {
    const { enrollment, requestId } = held(4);
    const { body } = await operator<EnrolledPageDto>(path(`applicants?requestId=${requestId}`));
    const [found] = body.items as [EnrolledApplicantDto];
    expect(found.masked).toBe(true);
    expect(found.content['applicantId']).toBe(ids[4]);
    expect(found.content['status']).toBe(enrollment.status);
    const text = JSON.stringify(found);
    for (const value of [
      enrollment.firstName,
      enrollment.familyName,
      enrollment.address,
      enrollment.idNumber,
    ]) {
      expect(text).not.toContain(value);
    }
    expect(await deeds('applicant.read', `applicant:${ids[4]}`)).toEqual([]);
  });

  it('pages through a date range by a cursor, everyone once', async () => {
    const found: (string | null)[] = [];
    let cursor: string | null = '';
    let pages = 0;
    while (cursor !== null) {
      const rest: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { status, body }: { status: number; body: EnrolledPageDto } = await operator(
        path(`applicants/by-date?from=${FROM}&to=${TO}${rest}`),
      );
      expect(status).toBe(200);
      found.push(...body.items.map(({ applicantId }) => applicantId));
      cursor = body.nextCursor;
      pages += 1;
    }
    expect(found).toEqual(ids);
    expect(pages).toBe(2);
  });

  it('reads a date as the beginning of that day in Cairo, as a run does', async () => {
    const { body } = await operator<EnrolledPageDto>(
      path('applicants/by-date?from=2026-03-02&to=2026-03-02T00:00:00Z'),
    );
    const [from, to] = [Date.parse('2026-03-01T22:00:00Z'), Date.parse('2026-03-02T00:00:00Z')];
    const inCairo = ids.filter((_id, at) => held(at).enrolledAtMs >= from && held(at).enrolledAtMs < to);
    expect(inCairo.length).toBeGreaterThan(10);
    expect(body.items.map(({ applicantId }) => applicantId)).toEqual(inCairo);
  });

  it('3.5 finds applicants by ids, and names those that eNROLL does not know', async () => {
    const applicantIds = [ids[1], ids[0], 'none', ids[1], 'nobody', 'none'];
    const { status, body } = await operator<EnrolledByIdsDto>(
      path('applicants/by-ids'),
      post({ applicantIds }),
    );
    expect(status).toBe(200);
    expect(body.items.map(({ applicantId }) => applicantId)).toEqual([ids[1], ids[0]]);
    expect(body).toMatchObject({ nextCursor: null, notFound: ['none', 'nobody'] });
  });

  it('answers an image as what its magic bytes say, never to be stored, and records it', async () => {
    const image = held(0).enrollment.livePhotoPath ?? '';
    const response = await rollcall.api(path(`image?path=${encodeURIComponent(image)}`));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^image\/(jpeg|png|webp)$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    expect(await deeds('image.read', `image:${image}`)).toHaveLength(1);
  });

  it('answers several images, each with its own fault', async () => {
    const image = held(1).enrollment.livePhotoPath ?? '';
    const { status, body } = await owner<EnrolledImagesDto>(
      path('images'),
      post({ paths: [image, 'missing.jpg'] }),
    );
    expect(status).toBe(200);
    expect(body.items).toEqual([
      expect.objectContaining({ path: image, mediaType: expect.any(String), image: expect.any(String) }),
      { path: 'missing.jpg', fault: 'ENROLL_NOT_FOUND' },
    ]);
  });
});

describe('400: M9 bad input', () => {
  it.each([
    ['applicant-id', 'BAD_REQUEST'],
    ['applicant-id?requestId=%20', 'BAD_REQUEST'],
    ['applicant-id?requestId=..', 'BAD_REQUEST'],
    ['applicant-id?requestid=1', 'UNKNOWN_FILTER'],
    ['applicants', 'BAD_REQUEST'],
    ['applicants?requestId=1&correlationId=2', 'BAD_REQUEST'],
    ['applicants?name=mona', 'UNKNOWN_FILTER'],
    ['applicants/by-date?from=2026-03-01', 'BAD_REQUEST'],
    ['applicants/by-date?from=2026-03-02&to=2026-03-01', 'BAD_REQUEST'],
    ['applicants/by-date?from=yesterday&to=today', 'BAD_REQUEST'],
    [`applicants/by-date?from=${FROM}&to=${TO}&cursor=abc`, 'BAD_CURSOR'],
    ['image', 'BAD_REQUEST'],
    ['image?path=..%2F..%2Fetc%2Fpasswd', 'ENROLL_IMAGE_PATH'],
    ['image?path=https%3A%2F%2Felsewhere.example%2Fa.jpg', 'ENROLL_IMAGE_PATH'],
    ['image?path=a%00.jpg', 'ENROLL_IMAGE_PATH'],
    ['image?path=a.jpg&call=video', 'BAD_REQUEST'],
  ])('GET %s is %s', async (rest, code) => {
    expectProblem(await owner(path(rest)), 400, code);
  });

  it('a cursor of another range is BAD_CURSOR', async () => {
    const { body } = await operator<EnrolledPageDto>(path(`applicants/by-date?from=${FROM}&to=${TO}`));
    const other = `applicants/by-date?from=2026-03-01T12:00:00Z&to=${TO}&cursor=${body.nextCursor}`;
    expectProblem(await operator(path(other)), 400, 'BAD_CURSOR');
  });

  it('a cursor that was made up, or changed anywhere, is BAD_CURSOR', async () => {
    const { body } = await operator<EnrolledPageDto>(path(`applicants/by-date?from=${FROM}&to=${TO}`));
    const parts = JSON.parse(Buffer.from(body.nextCursor ?? '', 'base64url').toString()) as unknown[];
    const changes: [at: number, to: unknown][] = [
      [3, '2020-01-01T00:00:00.000Z'],
      [4, 1_000_000],
      [5, 7],
      [6, 'x'],
      [7, 'f'.repeat(32)],
    ];
    for (const [at, to] of changes) {
      const forged = Buffer.from(JSON.stringify(parts.with(at, to))).toString('base64url');
      const asked = `applicants/by-date?from=${FROM}&to=${TO}&cursor=${forged}`;
      expectProblem(await operator(path(asked)), 400, 'BAD_CURSOR');
    }
    const unsigned = Buffer.from(JSON.stringify(parts.slice(0, 7))).toString('base64url');
    expectProblem(
      await operator(path(`applicants/by-date?from=${FROM}&to=${TO}&cursor=${unsigned}`)),
      400,
      'BAD_CURSOR',
    );
  });

  it.each([
    ['applicants/by-ids', {}],
    ['applicants/by-ids', { applicantIds: [] }],
    ['applicants/by-ids', { applicantIds: ['a', 1] }],
    ['applicants/by-ids', { applicantIds: ['a\nb'] }],
    ['applicants/by-ids', { applicantIds: ['..'] }],
    ['applicants/by-ids', { applicantIds: Array.from({ length: 1001 }, String) }],
    ['images', { paths: 'a.jpg' }],
    ['images', { paths: Array.from({ length: 21 }, String) }],
  ])('POST %s with %p is BAD_REQUEST', async (rest, body) => {
    expectProblem(await owner(path(rest), post(body)), 400, 'BAD_REQUEST');
  });

  it('POST images with one path that climbs is refused whole', async () => {
    expectProblem(
      await owner(path('images'), post({ paths: ['a.jpg', '../b.jpg'] })),
      400,
      'ENROLL_IMAGE_PATH',
    );
  });
});

describe('401 and 403', () => {
  it('no call without a key, none with a key of another scope', async () => {
    const stranger = await callerWith(rollcall, 'applicants:read');
    for (const rest of ['token', 'applicant-id?requestId=1', 'applicants?requestId=1', 'image?path=a.jpg']) {
      expect((await fetch(rollcall.url + path(rest))).status).toBe(401);
      expectProblem(await stranger(path(rest)), 403, 'INSUFFICIENT_SCOPE');
    }
  });

  it('no image without pii:read, and none with it alone', async () => {
    const reader = await callerWith(rollcall, 'pii:read');
    expectProblem(await reader(path('image?path=a.jpg')), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await operator(path('image?path=a.jpg')), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await operator(path('images'), post({ paths: ['a.jpg'] })), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('404, 502, 504: what eNROLL makes of it', () => {
  it('M9 upstream 404 is 404', async () => {
    expectProblem(await operator(path('applicant-id?requestId=0')), 404, 'ENROLL_NOT_FOUND');
    expectProblem(await owner(path('image?path=missing.jpg')), 404, 'ENROLL_NOT_FOUND');
  });

  it.each([
    ['unauthorized' as const, 502, 'ENROLL_AUTH'],
    ['forbidden' as const, 502, 'ENROLL_FORBIDDEN'],
    ['serverError' as const, 502, 'ENROLL_UNAVAILABLE'],
    ['html' as const, 502, 'ENROLL_BAD_ANSWER'],
    ['hang' as const, 504, 'ENROLL_TIMEOUT'],
  ])('M9 %s is %i %s, and nothing of it is a 500', async (kind, status, code) => {
    simulator.faults({ kind, call: 'applicantIdByRequestId' });
    expectProblem(await operator(path('applicant-id?requestId=1')), status, code);
  });

  it('M9 429 is 503 and hands on the Retry-After', async () => {
    simulator.faults({ kind: 'tooManyRequests', call: 'applicantIdByRequestId', retryAfterSeconds: 77 });
    const answer = await operator(path('applicant-id?requestId=1'));
    expectProblem(answer, 503, 'ENROLL_BUSY');
    expect(answer.headers.get('retry-after')).toBe('77');
  });

  it('M10 truncated base64 is 502', async () => {
    simulator.faults({ kind: 'truncatedBase64' });
    const image = held(2).enrollment.livePhotoPath ?? '';
    expectProblem(await owner(path(`image?path=${encodeURIComponent(image)}`)), 502, 'ENROLL_IMAGE_DAMAGED');
  });

  it('every try is counted by call and outcome', async () => {
    const text = await (await fetch(`${rollcall.url}/metrics`)).text();
    const count = (call: string, outcome: string) =>
      Number(
        new RegExp(
          `rollcall_enroll_request_seconds_count\\{call="${call}",outcome="${outcome}"\\} (\\d+)`,
        ).exec(text)?.[1],
      );
    expect(count('calls.applicantIdByRequestId', 'http_500')).toBe(4);
    expect(count('calls.applicantIdByRequestId', 'http_429')).toBe(1);
    expect(count('calls.applicantIdByRequestId', 'timeout')).toBe(1);
    expect(count('calls.applicantIdByRequestId', 'bad_answer')).toBe(1);
    expect(count('token', 'ok')).toBeGreaterThanOrEqual(1);
  });

  it('no secret, token or personal data of all this is in the log', () => {
    const log = rollcall.log.join('\n');
    expect(log).toContain('calls.applicantIdByRequestId');
    expect(log).not.toContain(simulator.tenantSecret);
    for (let at = 0; at < 10; at += 1) {
      const { firstName, idNumber } = held(at).enrollment;
      expect(log).not.toContain(idNumber ?? 'nothing');
      expect(log).not.toContain(firstName);
    }
  });
});

describe('503: not configured', () => {
  it('M9 every call says ENROLL_NOT_CONFIGURED and everything else works', async () => {
    const plain = await startApp();
    try {
      const authorized = callerWithAll(plain);
      for (const rest of [
        'token',
        'applicant-id?requestId=1',
        'applicants?requestId=1',
        `applicants/by-date?from=${FROM}&to=${TO}`,
        'image?path=a.jpg',
      ]) {
        expectProblem(await authorized(path(rest)), 503, 'ENROLL_NOT_CONFIGURED');
      }
      expectProblem(
        await authorized(path('applicants/by-ids'), post({ applicantIds: ['a'] })),
        503,
        'ENROLL_NOT_CONFIGURED',
      );
      expectProblem(
        await authorized(path('images'), post({ paths: ['a.jpg'] })),
        503,
        'ENROLL_NOT_CONFIGURED',
      );
      const session = { kind: 'onboarding', correlationId: 'c-1' };
      expectProblem(await authorized(path('session-tokens'), post(session)), 503, 'ENROLL_NOT_CONFIGURED');
      expect((await authorized(path('session-tokens'))).status).toBe(200);
      expect((await authorized('/api/v1/applicants')).status).toBe(200);
      await eventually(async () => (await fetch(`${plain.url}/health/ready`)).status === 200);
    } finally {
      await plain.stop();
    }
  });
});
