/** @jest-environment-options {"keepsModules": false} */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

jest.mock('node:zlib', () => {
  const actual = jest.requireActual<{ createGunzip: typeof createGunzip }>('node:zlib');
  return { ...actual, createGunzip: jest.fn(actual.createGunzip) };
});

/** Of a request that is refused, and of a document. */
const MAX_CPU_MS = 1;
/** Where all work is dearer: so many times what Node takes by itself to receive and answer such a request. */
const MAX_BARE = 5;
const ROUNDS = 40;
const TIMES = 10;
/** Until the code of a connection is compiled. */
const WARM_UP_ROUNDS = 20;
/** 1 KB that would be 1 MB: costly to inflate, more so to parse. */
const ZIPPED = gzipSync(`[${'[],'.repeat(350_000)}[]]`, { level: 9 });
const LARGE = Buffer.alloc(128 * 1024, '[');
const ID = '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1';

interface Operation {
  method: string;
  path: string;
  isPublic?: boolean;
}

let rollcall: TestApp;
let port: number;
/** Answers, and does nothing else. */
let bare: Server;
let operations: Operation[];
let flooder: ChildProcess;
let answers: AsyncIterator<string>;

beforeAll(async () => {
  rollcall = await startApp({
    env: { ROLLCALL_API_REFUSALS_PER_MINUTE: '1000000', ROLLCALL_ROLE: 'api' },
  });
  port = Number(new URL(rollcall.url).port);
  bare = createServer((_request, response) => response.end('x')).listen(0, '127.0.0.1');
  flooder = spawn(process.execPath, [join(__dirname, '../harness/flood.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  answers = createInterface({ input: flooder.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const document = (await (await fetch(`${rollcall.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { security?: object[] }>>;
  };
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security = [] }]) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{[^}]+\}/g, ID),
      isPublic: security.every((scheme) => Object.keys(scheme).length === 0),
    })),
  );
});

beforeAll(async () => {
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    await roundOf(requestOf({ method: 'POST', path: '/nowhere' }, LARGE, [JSON_TYPE]));
  }
});

afterAll(async () => {
  flooder.stdin?.end();
  bare.close();
  await rollcall.stop();
});

function requestOf({ method, path }: Operation, body: Buffer | undefined, headers: string[] = []): Buffer {
  const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, ...length];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body ?? Buffer.alloc(0)]);
}

interface Cost {
  isSmall: boolean;
  cpuMs: number;
  statuses: Set<number>;
}

/** Least CPU of this process for one such request, of as many short rounds as it takes: a busy machine makes all work dearer for a while. */
async function costOf(request: Buffer): Promise<Cost> {
  const { port: barePort } = bare.address() as AddressInfo;
  const statuses = new Set<number>();
  let cpuMs = Infinity;
  let bareMs = 0;
  for (let round = 0; round < ROUNDS; round++) {
    cpuMs = Math.min(cpuMs, await cpuOf(port, request, statuses));
    if (round > 0 && cpuMs < Math.max(MAX_CPU_MS, MAX_BARE * bareMs))
      return { isSmall: true, cpuMs, statuses };
    const nowMs = await cpuOf(barePort, request);
    bareMs = round === 0 ? nowMs : Math.min(bareMs, nowMs);
  }
  return { isSmall: false, cpuMs, statuses };
}

async function cpuOf(ofPort: number, request: Buffer, statuses = new Set<number>()): Promise<number> {
  const before = process.cpuUsage();
  for (const status of await roundOf(request, ofPort)) statuses.add(status);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / TIMES;
}

async function roundOf(request: Buffer, ofPort = port): Promise<number[]> {
  const ask = { port: ofPort, request: request.toString('base64'), times: TIMES, atOnce: 2 };
  flooder.stdin?.write(`${JSON.stringify(ask)}\n`);
  const { value } = (await answers.next()) as { value: string };
  return JSON.parse(value) as number[];
}

/** What comes back where the head alone is sent, and of the body not a byte. */
function answerToHead(head: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(head));
    socket.on('data', (chunk) => {
      socket.destroy();
      resolve(Number(chunk.toString('latin1').split(' ', 2)[1]));
    });
    socket.on('error', reject);
  });
}

const JSON_TYPE = 'Content-Type: application/json';
const WRONG_KEY = 'Authorization: Bearer rca_a-key-that-nobody-has';

