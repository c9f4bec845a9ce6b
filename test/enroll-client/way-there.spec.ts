import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError } from '../../src/config/config.js';
import type { EnrollClient } from '../../src/enroll-client/enroll-client.service.js';
import { clientOf } from './client.js';

const TLS = join(import.meta.dirname, 'tls');
const CA_FILE = join(TLS, 'ca.pem');
const TOKEN = '{"token":"t","expirationDate":"2099-01-01T00:00:00Z"}';

const servers: Server[] = [];
const clients: EnrollClient[] = [];
const tunnels = new Set<Duplex>();

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** An eNROLL that gives a token to everybody, with and without TLS, and counts. */
async function anEnroll() {
  const seen = { requests: 0 };
  const answer: Parameters<typeof createServer>[1] = (request, response) => {
    seen.requests += 1;
    request.resume();
    response.setHeader('content-type', 'application/json').end(TOKEN);
  };
  const tls = { key: readFileSync(join(TLS, 'server.key')), cert: readFileSync(join(TLS, 'server.pem')) };
  const https = `https://localhost:${await listening(createTlsServer(tls, answer))}`;
  const http = `http://127.0.0.1:${await listening(createServer(answer))}`;
  return { seen, https, http };
}

/** A forward proxy that tunnels and forwards, and notes what it was asked for and by whom. */
async function aProxy() {
  const asked: { what: string; credentials: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({
      what: `${request.method} ${request.url}`,
      credentials: request.headers['proxy-authorization'],
    });
    request.pipe(
      httpRequest(request.url ?? '', { method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  server.on('connect', (request, socket) => {
    asked.push({ what: `CONNECT ${request.url}`, credentials: request.headers['proxy-authorization'] });
    const onward = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket));
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  return { asked, address: `127.0.0.1:${await listening(server)}` };
}

function aClient(url: string, env: Record<string, string> = {}): EnrollClient {
  const client = clientOf({ url }, { env });
  clients.push(client);
  return client;
}

afterAll(async () => {
  for (const client of clients) client.onApplicationShutdown();
  for (const tunnel of tunnels) tunnel.destroy();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

describe('M9: the way to eNROLL', () => {
  it('trusts the authorities of ENROLL_CA_FILE beside the usual ones', async () => {
    const enroll = await anEnroll();
    const client = aClient(enroll.https, { ENROLL_CA_FILE: CA_FILE });
    expect((await client.token()).expiresAt?.getFullYear()).toBe(2099);
  });

  it('refuses a certificate that nobody vouches for, at once, naming the setting', async () => {
    const enroll = await anEnroll();
    const failing = aClient(enroll.https).token();
    await expect(failing).rejects.toMatchObject({
      code: 'ENROLL_UNAVAILABLE',
      detail: expect.stringMatching(
        /certificate is not trusted, UNABLE_TO_VERIFY_LEAF_SIGNATURE; see ENROLL_CA_FILE/,
      ),
    });
    expect(enroll.seen.requests).toBe(0);
  });

  it('tunnels TLS through ENROLL_PROXY_URL, its credentials decoded, and still checks the certificate', async () => {
    const [enroll, proxy] = [await anEnroll(), await aProxy()];
    const env = { ENROLL_PROXY_URL: `http://user:p%40ss@${proxy.address}` };
    await aClient(enroll.https, { ...env, ENROLL_CA_FILE: CA_FILE }).token();
    expect(proxy.asked).toEqual([
      {
        what: `CONNECT ${new URL(enroll.https).host}`,
        credentials: `Basic ${Buffer.from('user:p@ss').toString('base64')}`,
      },
    ]);
    await expect(aClient(enroll.https, env).token()).rejects.toMatchObject({ code: 'ENROLL_UNAVAILABLE' });
    expect(enroll.seen.requests).toBe(1);
  });

  it('keeps a tunnel for the next request, and opens no more than ENROLL_CONCURRENCY and one', async () => {
    const [enroll, proxy] = [await anEnroll(), await aProxy()];
    const client = aClient(enroll.https, {
      ENROLL_PROXY_URL: `http://${proxy.address}`,
      ENROLL_CA_FILE: CA_FILE,
      ENROLL_CONCURRENCY: '2',
    });
    for (let round = 0; round < 5; round += 1) await client.sessionToken({ kind: 'onboarding' });
    expect(proxy.asked).toHaveLength(1);
    await Promise.all(Array.from({ length: 20 }, () => client.sessionToken({ kind: 'onboarding' })));
    expect(enroll.seen.requests).toBe(25);
    expect(proxy.asked.length).toBeLessThanOrEqual(3);
  });

  it('keeps a tunnel that idles for longer than one answer may take', async () => {
    const [enroll, proxy] = [await anEnroll(), await aProxy()];
    const client = aClient(enroll.https, {
      ENROLL_PROXY_URL: `http://${proxy.address}`,
      ENROLL_CA_FILE: CA_FILE,
      ENROLL_TIMEOUT_SECONDS: '1',
    });
    await client.sessionToken({ kind: 'onboarding' });
    await delay(1_300);
    await client.sessionToken({ kind: 'onboarding' });
    expect(proxy.asked).toHaveLength(1);
  });

  it('names a proxy that refuses', async () => {
    const proxy = createServer();
    proxy.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Who are you\r\n\r\n'));
    const env = { ENROLL_PROXY_URL: `http://127.0.0.1:${await listening(proxy)}` };
    await expect(aClient('https://localhost:1', env).token()).rejects.toMatchObject({
      code: 'ENROLL_UNAVAILABLE',
      detail: expect.stringMatching(/PROXY_407/),
    });
  });

  it('forwards plain HTTP through ENROLL_PROXY_URL', async () => {
    const [enroll, proxy] = [await anEnroll(), await aProxy()];
    await aClient(enroll.http, { ENROLL_PROXY_URL: `http://${proxy.address}` }).token();
    expect(proxy.asked).toEqual([
      { what: `POST ${enroll.http}/Auth/api/v1/Auth/GenerateToken`, credentials: undefined },
    ]);
  });

  it('keeps a folder in ENROLL_BASE_URL and its slash at the end harmless', async () => {
    const [enroll, proxy] = [await anEnroll(), await aProxy()];
    await aClient(`${enroll.http}/tenant/7/`, { ENROLL_PROXY_URL: `http://${proxy.address}` }).token();
    expect(proxy.asked[0]?.what).toBe(`POST ${enroll.http}/tenant/7/Auth/api/v1/Auth/GenerateToken`);
  });

  it.each([
    ['is not there', '/no/such/ca.pem', /ENROLL_CA_FILE: \/no\/such\/ca\.pem cannot be read \(ENOENT\)/],
    ['is no certificate', join(TLS, 'server.key'), /ENROLL_CA_FILE: .* holds no certificate in PEM form/],
  ])('M12: an ENROLL_CA_FILE that %s stops the start by name', (_name, file, message) => {
    const start = () => aClient('https://localhost', { ENROLL_CA_FILE: file });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(message);
  });

  it('M12: a dialect with a typo stops the start by setting, file, line and key', () => {
    const file = join(import.meta.dirname, 'typo.yaml');
    const start = () => aClient('https://localhost', { ENROLL_DIALECT: file });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(
      /ENROLL_DIALECT: .*typo\.yaml line 2, nane: unknown key; known here: dialect, name,/,
    );
  });
});

describe('M9: without its settings', () => {
  it('every call is ENROLL_NOT_CONFIGURED and names what is missing', async () => {
    const detail = 'Set ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET';
    const none = { ENROLL_BASE_URL: '', ENROLL_TENANT_ID: '', ENROLL_TENANT_SECRET: '' };
    const client = clientOf({ url: '' }, { env: none });
    expect(client.configured).toBe(false);
    const range = { from: new Date(0), to: new Date(1) };
    for (const call of [
      () => client.token(),
      () => client.applicantIdByRequestId('1'),
      () => client.applicants({ requestId: '1' }),
      () => client.applicantsByDate(range).next(),
      () => client.applicantsByIds(['1']).next(),
      () => client.image('a.jpg'),
      () => client.images(['a.jpg']).next(),
      () => client.sessionToken({ kind: 'onboarding' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'ENROLL_NOT_CONFIGURED', status: 503, detail });
    }
  });
});

describe('an answer', () => {
  it('with bytes behind its end is an answer, in one piece and in two', async () => {
    for (const pauseMs of [0, 20]) {
      const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${TOKEN.length}\r\n\r\n`;
      const odd = createNetServer((socket) => {
        socket.on('error', () => undefined);
        socket.on('data', (text: Buffer) => {
          if (!text.toString().endsWith('}')) return;
          if (pauseMs === 0) return void socket.write(`${head}${TOKEN}and more`);
          socket.write(head + TOKEN);
          setTimeout(() => socket.write('and more'), pauseMs);
        });
      });
      await new Promise<void>((done) => odd.listen(0, '127.0.0.1', done));
      const client = clientOf({ url: `http://127.0.0.1:${(odd.address() as AddressInfo).port}` });
      await expect(client.token()).resolves.toBeDefined();
      client.onApplicationShutdown();
      odd.close();
    }
  });
});
