import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';

interface Operation {
  parameters?: { name: string; in: string }[];
}

let rollcall: TestApp;
let paths: Record<string, Record<string, Operation>>;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api', ROLLCALL_SEARCHES_PER_MINUTE: '10000' } });
  ({ paths } = (await (await fetch(`${rollcall.url}/openapi.json`)).json()) as { paths: typeof paths });
});
afterAll(() => rollcall.stop());

/** What comes back for these bytes until the connection ends. */
async function answerTo(request: string): Promise<string> {
  const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
  socket.setTimeout(10_000, () => socket.destroy(new Error('the connection stays open')));
  socket.write(request);
  return text(socket);
}

const requestOf = (line: string, ...headers: string[]) =>
  [`${line} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${API_KEY}`, ...headers].join('\r\n') + '\r\n';

describe('a request whose length can be read in two ways is refused and its connection closed', () => {
  test.each([
    ['length and chunks', 'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunks and length', 'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}'],
    ['a length with a sign', 'Content-Length: +2\r\n\r\n{}'],
    ['chunks that something is added to', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
    ['a name with a blank', 'Content-Length : 2\r\n\r\n{}'],
    ['lines that end in LF alone', 'Transfer-Encoding: chunked\n\n0\n\n'],
  ])('%s', async (_, end) => {
    const smuggled = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
    const answer = await answerTo(requestOf('POST /api/v1/applicants/search') + end + smuggled);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  });
});

describe('TRACE and CONNECT are no methods here', () => {
  test.each(['TRACE /api/v1/applicants', 'TRACE /health/live', 'CONNECT 127.0.0.1:5432'])(
    '%s',
    async (line) => {
      const answer = await answerTo(requestOf(line, 'X-Echo: do-not-repeat', 'Connection: close') + '\r\n');
      expect(answer).not.toMatch(/^HTTP\/1\.1 2/);
      expect(answer).not.toContain('do-not-repeat');
    },
  );
});

test('no answer lets another origin in, asked or not', async () => {
  const origin = 'https://elsewhere.example.org';
  const preflight = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };
  for (const path of [
    '/api/v1/applicants',
    '/api/v1/applicants/search',
    '/callbacks/success',
    '/oauth/token',
    '/docs',
    '/console',
  ]) {
    const answers = [
      await fetch(rollcall.url + path, { method: 'OPTIONS', headers: preflight }),
      await rollcall.api(path, { headers: { origin } }),
    ];
    for (const answer of answers) {
      await answer.arrayBuffer();
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    expect(answers[0]?.status).toBeGreaterThanOrEqual(400);
  }
});

test('a form of another site, which needs no preflight, does nothing', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const answer = await rollcall.api('/api/v1/consumers', {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"name":"forged"}',
    });
    expect(answer.status).toBe(415);
  }
});

test('no operation that changes anything is a GET', async () => {
  const before = await rowsOf();
  const gets = Object.entries(paths).filter(
    ([path, { get }]) => get !== undefined && !path.endsWith('/stream'),
  );
  expect(gets.length).toBeGreaterThan(30);
  for (const [path] of gets) {
    const answer = await rollcall.api(path.replaceAll(/\{[^}]+\}/g, 'x'));
    await answer.body?.cancel();
  }
  expect(await rowsOf()).toEqual(before);
});

/**
 * How many rows each table has, but for what is counted and recorded of requests themselves, and what follows the feed, which
 * transactions of other tests hold up.
 */
async function rowsOf() {
  const own = /^(audit|api_rates|token_failures|refusals|polls|signing_keys|stats|name_words|images)/;
  const tables = await rollcall.sql<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const counted = tables.filter(({ name }) => !own.test(name));
  expect(counted.length).toBeGreaterThan(15);
  const rows: [table: string, n: string | undefined][] = [];
  for (const { name } of counted) {
    const [count] = await rollcall.sql<{ n: string }>(`select count(*) as n from "${name}"`);
    rows.push([name, count?.n]);
  }
  return rows;
}

describe('no folder is listed, and no file of the checkout is served', () => {
  test.each([
    '/.git/config',
    '/.env',
    '/package.json',
    '/src/main.ts',
    '/migrations',
    '/docs/../package.json',
    '/docs/%2e%2e/package.json',
    '/docs/..%2fpackage.json',
    '/docs/....//package.json',
    '/docs/package.json',
    '/docs//etc/passwd',
  ])('%s', async (path) => {
    expect(await answerTo(requestOf(`GET ${path}`, 'Connection: close') + '\r\n')).toMatch(
      /^HTTP\/1\.1 404 /,
    );
  });
});

