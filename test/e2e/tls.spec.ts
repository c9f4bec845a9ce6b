import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { type AddressInfo, connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { loadConfig } from '../../src/config/config.js';
import { projectRoot } from '../../src/config/root.js';
import { HttpServer } from '../../src/http-server.js';
import { Tls, tlsFaults } from '../../src/tls.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { faultsOf } from '../harness/settings.js';

jest.setTimeout(60_000);

const FILES = join(projectRoot, 'test/tls');
const fileOf = (name: string) => join(FILES, name);
const pemOf = (name: string) => readFileSync(fileOf(name), 'utf8');
const OURS = { ROLLCALL_TLS_CERT_FILE: fileOf('server.pem'), ROLLCALL_TLS_KEY_FILE: fileOf('server.key') };
const CLIENT = { cert: pemOf('client.pem'), key: pemOf('client.key') };
const STRANGER = { cert: pemOf('stranger.pem'), key: pemOf('stranger.key') };
const CA = pemOf('ca.pem');

/** Asks by one connection of its own, and reads to its end. */
async function ask(
  port: number,
  path: string,
  {
    headers = {},
    body,
    ...tls
  }: ConnectionOptions & { headers?: Record<string, string>; body?: string } = {},
) {
  const agent = new Agent({ ca: CA, maxCachedSessions: 0, ...tls });
  const sent = request({
    agent,
    host: '127.0.0.1',
    servername: 'localhost',
    port,
    path,
    headers,
    method: body === undefined ? 'GET' : 'POST',
  });
  sent.end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    sent.once('response', resolve).once('error', reject),
  );
  const said = { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
  agent.destroy();
  return said;
}

/** A connection after its handshake. */
function shake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ca: CA, host: '127.0.0.1', servername: 'localhost', port, ...options }, () =>
      resolve(socket),
    );
    socket.once('error', reject);
  });
}

