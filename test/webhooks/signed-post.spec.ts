import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { loadConfig } from '../../src/config/config.js';
import type { AttemptOutcome } from '../../src/webhooks/destination.js';
import { generateSecret } from '../../src/webhooks/signature.js';
import { type Post, SignedPost } from '../../src/webhooks/signed-post.service.js';
import { TargetGuard } from '../../src/webhooks/target-guard.js';
import { eventually } from '../harness/processes.js';
import { Receiver } from './receiver.js';

const SECRET = generateSecret();
const BODY = '{"type":"applicant.created","data":{"note":"مرحبا"}}';

let receiver: Receiver;
let port: number;
const posts: SignedPost[] = [];

function aPost(env: Record<string, string> = {}): SignedPost {
  const config = loadConfig({ NODE_ENV: 'test', ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8', ...env });
  const post = new SignedPost(new TargetGuard(config));
  posts.push(post);
  return post;
}

let post: SignedPost;
const send = (url: string, given: Partial<Post> = {}): Promise<AttemptOutcome> =>
  post.send({ url, id: 'msg_1', body: BODY, secrets: [SECRET], timeoutMs: 5000, ...given });

beforeEach(async () => {
  post = aPost();
  receiver = new Receiver();
  port = await receiver.start();
});
afterEach(async () => {
  for (const one of posts.splice(0)) one.onApplicationShutdown();
  await receiver.stop();
});

describe('a signed post', () => {
  it('is verified by an independent implementation of Standard Webhooks', async () => {
    const outcome = await send(`http://127.0.0.1:${port}/hook`);
    expect(outcome).toEqual({ ok: true, status: 204 });
    const [one] = receiver.delivered;
    const headers = one?.headers as Record<string, string>;
    expect(headers).toMatchObject({ 'webhook-id': 'msg_1', 'content-type': 'application/json' });
    expect(new Webhook(SECRET).verify(one?.body ?? '', headers)).toEqual(JSON.parse(BODY));
    expect(() => new Webhook(generateSecret()).verify(one?.body ?? '', headers)).toThrow();
    expect(() => new Webhook(SECRET).verify(`${one?.body} `, headers)).toThrow();
  });

  it('carries a signature for each secret that is live, and a receiver needs only one of them', async () => {
    const next = generateSecret();
    await send(`http://127.0.0.1:${port}`, { secrets: [SECRET, next] });
    const [one] = receiver.delivered;
    for (const secret of [SECRET, next]) {
      const read = () => new Webhook(secret).verify(one?.body ?? '', one?.headers as Record<string, string>);
      expect(read).not.toThrow();
    }
  });

  it('keeps its connection, and opens another without a failure when that was closed meanwhile', async () => {
    const sockets = new Set<Socket>();
    receiver.answer = (_, request, response) => {
      sockets.add(request.socket);
      response.end('ok');
    };
    for (let n = 0; n < 3; n += 1) await send(`http://127.0.0.1:${port}`);
    expect(sockets.size).toBe(1);
    receiver.closeIdle();
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ ok: true });
    expect(sockets.size).toBe(2);
  });
});