test('every answer with a body says what it is, text with its charset', async () => {
  const asked: [string, RequestInit][] = [
    ['/health/live', {}],
    ['/metrics', {}],
    ['/docs', {}],
    ['/docs/swagger-ui.css', {}],
    ['/docs/swagger-ui-init.js', {}],
    ['/openapi.json', {}],
    ['/openapi.yaml', {}],
    ['/.well-known/jwks.json', {}],
    ['/nowhere', {}],
    ['/oauth/token', { method: 'POST' }],
    ['/callbacks/success', { method: 'POST', body: '[]' }],
    ['/api/v1/applicants', {}],
    ['/api/v1/applicants/nobody', {}],
  ];
  for (const [path, init] of asked) {
    const answer = await rollcall.api(path, init);
    expect((await answer.text()).length).toBeGreaterThan(0);
    const type = answer.headers.get('content-type') ?? '';
    // JSON is UTF-8 and nothing else (RFC 8259, 8.1)
    expect([path, type]).toEqual([path, expect.stringMatching(/json|charset=utf-8/i)]);
  }
});

test('nobody is led to another host', async () => {
  for (const path of [
    '//elsewhere.example.org',
    '/docs/',
    '/docs//elsewhere.example.org/',
    '/callbacks/',
    '/%2f%2felsewhere.example.org',
  ]) {
    const answer = await answerTo(requestOf(`GET ${path}`, 'Connection: close') + '\r\n');
    expect(answer).not.toMatch(/^location: (https?:)?\/\//im);
  }
});

const SQL = [`x' or '1'='1`, `x"; drop table applicants; --`, `x\\'; select pg_sleep(9); --`, `%`, `_`, `$1`];

test('what would be SQL elsewhere is a text here', async () => {
  await rollcall.callback('success', [
    { applicantId: 'a-1', firstName: 'Mona', familyName: 'Hassan', status: 1 },
  ]);
  for (const q of SQL.map((text) => text.padEnd(3, 'x'))) {
    const found = await rollcall.api('/api/v1/applicants/search', {
      method: 'POST',
      body: JSON.stringify({ q }),
    });
    expect([q, found.status]).toEqual([q, expect.any(Number)]);
    const { items = [] } = (await found.json()) as { items?: unknown[] };
    expect([q, found.status < 500, items]).toEqual([q, true, []]);
  }
  for (const [path, { get }] of Object.entries(paths).filter(([name]) => !/\/(stream|live)$/.test(name))) {
    for (const value of SQL.slice(0, 3)) {
      const query = (get?.parameters ?? [])
        .filter((parameter) => parameter.in === 'query' && parameter.name !== 'wait')
        .map(({ name }) => `${name}=${encodeURIComponent(value)}`);
      if (get === undefined || !path.startsWith('/api/')) continue;
      const named = path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(value));
      for (const one of ['', ...query]) {
        const answer = await rollcall.api(`${named}?${one}`);
        const { code } = (await answer.json()) as { code?: string };
        expect([named, one, answer.status < 500 || code === 'ENROLL_NOT_CONFIGURED']).toEqual([
          named,
          one,
          true,
        ]);
      }
    }
  }
  expect((await rollcall.api('/api/v1/applicants/a-1')).status).toBe(200);
});

test('a key named __proto__ reaches no prototype', async () => {
  const evil = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
  const posts: [string, string, string][] = [
    ['POST', '/api/v1/applicants/search', `${evil}"q":"Mona"}`],
    ['POST', '/api/v1/consumers', `${evil}"name":"p"}`],
    ['POST', '/api/v1/endpoints', `${evil}"name":"p","url":"https://crm.example.org"}`],
  ];
  for (const [method, path, body] of posts) {
    const answer = await rollcall.api(path, { method, body });
    expect([path, answer.status < 500]).toEqual([path, true]);
    expect(await answer.text()).not.toContain('polluted');
  }
  const { status } = await rollcall.callback('success', `[${evil}"applicantId":"p-1","status":1}]`);
  expect(status).toBeLessThan(500);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
