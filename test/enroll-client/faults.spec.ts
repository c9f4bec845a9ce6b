import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../../src/config/root.js';
import type { EnrollClient } from '../../src/enroll-client/enroll-client.service.js';
import type { ResilienceOptions } from '../../src/enroll-client/resilience-policy.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { clientOf } from './client.js';

const RANGE = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-02T00:00:00Z') };

async function collected<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

let simulator: Simulator;
let ids: string[];
const clients: EnrollClient[] = [];

beforeAll(async () => {
  simulator = await startSimulator({ imageBytes: 20_000 });
  simulator.remember(60, RANGE.from.getTime(), RANGE.to.getTime());
  ids = simulator.applicantIds();
});
beforeEach(async () => {
  simulator.faults();
  // what a test left behind must not count as asked by the next one
  while ((simulator.state().calls.any?.inFlight ?? 0) > 0) await delay(5);
  simulator.resetCounts();
});
afterAll(async () => {
  for (const client of clients) client.onApplicationShutdown();
  await simulator.close();
});

function aClient(
  resilience: Partial<ResilienceOptions> = {},
  env: Record<string, string> = {},
): EnrollClient {
  const client = clientOf(simulator, { resilience, env });
  clients.push(client);
  return client;
}

const asked = (call: 'token' | 'applicants' | 'applicantsByDate' | 'image' | 'images' | 'any' = 'any') =>
  simulator.state().calls[call]?.requests ?? 0;
const livePhotos = () =>
  ids.map((id) => simulator.applicant(id)?.enrollment.livePhotoPath ?? '').filter((path) => path !== '');