describe('a receiver that', () => {
  it.each([
    [500, 'HTTP_5XX'],
    [503, 'HTTP_5XX'],
    [404, 'HTTP_4XX'],
    [410, 'HTTP_4XX'],
    [304, 'HTTP_3XX'],
  ])('answers %i is told by its status', async (status, code) => {
    receiver.answer = (_, _request, response) => void response.writeHead(status).end();
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ ok: false, code, status });
  });

  it('says when to come again is understood, in both forms', async () => {
    const headers = ['120', new Date(Date.now() + 60_000).toUTCString(), 'soon'];
    receiver.answer = (_, _request, response) =>
      void response.writeHead(429, { 'retry-after': headers.shift() }).end();
    const asked = [];
    for (let n = 0; n < 3; n += 1) {
      const outcome = await send(`http://127.0.0.1:${port}`);
      asked.push(!outcome.ok && outcome.retryAfterSeconds);
    }
    expect(asked).toEqual([120, expect.any(Number), undefined]);
    expect(asked[1]).toBeGreaterThan(50);
    expect(asked[1]).toBeLessThanOrEqual(60);
  });

  it('answers with what it was sent, and more, is quoted briefly and without credentials or long numbers', async () => {
    receiver.answer = (_, _request, response) =>
      void response.writeHead(400).end(`no\0 29703012357788 a@b.example Bearer abc.def\n${'x'.repeat(5000)}`);
    const outcome = await send(`http://127.0.0.1:${port}`);
    const answer = outcome.ok ? '' : (outcome.answer ?? '');
    expect(answer).toMatch(/^no [^\d]*x+$/);
    expect(answer).not.toMatch(/b\.example|abc|\0|\n/);
    expect(answer.length).toBeLessThanOrEqual(300);
  });

  it('redirects is not followed', async () => {
    receiver.answer = (one, _request, response) =>
      void response.writeHead(one.path === '/' ? 307 : 200, { location: '/elsewhere' }).end();
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ code: 'HTTP_3XX', status: 307 });
    expect(receiver.delivered).toHaveLength(1);
  });

  it('hangs, before or within its answer, costs the time-out and no more', async () => {
    receiver.answer = (one, _request, response) => {
      if (one.path === '/within') response.writeHead(200, { 'content-length': 100 }).write('beginning');
    };
    const startedMs = performance.now();
    expect(await send(`http://127.0.0.1:${port}`, { timeoutMs: 150 })).toMatchObject({ code: 'TIMEOUT' });
    expect(await send(`http://127.0.0.1:${port}/within`, { timeoutMs: 150 })).toMatchObject({
      code: 'TIMEOUT',
    });
    expect(performance.now() - startedMs).toBeLessThan(4000);
  });

  it.each([
    ['a body after 204', 'HTTP/1.1 204 No Content\r\n\r\n', '{"ok":true}', 204],
    ['a body after 204 with its length', 'HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\n', 'ok', 204],
    ['more than the length that it told', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok', 'and more', 200],
    [
      'more behind its last answer',
      'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n',
      'x',
      200,
    ],
    [
      'more behind its last chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'x',
      200,
    ],
  ])('sends %s has taken it, in one piece and in two', async (_what, answer, surplus, status) => {
    let pauseMs = 0;
    const odd = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (text: Buffer) => {
        if (!text.toString().endsWith('}')) return;
        if (pauseMs === 0) return void socket.write(answer + surplus);
        socket.write(answer);
        setTimeout(() => socket.write(surplus), pauseMs);
      });
    });
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(odd.address() as AddressInfo).port}`;
    for (pauseMs of [0, 20]) {
      for (let n = 0; n < 3; n += 1) {
        expect(await send(url)).toMatchObject({ ok: true, status });
        // whoever is asked again has said the rest by then
        await new Promise((resolve) => setTimeout(resolve, 2 * pauseMs));
      }
    }
    post.onApplicationShutdown();
    odd.close();
  });

  it('closes in mid-answer has not taken it', async () => {
    receiver.answer = (_, request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('beginning');
      setTimeout(() => request.socket.destroy(), 20);
    };
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ ok: false, code: 'CONNECTION_LOST' });
  });

  it('answers 200 and 10 MB has taken it, and is cut off', async () => {
    const piece = Buffer.alloc(65_536, 'x');
    let isCut = false;
    let sent = 0;
    receiver.answer = (_, request, response) => {
      request.socket.once('close', () => (isCut = true));
      response.writeHead(200);
      const more = () => {
        while (sent < 10_000_000 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ ok: true, status: 200 });
    await eventually(() => isCut);
    expect(sent).toBeLessThan(10_000_000);
  });

  it('presents a certificate that nobody trusts is not sent anything', async () => {
    const secure = new Receiver({ tls: true });
    const securePort = await secure.start();
    expect(await send(`https://127.0.0.1:${securePort}`)).toMatchObject({ code: 'TLS' });
    expect(secure.delivered).toEqual([]);
    await secure.stop();
  });

  it('speaks something else than TLS or HTTP is a fault of its own', async () => {
    expect(await send(`https://127.0.0.1:${port}`)).toMatchObject({ code: 'TLS' });
    const babbler: Server = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('SSH-2.0-babble\r\n'),
    );
    await new Promise<void>((done) => babbler.listen(0, '127.0.0.1', done));
    const { port: babblerPort } = babbler.address() as AddressInfo;
    expect(await send(`http://127.0.0.1:${babblerPort}`)).toMatchObject({ code: 'CONNECTION_LOST' });
    await new Promise((done) => babbler.close(done));
  });

  it('is not there is refused or not found', async () => {
    const { port: freePort } = await new Promise<AddressInfo>((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address() as AddressInfo;
        server.close(() => done(address));
      });
    });
    expect(await send(`http://127.0.0.1:${freePort}`)).toMatchObject({ code: 'CONNECTION_REFUSED' });
    expect(await send('http://nobody.invalid')).toMatchObject({ code: 'DNS' });
  });

  it('is being asked while we stop is left alone', async () => {
    receiver.answer = () => undefined;
    const leaving = new AbortController();
    const outcome = send(`http://127.0.0.1:${port}`, { signal: leaving.signal });
    await eventually(() => receiver.delivered.length === 1);
    leaving.abort();
    expect(await outcome).toMatchObject({ ok: false, code: 'CANCELLED' });
  });
});

