import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Config, loadConfig } from '../config/config.js';
import { installProblems } from '../problem/problem.filter.js';
import { ConsoleController } from './console.controller.js';
import { ConsoleFiles } from './console-files.js';

const SCRIPT = 'console.log("the console")';
const PAGE = `<meta name="rollcall-sso" content="{{sso}}"><meta property="csp-nonce" nonce="{{nonce}}">
<script type="module" src="./assets/main-1.js" nonce="{{nonce}}"></script>`;

let folder: string;
let app: NestFastifyApplication | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-console-'));
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  rmSync(folder, { recursive: true });
});

function build(): void {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'licenses.md'), 'MIT');
  writeFileSync(join(folder, 'assets', 'main-1.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'main-1.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, 'assets', 'latin.woff2'), 'font');
}

async function start(env: Record<string, string> = {}): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({
    controllers: [ConsoleController],
    providers: [
      { provide: ConsoleFiles, useFactory: () => new ConsoleFiles(folder) },
      { provide: Config, useValue: loadConfig({ NODE_ENV: 'test', PORT: '3000', ...env }) },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  installProblems(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

const nonceOf = (text: string) => /nonce[-=]"?([\w+/=]{20,})/.exec(text)?.[1];

test.each(['/console', '/console/applicants', '/console/endpoints/abc?cursor=x', '/console/invite'])(
  '%s is the one page, with a nonce of its own in page and policy, and kept by nobody',
  async (url) => {
    build();
    const server = await start();
    const [one, other] = [await server.inject(url), await server.inject(url)];
    expect([one.statusCode, one.headers['content-type'], one.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    const policy = String(one.headers['content-security-policy']);
    expect(nonceOf(one.body)).toBe(nonceOf(policy));
    expect(nonceOf(one.body)).not.toBe(nonceOf(other.body));
    expect(one.body).not.toContain('{{');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
    expect(policy).not.toContain('unsafe');
  },
);

test('its files keep their path below that of a proxy, and it knows whether there is single sign-on', async () => {
  build();
  const server = await start({
    ROLLCALL_MANAGEMENT_PORT: '3001',
    ROLLCALL_MANAGEMENT_URL: 'https://inside.example/rollcall/',
    ROLLCALL_OIDC_ISSUER: 'https://sso.example',
    ROLLCALL_OIDC_CLIENT_ID: 'rollcall',
    ROLLCALL_OIDC_CLIENT_SECRET: 'a-secret-of-the-provider',
  });
  const { body } = await server.inject('/console');
  expect(body).toContain('src="/rollcall/console/assets/main-1.js"');
  expect(body).toContain('content="on"');
});

test('an asset is sent compressed to those who take it, and kept for ever', async () => {
  build();
  const server = await start();
  const url = '/console/assets/main-1.js';
  const zipped = await server.inject({ url, headers: { 'accept-encoding': 'br, gzip' } });
  const plain = await server.inject({ url, headers: { 'accept-encoding': 'gzip;q=0' } });
  expect(gunzipSync(zipped.rawPayload).toString()).toBe(SCRIPT);
  expect(plain.body).toBe(SCRIPT);
  expect(zipped.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'content-encoding': 'gzip',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
  const font = await server.inject('/console/assets/latin.woff2');
  expect([font.headers['content-type'], font.body]).toEqual(['font/woff2', 'font']);
});

test.each(['other-2.js', 'main-1.js.gz', '..%2Findex.html', '%2e%2e%2findex.html', 'a/b.js', ''])(
  'a missing asset is 404, never the page: %s',
  async (name) => {
    build();
    const server = await start();
    const { statusCode, headers } = await server.inject(`/console/assets/${name}`);
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json']);
  },
);

test('the link of an invitation leads to the console, which reads the rest of it', async () => {
  build();
  const server = await start();
  const { statusCode, headers } = await server.inject('/invite');
  expect([statusCode, headers.location]).toEqual([302, 'console/invite']);
});

test('where the console is not built, a page says how to build it', async () => {
  const server = await start();
  const { statusCode, body, headers } = await server.inject('/console/applicants');
  expect([statusCode, headers['cache-control']]).toEqual([503, 'no-store']);
  expect(body).toContain('npm run build');
  expect((await server.inject('/console/assets/main-1.js')).statusCode).toBe(404);
});