describe('M9: what eNROLL does wrong', () => {
  it.each([
    [{ kind: 'serverError' as const, status: 500 }],
    [{ kind: 'serverError' as const, status: 503 }],
    [{ kind: 'tooManyRequests' as const, retryAfterSeconds: 0 }],
    [{ kind: 'cut' as const }],
  ])('three times %j is outlived by the fourth try', async (fault) => {
    const client = aClient();
    simulator.faults({ call: 'applicants', times: 3, ...fault });
    expect(await client.applicants({ correlationId: 'nobody' })).toEqual([]);
    expect(asked('applicants')).toBe(4);
  });

  it.each([
    [{ kind: 'serverError' as const }, 4, { code: 'ENROLL_UNAVAILABLE', status: 502 }],
    [{ kind: 'cut' as const }, 4, { code: 'ENROLL_UNAVAILABLE', status: 502 }],
    [
      { kind: 'tooManyRequests' as const, retryAfterSeconds: 0 },
      4,
      { code: 'ENROLL_BUSY', status: 503, options: { retryAfterSeconds: 1 } },
    ],
    [
      { kind: 'tooManyRequests' as const, retryAfterSeconds: 31 },
      1,
      { code: 'ENROLL_BUSY', status: 503, options: { retryAfterSeconds: 31 } },
    ],
    [{ kind: 'hang' as const }, 1, { code: 'ENROLL_TIMEOUT', status: 504 }],
    [{ kind: 'slow' as const, delayMs: 5_000 }, 1, { code: 'ENROLL_TIMEOUT', status: 504 }],
    [{ kind: 'html' as const }, 1, { code: 'ENROLL_BAD_ANSWER', status: 502 }],
  ])('%j for ever takes %i tries and ends as %j', async (fault, tries, problem) => {
    const client = aClient({ timeoutMs: 300 });
    await client.token();
    simulator.faults({ call: 'applicants', ...fault });
    await expect(client.applicants({ correlationId: 'x' })).rejects.toMatchObject(problem);
    expect(asked('applicants')).toBe(tries);
  });

  it('a Retry-After is waited for', async () => {
    const client = aClient();
    await client.token();
    simulator.faults({ kind: 'tooManyRequests', call: 'applicants', retryAfterSeconds: 1, times: 1 });
    const startedAt = performance.now();
    await client.applicants({ correlationId: 'x' });
    expect(performance.now() - startedAt).toBeGreaterThan(990);
  });

  it('credentials that are refused are ENROLL_AUTH, and are not hammered in', async () => {
    const client = clientOf({ ...simulator, url: simulator.url, tenantSecret: 'wrong' });
    clients.push(client);
    for (let call = 0; call < 5; call += 1) {
      await expect(client.applicants({ correlationId: 'x' })).rejects.toMatchObject({
        code: 'ENROLL_AUTH',
        status: 502,
      });
    }
    await expect(client.token()).rejects.toMatchObject({ code: 'ENROLL_AUTH' });
    expect(asked('token')).toBe(1);
    expect(asked('applicants')).toBe(0);
  });

  it('a token that expires in mid-run is renewed once, and the run goes on', async () => {
    const client = aClient();
    const found: string[] = [];
    for await (const page of client.applicantsByIds(ids)) {
      found.push(...page.map(({ applicantId }) => applicantId ?? ''));
      simulator.expireTokens();
    }
    for await (const page of client.applicantsByDate(RANGE)) {
      found.push(...page.map(({ applicantId }) => applicantId ?? ''));
    }
    expect(found).toEqual([...ids, ...ids]);
    expect(asked('token')).toBe(2);
  });

  it('a token that is refused for ever is ENROLL_AUTH after one renewal', async () => {
    const client = aClient();
    simulator.faults({ kind: 'unauthorized', call: 'applicants' });
    await expect(client.applicants({ correlationId: 'x' })).rejects.toMatchObject({ code: 'ENROLL_AUTH' });
    expect(asked('applicants')).toBe(2);
    expect(asked('token')).toBe(2);
  });

  it('a 403 is ENROLL_FORBIDDEN for that call alone, but ENROLL_AUTH where the token is refused with it', async () => {
    const client = aClient();
    simulator.faults({ kind: 'forbidden', call: 'applicants' });
    await expect(client.applicants({ correlationId: 'x' })).rejects.toMatchObject({
      code: 'ENROLL_FORBIDDEN',
      status: 502,
    });
    expect([asked('applicants'), asked('token')]).toEqual([1, 1]);
    simulator.faults({ kind: 'forbidden', call: 'token' });
    await expect(aClient().applicants({ correlationId: 'x' })).rejects.toMatchObject({ code: 'ENROLL_AUTH' });
  });

  it('50 calls at once ask for one token, and never more than ENROLL_CONCURRENCY things at a time', async () => {
    const client = aClient({}, { ENROLL_CONCURRENCY: '4' });
    simulator.faults({ kind: 'slow', delayMs: 20 });
    await Promise.all(Array.from({ length: 50 }, () => client.applicants({ correlationId: 'x' })));
    expect(asked('token')).toBe(1);
    expect(asked('applicants')).toBe(50);
    expect(simulator.state().calls.any?.peakInFlight).toBe(4);
  });

  it('50 calls at once with an expired token renew it once', async () => {
    const client = aClient();
    await client.token();
    simulator.expireTokens();
    await Promise.all(Array.from({ length: 50 }, () => client.applicants({ correlationId: 'x' })));
    expect(asked('token')).toBe(2);
  });

  it('more calls than can wait are ENROLL_BUSY at once', async () => {
    const client = aClient({ queueLength: 2 }, { ENROLL_CONCURRENCY: '1' });
    simulator.faults({ kind: 'slow', delayMs: 30 });
    const all = await Promise.allSettled(
      Array.from({ length: 5 }, () => client.applicants({ correlationId: 'x' })),
    );
    const refused = all
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason as unknown);
    expect(refused).toEqual(Array(2).fill(expect.objectContaining({ code: 'ENROLL_BUSY', status: 503 })));
  });

  it('the breaker opens after failures in a row, spares eNROLL, and closes by itself', async () => {
    const client = aClient({ breakAfter: 4, pauseMs: 300, tries: 1 });
    await client.token();
    simulator.faults({ kind: 'serverError', call: 'applicants' });
    const call = () => client.applicants({ correlationId: 'x' });
    for (let failure = 0; failure < 4; failure += 1) {
      await expect(call()).rejects.toMatchObject({ code: 'ENROLL_UNAVAILABLE' });
    }
    for (let spared = 0; spared < 20; spared += 1) {
      await expect(call()).rejects.toMatchObject({ code: 'ENROLL_BUSY', options: { retryAfterSeconds: 1 } });
    }
    expect(asked('applicants')).toBe(4);
    await delay(310);
    await expect(call()).rejects.toMatchObject({ code: 'ENROLL_UNAVAILABLE' });
    await expect(call()).rejects.toMatchObject({ code: 'ENROLL_BUSY' });
    expect(asked('applicants')).toBe(5);
    simulator.faults();
    await delay(310);
    expect(await call()).toEqual([]);
    expect(await call()).toEqual([]);
  });

  it('a caller who leaves is let go at once, also between two tries', async () => {
    const client = aClient({ delayMs: 2_000 });
    await client.token();
    simulator.faults({ kind: 'serverError', call: 'applicants' });
    const leaving = AbortSignal.timeout(50);
    await expect(client.applicants({ correlationId: 'x' }, leaving)).rejects.toMatchObject({
      code: 'ENROLL_BUSY',
    });
    const hanging = AbortSignal.timeout(50);
    simulator.faults({ kind: 'hang', call: 'applicants' });
    await expect(client.applicants({ correlationId: 'x' }, hanging)).rejects.toMatchObject({
      code: 'ENROLL_BUSY',
    });
  });
});