describe('targets', () => {
  it.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.0.0.1.',
    'http://localhost',
    'http://localhost.',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[fec0::1]',
    'http://[2002:7f00:1::]',
    'http://0.0.0.0',
    'http://0',
    'http://[::]',
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]',
    'http://[fd00:ec2::254]',
    'http://10.0.0.1',
    'http://172.16.0.1',
    'http://192.168.1.1',
    'http://100.64.0.1',
    'http://255.255.255.255',
    'http://224.0.0.1',
    'https://127.0.0.1',
    'https://localhost',
  ])('%s is forbidden', async (target) => {
    post = aPost({ ROLLCALL_WEBHOOK_ALLOW_CIDR: '' });
    const url = new URL(target);
    url.port = String(port);
    // whether `localhost.` is a name at all is up to the system
    const code = target.endsWith('t.')
      ? (expect.stringMatching(/^(TARGET_FORBIDDEN|DNS)$/) as string)
      : 'TARGET_FORBIDDEN';
    expect(await send(url.href)).toMatchObject({ ok: false, code });
    expect(receiver.delivered).toEqual([]);
  });

  it('of an allowed range are reached by address and by name, other private ones are not', async () => {
    post = aPost({ ROLLCALL_WEBHOOK_ALLOW_CIDR: '10.0.0.0/8, 127.0.0.1/32' });
    expect(await send(`http://localhost:${port}`)).toMatchObject({ ok: true });
    expect(await send(`http://[::ffff:127.0.0.1]:${port}`)).toMatchObject({ ok: true });
    expect(await send(`http://127.0.0.2:${port}`)).toMatchObject({ code: 'TARGET_FORBIDDEN' });
  });

  it('are the listed hosts alone, where any is listed', async () => {
    post = aPost({ ROLLCALL_WEBHOOK_HOSTS: 'localhost, *.example.invalid' });
    expect(await send(`http://localhost:${port}`)).toMatchObject({ ok: true });
    expect(await send(`http://LOCALHOST.:${port}`)).not.toMatchObject({ code: 'TARGET_FORBIDDEN' });
    // as far as the look-up
    expect(await send('http://crm.example.invalid')).toMatchObject({ code: 'DNS' });
    for (const other of [
      `127.0.0.1:${port}`,
      'example.invalid',
      'notexample.invalid',
      'crm.example.invalid.org',
    ])
      expect(await send(`http://${other}`)).toMatchObject({ code: 'TARGET_FORBIDDEN' });
    expect(receiver.delivered.length).toBeGreaterThan(0);
  });

  it('outside the allow-list need TLS in production', async () => {
    const production = {
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://db/rollcall',
      ROLLCALL_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    };
    post = aPost(production);
    expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({ ok: true });
    expect(await send('http://192.0.2.1')).toMatchObject({ code: 'TARGET_FORBIDDEN' });
    expect(await send('http://8.8.8.8')).toMatchObject({ code: 'TARGET_FORBIDDEN' });
  });
});