describe('the settings of TLS', () => {
  const faults = (env: NodeJS.ProcessEnv) => faultsOf(env, [tlsFaults]);

  test('are taken, and change the scheme of our own URL', () => {
    expect(faults({ ...OURS, ROLLCALL_TLS_CLIENT_CA_FILE: fileOf('ca.pem') })).toEqual([]);
    expect(loadConfig(OURS).publicUrl).toBe('https://localhost:3000');
  });

  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'));
    writeFileSync(join(folder, 'turned.pem'), pemOf('ca.pem') + pemOf('server.pem'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each<[string, string, NodeJS.ProcessEnv, RegExp]>([
    [
      'a certificate alone',
      'KEY_FILE',
      { ROLLCALL_TLS_KEY_FILE: undefined },
      /^set all of ROLLCALL_TLS_CERT_FILE, /,
    ],
    [
      'a key alone',
      'CERT_FILE',
      { ROLLCALL_TLS_CERT_FILE: undefined },
      /^set all of ROLLCALL_TLS_CERT_FILE, /,
    ],
    [
      'a file that is not there',
      'CERT_FILE',
      { ROLLCALL_TLS_CERT_FILE: '/nowhere.pem' },
      /^\/nowhere\.pem cannot be read \(ENOENT\)$/,
    ],
    [
      'a key that is not there',
      'KEY_FILE',
      { ROLLCALL_TLS_KEY_FILE: '/nowhere.key' },
      /^\/nowhere\.key cannot be read \(ENOENT\)$/,
    ],
    [
      'no certificate',
      'CERT_FILE',
      { ROLLCALL_TLS_CERT_FILE: fileOf('server.key') },
      /holds no certificate in PEM form/,
    ],
    [
      'no key',
      'KEY_FILE',
      { ROLLCALL_TLS_KEY_FILE: fileOf('server.pem') },
      /holds no private key in PEM form/,
    ],
    [
      'a key with a passphrase',
      'KEY_FILE',
      { ROLLCALL_TLS_KEY_FILE: fileOf('locked.key') },
      /has a passphrase/,
    ],
    [
      'the key of another',
      'KEY_FILE',
      { ROLLCALL_TLS_KEY_FILE: fileOf('client.key') },
      /does not belong to the certificate/,
    ],
    [
      'an expired certificate',
      'CERT_FILE',
      { ROLLCALL_TLS_CERT_FILE: fileOf('expired.pem'), ROLLCALL_TLS_KEY_FILE: fileOf('expired.key') },
      /the certificate expired on /,
    ],
    [
      'no authority',
      'CLIENT_CA_FILE',
      { ROLLCALL_TLS_CLIENT_CA_FILE: fileOf('client.key') },
      /holds no certificate in PEM form/,
    ],
  ])('%s stops the start', (_what, name, env, message) => {
    expect(faults({ ...OURS, ...env })).toEqual([
      { name: `ROLLCALL_TLS_${name}`, message: expect.stringMatching(message) as string },
    ]);
  });

  test('a chain in the wrong order stops the start', () => {
    expect(faults({ ...OURS, ROLLCALL_TLS_CERT_FILE: join(folder, 'turned.pem') })).toEqual([
      {
        name: 'ROLLCALL_TLS_KEY_FILE',
        message: expect.stringContaining("the server's own must come first") as string,
      },
    ]);
  });

  test('what contradicts them stops the start', () => {
    expect(faults({ ROLLCALL_TLS_CLIENT_CA_FILE: fileOf('ca.pem') })).toMatchObject([
      {
        name: 'ROLLCALL_TLS_CLIENT_CA_FILE',
        message: expect.stringContaining('has no effect without') as string,
      },
    ]);
    expect(faults({ ...OURS, ROLLCALL_PUBLIC_URL: 'http://x.example.org' })).toMatchObject([
      { name: 'ROLLCALL_PUBLIC_URL', message: expect.stringContaining('must start with https://') as string },
    ]);
  });
});

describe('a server with TLS and client certificates', () => {
  let rollcall: TestApp;
  let port: number;
  let management: number;
  beforeAll(async () => {
    rollcall = await startApp({
      env: {
        ...OURS,
        ROLLCALL_TLS_CLIENT_CA_FILE: fileOf('ca.pem'),
        ROLLCALL_MANAGEMENT_PORT: '0',
        ROLLCALL_ROLE: 'api',
      },
    });
    const { ports } = rollcall.app.getHttpServer() as unknown as HttpServer;
    port = ports.port;
    management = ports.management ?? 0;
  });
  afterAll(() => rollcall.stop());

  const FORM = {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials&client_id=enroll&client_secret=a-chosen-secret-of-eNROLLs-panel',
  };

  test('takes tokens and callbacks of the holder of a certificate', async () => {
    const answer = await ask(port, '/oauth/token', { ...CLIENT, ...FORM });
    expect(answer.status).toBe(200);
    const { access_token: token } = JSON.parse(answer.body) as { access_token: string };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const callback = { headers, body: '[{"applicantId":"a","status":1}]' };
    expect((await ask(port, '/callbacks/success', { ...CLIENT, ...callback })).status).toBe(200);
    for (const other of [{}, STRANGER]) {
      const refused = await ask(port, '/callbacks/success', { ...other, ...callback });
      expect([refused.status, JSON.parse(refused.body)]).toEqual([
        403,
        expect.objectContaining({ code: 'CLIENT_CERTIFICATE_REQUIRED' }),
      ]);
    }
  });

  test.each([
    ['none', {}],
    ['one of another authority', STRANGER],
    ['the one of a server', { cert: pemOf('server.pem'), key: pemOf('server.key') }],
  ])(
    'gives no token to who shows %s, and answers his Callback-Test as little',
    async (_what, certificate) => {
      const answer = await ask(port, '/oauth/token', { ...certificate, ...FORM });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        403,
        expect.objectContaining({ error: 'access_denied' }),
      ]);
      const probe = { headers: { 'callback-test': '1' }, body: '' };
      expect((await ask(port, '/callbacks', { ...certificate, ...probe })).status).toBe(403);
    },
  );

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'is not deceived by a session of %s that is resumed without a certificate',
    async (version) => {
      const versions = { minVersion: version, maxVersion: version };
      const first = await shake(port, versions);
      // in TLS 1.3 the ticket comes after the handshake
      const ticket = new Promise<Buffer>((resolve) => first.once('session', resolve));
      first.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
      const session = version === 'TLSv1.3' ? await ticket : first.getSession();
      const resumed = await shake(port, { ...versions, session });
      expect(resumed.isSessionReused()).toBe(true);
      resumed.write(
        'POST /callbacks HTTP/1.1\r\nHost: localhost\r\nCallback-Test: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      );
      expect(await text(resumed)).toMatch(/^HTTP\/1\.1 403 /);
      first.destroy();
    },
  );

  test('answers its health and its keys without a certificate', async () => {
    for (const path of ['/health/live', '/health/ready', '/.well-known/jwks.json'])
      expect((await ask(port, path)).status).toBe(200);
  });

  test('speaks TLS at the management port, too, and asks for no certificate there', async () => {
    expect((await ask(management, '/metrics')).status).toBe(200);
    const socket = await shake(management);
    expect(socket.getProtocol()).toBe('TLSv1.3');
    socket.destroy();
    expect((await ask(management, '/callbacks', { ...CLIENT, body: '[]' })).status).toBe(404);
  });

  test.each(['public', 'management'])('refuses what comes without Host, at the %s port', async (which) => {
    const socket = await shake(which === 'public' ? port : management);
    socket.write('GET /health/live HTTP/1.1\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 [^]*x-request-id: [^]*"code":"BAD_REQUEST"/);
  });

  test('speaks TLS 1.2 and 1.3 with forward secrecy, and nothing older or weaker', async () => {
    const ciphers = async (options: ConnectionOptions) => {
      const socket = await shake(port, options);
      const { name } = socket.getCipher();
      socket.destroy();
      return name;
    };
    expect(await ciphers({ maxVersion: 'TLSv1.2' })).toMatch(/^ECDHE-ECDSA-.*(GCM|POLY1305)/);
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(shake(port, old)).rejects.toThrow();
    await expect(shake(port, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' })).rejects.toThrow();
  });

  test('hangs up on plain HTTP', async () => {
    const socket = connectPlain(port, '127.0.0.1');
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    const answer = await text(socket).catch(() => '');
    expect(answer).not.toContain('HTTP/1.1 200');
  });
});

describe('renewed files', () => {
  test('are used for new connections within moments; a faulty one is not; who is connected stays', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'));
    const [cert, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')];
    const put = (name: string) => {
      copyFileSync(fileOf(`${name}.pem`), cert);
      copyFileSync(fileOf(`${name}.key`), key);
    };
    put('server');
    const config = loadConfig({ ROLLCALL_TLS_CERT_FILE: cert, ROLLCALL_TLS_KEY_FILE: key });
    const server = new HttpServer({ tls: Tls.of(config, 20) });
    server.answerWith((_request, response) => response.end('here'));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const serialOf = async () => {
      const socket = await shake(port);
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    };
    try {
      const first = await serialOf();
      const connected = await shake(port);
      writeFileSync(cert, pemOf('renewed.pem').slice(0, 200));
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await serialOf()).toBe(first);
      put('renewed');
      await eventually(async () => (await serialOf()) !== first);
      connected.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      expect(await text(connected)).toContain('here');
      put('expired');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await serialOf()).not.toBe(first);
    } finally {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      rmSync(folder, { recursive: true });
    }
  });

  test('a stop does not wait for who is in the middle of a handshake', async () => {
    const server = new HttpServer({ tls: Tls.of(loadConfig(OURS)) });
    server.answerWith((_request, response) => response.end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const silent = connectPlain((server.address() as AddressInfo).port, '127.0.0.1');
    await new Promise((resolve) => server.once('connection', resolve));
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    silent.destroy();
  });
});
