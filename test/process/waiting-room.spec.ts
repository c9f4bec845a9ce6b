import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpServer } from '../../src/http-server.js';
import { WaitingRoom } from '../../src/waiting-room.js';

/** So that nobody waits for 20 s and 60 s. */
const SOON = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };

let server: HttpServer;
let room: WaitingRoom;
beforeEach(async () => {
  server = new HttpServer({ limits: SOON });
  room = new WaitingRoom(server);
  await room.open(0, '127.0.0.1');
});
afterEach(() => room.close());

interface Answer {
  status: number;
  headers: Record<string, string>;
  document: Record<string, unknown>;
}

/** Sends the text as it is, and reads until the other side hangs up. */
async function say(request: string, port = (server.address() as AddressInfo).port): Promise<Answer> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  const [head = '', rest = ''] = (await text(socket)).split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines
    .map((line) => line.split(': '))
    .map(([name = '', value = '']) => [name.toLowerCase(), value]);
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    document: JSON.parse(/\{.*\}/.exec(rest)?.[0] ?? '') as Record<string, unknown>,
  };
}
const ask = (target: string, method = 'GET') => say(`${method} ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);

describe('the waiting room', () => {
  it.each(['/health/live', '/health/live/', '//health//live', '/health/%6Cive?x=1', 'http://x/health/live'])(
    'is alive at %s',
    async (target) => {
      expect(await ask(target)).toMatchObject({
        status: 200,
        headers: { connection: 'close', 'content-type': 'application/json', 'cache-control': 'no-store' },
        document: { status: 'live' },
      });
    },
  );

  it('refuses what comes without Host', async () => {
    expect(await say('GET /health/live HTTP/1.1\r\n\r\n')).toMatchObject({
      status: 400,
      headers: { 'x-content-type-options': 'nosniff' },
      document: { code: 'BAD_REQUEST' },
    });
  });

  it.each(['/health/ready', '//health/ready/', 'https://x/health/ready'])(
    'is not ready at %s',
    async (target) => {
      room.show('database: away');
      expect(await ask(target)).toMatchObject({
        status: 503,
        headers: { connection: 'close', 'retry-after': '5', 'content-type': 'application/problem+json' },
        document: { code: 'NOT_READY', status: 503, reasons: ['database: away'], instance: '/health/ready' },
      });
    },
  );

  it.each([
    ['POST', '/callbacks/success/'],
    ['POST', '/oauth/token'],
    ['GET', '/api/v1/changes'],
    ['GET', '/nowhere'],
  ])(
    'has %s %s come again: in 5 s, and in 1 s where nothing is waited for but the start',
    async (method, target) => {
      const refused = {
        status: 503,
        headers: {
          connection: 'close',
          'content-type': 'application/problem+json',
          'x-content-type-options': 'nosniff',
        },
        document: { code: 'DATABASE_UNAVAILABLE', status: 503, requestId: expect.any(String) as string },
      };
      room.show('database: away');
      expect(await ask(target, method)).toMatchObject({
        ...refused,
        headers: { ...refused.headers, 'retry-after': '5' },
      });
      room.show();
      expect(await ask(target, method)).toMatchObject({
        ...refused,
        headers: { ...refused.headers, 'retry-after': '1' },
      });
    },
  );

  it('is followed by the application on the same port and the connections that are there', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    server.announce((_request, response) => response.end('the application')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toContain('the application');
  });

  it('that is closed is not opened by an application that comes too late', async () => {
    await room.close();
    const late = once(server, 'listening');
    server.announce(() => undefined).listen(0, '127.0.0.1');
    await expect(late).rejects.toThrow('closed before it listened');
    expect(server.listening).toBe(false);
  });
});

describe('M4 who is too slow', () => {
  const tooSlow = {
    status: 408,
    headers: {
      connection: 'close',
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    document: {
      type: 'urn:rollcall:problem:request-too-slow',
      code: 'REQUEST_TOO_SLOW',
      status: 408,
      requestId: expect.any(String) as string,
    },
  };
  const body = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n[';

  it('with the headers is told so, and hung up on', async () => {
    const answer = await say('GET /health/live HTTP/1.1\r\nHost: x\r\n');
    expect(answer).toMatchObject(tooSlow);
    // it is not for us to say when: a request that is sent in one go is taken at once
    expect(answer.headers).not.toHaveProperty('retry-after');
  });

  it('with the body is told so by the application, and need not be waited for by the waiting room', async () => {
    expect(await say(body)).toMatchObject({ status: 503 });
    server.answerWith((request) => void request.resume());
    expect(await say(body)).toMatchObject(tooSlow);
  });
});

describe('a management port', () => {
  let two: HttpServer;
  let both: WaitingRoom;
  beforeEach(async () => {
    two = new HttpServer({ management: { port: 0, host: '127.0.0.1' }, limits: SOON });
    both = new WaitingRoom(two);
    await both.open(0, '127.0.0.1');
  });
  afterEach(() => both.close());
  const managementPort = () => two.ports.management ?? 0;

  it('has the waiting room and the limits of the first one', async () => {
    expect(managementPort()).not.toBe(two.ports.port);
    const alive = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
    expect(await say(alive, managementPort())).toMatchObject({ status: 200, document: { status: 'live' } });
    const unfinished = 'GET /health/live HTTP/1.1\r\nHost: x\r\n';
    expect(await say(unfinished, managementPort())).toMatchObject({ status: 408 });
    expect(await say('nonsense\r\n\r\n', managementPort())).toMatchObject({ status: 400 });
  });

  it('that is taken ends the start, as the first one would', async () => {
    const other = new HttpServer({ management: { port: managementPort(), host: '127.0.0.1' } });
    await expect(new WaitingRoom(other).open(0, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
    expect(other.listening).toBe(false);
  });

  it('stops with the first one: nobody new gets in, what is in flight is finished', async () => {
    const taken = new Promise<ServerResponse>((resolve) =>
      two.answerWith((_request, response) => resolve(response)),
    );
    const port = managementPort();
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const response = await taken;
    two.stopListening();
    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
    const closed = new Promise((resolve) => two.close(resolve));
    response.end('finished');
    expect(await text(socket)).toContain('finished');
    await closed;
  });
});