describe('M10: what eNROLL does wrong with images', () => {
  it('truncated base64 is ENROLL_IMAGE_DAMAGED, alone and in a batch', async () => {
    const client = aClient();
    const [path = '', other = ''] = livePhotos();
    simulator.faults({ kind: 'truncatedBase64' });
    await expect(client.image(path)).rejects.toMatchObject({ code: 'ENROLL_IMAGE_DAMAGED', status: 502 });
    const { value } = await client.images([path, other]).next();
    expect(value).toEqual([
      { path, fault: 'ENROLL_IMAGE_DAMAGED' },
      { path: other, fault: 'ENROLL_IMAGE_DAMAGED' },
    ]);
  });

  it('HTML instead of an image is ENROLL_BAD_ANSWER', async () => {
    const client = aClient();
    simulator.faults({ kind: 'html', call: 'image' });
    await expect(client.image(livePhotos()[0] ?? '')).rejects.toMatchObject({ code: 'ENROLL_BAD_ANSWER' });
  });

  it('an image of 100 MB is ENROLL_IMAGE_TOO_LARGE, and is not read to its end', async () => {
    const client = aClient();
    const [path = '', other = ''] = livePhotos();
    await client.token();
    simulator.faults({ kind: 'hugeImage' });
    const before = process.memoryUsage().rss;
    await expect(client.image(path)).rejects.toMatchObject({ code: 'ENROLL_IMAGE_TOO_LARGE', status: 502 });
    const { value } = await client.images([path, other]).next();
    expect(value).toEqual([
      { path, fault: 'ENROLL_IMAGE_TOO_LARGE' },
      { path: other, fault: 'ENROLL_IMAGE_TOO_LARGE' },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
  });

  it.each(['../../etc/passwd', 'https://elsewhere.example/a.jpg', 'a\u0000b.jpg'])(
    'the path %p is 400 and asks nobody',
    async (path) => {
      const client = aClient();
      await expect(client.image(path)).rejects.toMatchObject({ code: 'ENROLL_IMAGE_PATH', status: 400 });
      await expect(client.photo(path)).rejects.toMatchObject({ code: 'ENROLL_IMAGE_PATH' });
      expect(asked()).toBe(0);
    },
  );
});

describe('M9: an eNROLL that is not as the dialect says', () => {
  let server: Server;
  let listener: RequestListener;
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stranger = (resilience: Partial<ResilienceOptions> = {}) => {
    const client = clientOf({ url: url() }, { resilience });
    clients.push(client);
    return client;
  };
  interface StrangeAnswer {
    status?: number;
    headers?: object;
    body: string;
  }
  const TOKEN = { body: '{"token":"t","expirationDate":"2099-01-01T00:00:00"}' };
  const answering = (answer: (path: string, body: string) => StrangeAnswer, token: StrangeAnswer = TOKEN) => {
    const respond = async (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url ?? '';
      const asked = await text(request);
      const {
        status = 200,
        headers = {},
        body,
      } = path.includes('GenerateToken') ? token : answer(path, asked);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    };
    listener = (request, response) => void respond(request, response);
  };

  beforeAll(async () => {
    server = createServer((request, response) => listener(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  it.each([
    ['a list elsewhere', '{"data":[]}', /"applicants" \(dialect key calls\.applicants\.answer\.list\)/],
    ['no JSON', 'Bad Gateway', /something that is not JSON/],
    ['XML', '<?xml version="1.0"?><a/>', /HTML or XML/],
    ['JSON that is cut', '{"applicants":[', /not JSON/],
  ])(
    'that answers %s is ENROLL_BAD_ANSWER, with the key to change and nothing of the answer',
    async (_name, body, text) => {
      answering(() => ({ body }));
      const failing = stranger().applicants({ requestId: '1' });
      await expect(failing).rejects.toMatchObject({
        code: 'ENROLL_BAD_ANSWER',
        detail: expect.stringMatching(text),
      });
    },
  );

  it('that redirects is not followed', async () => {
    answering(() => ({ status: 302, headers: { location: simulator.url }, body: '' }));
    await expect(stranger().applicants({ requestId: '1' })).rejects.toMatchObject({
      code: 'ENROLL_REFUSED',
      detail: expect.stringMatching(/redirects with 302; check ENROLL_BASE_URL/),
    });
    expect(asked()).toBe(0);
  });

  it('that refuses with an error code gives its code and status, not its words', async () => {
    answering(() => ({ status: 422, body: '{"errorCode":17,"message":"no such person منى"}' }));
    const problem: unknown = await stranger()
      .applicants({ requestId: '1' })
      .catch((error: unknown) => error);
    expect(problem).toMatchObject({
      code: 'ENROLL_REFUSED',
      status: 502,
      options: { extra: { upstreamStatus: 422, upstreamErrorCode: 17 } },
    });
    expect(JSON.stringify(problem)).not.toContain('منى');
  });

  it('that says "not found" by an error code of its own is 404, where the dialect knows the code', async () => {
    answering(() => ({ status: 400, body: '{"errorCode":1204,"message":"gone"}' }));
    const file = join(mkdtempSync(join(tmpdir(), 'dialect-')), 'acme.yaml');
    const shipped = readFileSync(join(projectRoot, 'dialects/default.yaml'), 'utf8');
    writeFileSync(file, shipped.replace('notFound: []', 'notFound: [1204]'));
    const knowing = clientOf({ url: url() }, { env: { ENROLL_DIALECT: file } });
    clients.push(knowing);
    await expect(knowing.applicants({ requestId: '1' })).rejects.toMatchObject({ code: 'ENROLL_NOT_FOUND' });
    // for calls that may find nobody it is an answer like others
    expect(await collected(knowing.applicantsByDate(RANGE))).toEqual([]);
    expect(await collected(knowing.applicantsByIds(['a', 'b']))).toEqual([]);
    await expect(stranger().applicants({ requestId: '1' })).rejects.toMatchObject({ code: 'ENROLL_REFUSED' });
  });

  it('that refuses a whole list for one id it cannot read is asked for the others all the same', async () => {
    const refused = ['made-by-hand', '..', 'tab\t', '𓂀'.repeat(100)];
    answering((_path, body) => {
      const { applicantIds } = JSON.parse(body) as { applicantIds: string[] };
      if (applicantIds.some((id) => refused.includes(id))) return { status: 400, body: '{"errorCode":1}' };
      return { body: JSON.stringify({ applicants: applicantIds.map((applicantId) => ({ applicantId })) }) };
    });
    const ids = [...refused, ...Array.from({ length: 250 }, (_, at) => `id-${at}`)];
    const found = await collected(stranger().applicantsByIds(ids));
    expect(found.map(({ applicantId }) => applicantId)).toEqual(ids.slice(refused.length));
  });

  it('that refuses every list is not asked for each id of it', async () => {
    let requests = 0;
    answering(() => {
      requests += 1;
      return { status: 400, body: '{"errorCode":1}' };
    });
    const ids = Array.from({ length: 200 }, (_, at) => `id-${at}`);
    await expect(collected(stranger().applicantsByIds(ids))).rejects.toMatchObject({
      code: 'ENROLL_REFUSED',
    });
    expect(requests).toBeLessThan(60);
  });

  it.each([
    ['404', { status: 404, body: '{"errorCode":1}' }],
    ['HTML', { body: '<html>down for maintenance</html>' }],
    ['no token', { body: '{}' }],
  ])('whose token URL answers %s has not said that an image is missing', async (_what, token) => {
    answering(() => ({ body: '{}' }), token);
    await expect(stranger().image('kyc/a.jpg')).rejects.toMatchObject({
      code: 'ENROLL_AUTH',
      status: 502,
      detail: expect.stringMatching(/token|HTML/),
    });
  });

  it('that ignores the page number is noticed instead of read for ever', async () => {
    answering(() => ({ body: JSON.stringify({ applicants: [{ applicantId: 'a' }] }) }));
    const pages = stranger().applicantsByDate(RANGE);
    await pages.next();
    await expect(pages.next()).rejects.toMatchObject({
      code: 'ENROLL_BAD_ANSWER',
      detail: expect.stringMatching(/same page came twice \(dialect key calls\.applicantsByDate\.paging\)/),
    });
  });

  it('that cuts the page size down loses nobody', async () => {
    let page = 0;
    answering(() => {
      page += 1;
      return { body: JSON.stringify({ applicants: page <= 3 ? [{ applicantId: `a-${page}` }] : [] }) };
    });
    expect(await collected(stranger().applicantsByDate(RANGE))).toHaveLength(3);
  });

  it('that sends ids as long numbers loses no digit of them', async () => {
    answering(() => ({
      body: '{"applicants":[{"applicantId":12345678901234567890,"note":"\\"1234567890123456789"}]}',
    }));
    const [found] = await stranger().applicants({ requestId: '1' });
    expect(found).toMatchObject({
      applicantId: '12345678901234567890',
      element: { note: '"1234567890123456789' },
    });
  });

  it('that sends 33 MB of JSON is ENROLL_ANSWER_TOO_LARGE', async () => {
    const body = `{"applicants":["${'x'.repeat(33 * 1024 * 1024)}"]}`;
    answering(() => ({ body }));
    await expect(stranger().applicants({ requestId: '1' })).rejects.toMatchObject({
      code: 'ENROLL_ANSWER_TOO_LARGE',
    });
  });

  it('that is not there is ENROLL_UNAVAILABLE, and names the reason', async () => {
    const closed = createServer();
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const client = clientOf({ url: `http://127.0.0.1:${port}` });
    await expect(client.token()).rejects.toMatchObject({
      code: 'ENROLL_UNAVAILABLE',
      detail: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});
