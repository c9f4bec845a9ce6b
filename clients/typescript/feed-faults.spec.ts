import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRollcallClient } from './src/client.js';
import { readFeed } from './src/feed.js';
import { RefusedError, type Trouble } from './src/insist.js';

/** A Rollcall, or the proxy before it, in bad shape: answers as each test says, one answer after the other. */
let server: Server;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    (answers.shift() ?? silence)(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  asked = [];
  answers = [];
});

let answers: RequestListener[];
const silence: RequestListener = () => {};
const says = (status: number, headers: Record<string, string> = {}, body = '{}'): RequestListener => {
  return (_, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
};
const page = (...ids: string[]) => {
  const items = ids.map((applicantId) => ({ applicantId }));
  return says(200, {}, JSON.stringify({ items, nextCursor: ids.at(-1) ?? 'end' }));
};
const hangsUp: RequestListener = (request) => void request.socket.destroy();
const cutShort = (_: unknown, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 500 });
  response.write('{"items":[{"applicantId":', () => response.destroy());
};

function reading(troubles: Trouble[] = [], signal?: AbortSignal) {
  const client = createRollcallClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    apiKey: 'a-key',
  });
  return readFeed({
    client,
    after: 'before',
    signal,
    onTrouble: (trouble) => void troubles.push(trouble),
  });
}

describe('readFeed, where the server is in bad shape', () => {
  it.each<[string, RequestListener, object]>([
    ['503', says(503), { status: 503 }],
    ['500', says(500), { status: 500 }],
    ['429', says(429), { status: 429 }],
    [
      'a page of a proxy',
      says(502, { 'content-type': 'text/html' }, '<h1>Bad Gateway</h1>'),
      { status: 502 },
    ],
    ['no answer but a closed connection', hangsUp, { cause: { message: 'fetch failed' } }],
    ['half an answer', cutShort, { cause: { message: 'terminated' } }],
    ['what is no JSON', says(200, {}, '<login>'), { cause: { name: 'SyntaxError' } }],
  ])('asks again after %s', async (_, bad, trouble) => {
    answers = [bad, page('a-1', 'a-2')];
    const troubles: Trouble[] = [];
    const feed = reading(troubles);
    const { value } = await feed.next();
    expect(value).toMatchObject({ events: [{ applicantId: 'a-1' }, { applicantId: 'a-2' }], cursor: 'a-2' });
    expect(troubles).toMatchObject([{ failures: 1, ...trouble }]);
    expect(asked[0]).toBe(asked[1]);
    await feed.return();
  });

  it('waits as long as Retry-After says, in seconds or as a date', async () => {
    const date = new Date(Date.now() + 3000).toUTCString();
    answers = [says(503, { 'retry-after': '1' }), says(429, { 'retry-after': date }), page('a-1')];
    const troubles: Trouble[] = [];
    const feed = reading(troubles);
    await feed.next();
    expect(troubles[0]?.waitMs).toBeGreaterThanOrEqual(1000);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(date) - 5);
    await feed.return();
  });

  it('waits longer with every failure in a row, and starts over after a success', async () => {
    answers = [says(503), says(503), says(503), page('a-1'), says(503), page('a-2')];
    const troubles: Trouble[] = [];
    const feed = reading(troubles);
    await feed.next();
    await feed.next();
    expect(troubles.map(({ failures }) => failures)).toEqual([1, 2, 3, 1]);
    const [first = 0, , third = 0] = troubles.map(({ waitMs }) => waitMs);
    expect(first).toBeLessThanOrEqual(250);
    expect(third).toBeGreaterThanOrEqual(500);
    expect(asked.map((url) => new URLSearchParams(url.split('?')[1]).get('after'))).toEqual([
      ...['before', 'before', 'before', 'before'],
      ...['a-1', 'a-1'],
    ]);
    await feed.return();
  });

  it('moves on with an empty page whose cursor moved, and rests at the end', async () => {
    answers = [page(), page(), page('a-1')];
    const startedMs = performance.now();
    const feed = reading();
    await feed.next();
    expect(asked).toHaveLength(3);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(999);
    await feed.return();
  });

  it.each([
    [
      401,
      '{"code":"TOKEN_INVALID","title":"The token is not valid"}',
      '401 TOKEN_INVALID The token is not valid',
    ],
    [403, '{"code":"INSUFFICIENT_SCOPE","detail":"Ask for more"}', '403 INSUFFICIENT_SCOPE Ask for more'],
    [400, '{"code":"BAD_CURSOR"}', '400 BAD_CURSOR'],
    [404, 'not here', '404 not here'],
    [301, '', '301'],
  ])('gives up at once at %d, saying why', async (status, body, message) => {
    answers = [says(status, {}, body)];
    const refusal: unknown = await reading()
      .next()
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({ status, message });
    expect(asked).toHaveLength(1);
  });

  it.each<[string, RequestListener[]]>([
    ['the server is silent', []],
    ['it waits to ask again', [says(503, { 'retry-after': '60' })]],
  ])('ends without an error where the signal aborts while %s', async (_, given) => {
    answers = given;
    const leaving = new AbortController();
    const feed = reading([], leaving.signal);
    const next = feed.next();
    setTimeout(() => leaving.abort(), 100);
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