describe('a stranger', () => {
  test('is refused by every operation before a byte of the body has come', async () => {
    expect(operations.length).toBeGreaterThan(60);
    for (const { method, path, isPublic } of operations) {
      if (isPublic) continue;
      for (const authorization of [[], [WRONG_KEY]]) {
        const head = [
          `${method} ${path} HTTP/1.1`,
          'Host: x',
          JSON_TYPE,
          ...authorization,
          'Content-Length: 1000000',
        ];
        const status = await answerToHead(`${head.join('\r\n')}\r\n\r\n`);
        expect({ method, path, status }).toEqual({ method, path, status: 401 });
      }
    }
  });

  test('costs less than 1 ms of CPU at every operation, and nothing is inflated', async () => {
    jest.mocked(createGunzip).mockClear();
    const costly: unknown[] = [];
    for (const operation of operations) {
      const bodies =
        operation.method === 'GET'
          ? [requestOf(operation, undefined, [WRONG_KEY])]
          : [
              requestOf(operation, ZIPPED, [JSON_TYPE, 'Content-Encoding: gzip', WRONG_KEY]),
              requestOf(operation, LARGE, [JSON_TYPE, WRONG_KEY]),
            ];
      for (const request of bodies) {
        const { isSmall, cpuMs, statuses } = await costOf(request);
        const refused = operation.isPublic ? [200, 404, 413, 415] : [401];
        expect(refused).toEqual(expect.arrayContaining([...statuses]));
        if (!isSmall) costly.push({ ...operation, bytes: request.length, cpuMs });
      }
    }
    expect(costly).toEqual([]);
    expect(createGunzip).not.toHaveBeenCalled();
  }, 120_000);

  test.each([
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['GET', '/docs', 200],
    ['GET', '/docs/', 200],
    ['GET', '/docs/swagger-ui.css', 200],
    ['GET', '/docs/swagger-ui-init.js', 200],
    ['GET', '/docs/swagger-ui-bundle.js', 200],
    ['GET', '/docs/swagger-ui-bundle.js.map', 404],
    ['GET', '/docs/nothing', 404],
    ['GET', '/console', 200],
    ['GET', '/console/applicants', 200],
    ['GET', '/console/assets/nothing.js', 404],
    ['GET', '/invite', 302],
    ['GET', '/openapi.json', 200],
    ['GET', '/openapi.yaml', 200],
    ['HEAD', '/openapi.yaml', 200],
    ['HEAD', '/openapi.json', 200],
    ['HEAD', '/docs', 200],
    ['GET', '/health/live', 200],
    ['GET', '/health/ready', 200],
    ['GET', '/metrics', 200],
    ['GET', '/nowhere', 404],
    ['POST', '/nowhere', 404],
    ['POST', '/api/v1/nowhere', 404],
    ['PUT', '/api/v1/applicants', 405],
    ['POST', '/callbacks/success', 401],
  ])('costs less than 1 ms of CPU at %s %s', async (method, path, status) => {
    const zipped = [JSON_TYPE, 'Content-Encoding: gzip'];
    const request =
      method === 'GET' || method === 'HEAD'
        ? requestOf({ method, path }, undefined)
        : requestOf({ method, path }, ZIPPED, zipped);
    const { isSmall, cpuMs, statuses } = await costOf(request);
    expect([...statuses]).toEqual([status]);
    expect({ isSmall, cpuMs }).toMatchObject({ isSmall: true });
  });

  test('costs less than 1 ms of CPU with a Callback-Test', async () => {
    const request = requestOf({ method: 'POST', path: '/callbacks/success' }, ZIPPED, ['Callback-Test: 1']);
    const { isSmall, cpuMs, statuses } = await costOf(request);
    expect([...statuses]).toEqual([200]);
    expect({ isSmall, cpuMs }).toMatchObject({ isSmall: true });
  });
});

describe('a body of the management API', () => {
  const search = (body: string | Buffer, headers: Record<string, string> = {}) =>
    rollcall.api('/api/v1/applicants/search', {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers,
    });
  const codeOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { code: string }).code,
  ];

  test('has 64 KiB at the most', async () => {
    const body = JSON.stringify({ q: 'mona' });
    expect((await search(body.padEnd(64 * 1024))).status).toBe(200);
    expect(await codeOf(await search(body.padEnd(64 * 1024 + 1)))).toEqual([413, 'BODY_TOO_LARGE']);
  });

  test('is not compressed', async () => {
    const refused = await search(gzipSync('{"q":"mona"}'), { 'content-encoding': 'gzip' });
    expect(await codeOf(refused)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    expect((await search('{"q":"mona"}', { 'content-encoding': 'identity' })).status).toBe(200);
  });

  test.each([
    ['that is not JSON', '{"q":', 'NOT_JSON'],
    ['nested as deeply as its bytes allow', `{"q":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'TOO_DEEP'],
  ])('%s is refused', async (_what, body, code) => {
    expect(await codeOf(await search(body))).toEqual([400, code]);
  });
});
