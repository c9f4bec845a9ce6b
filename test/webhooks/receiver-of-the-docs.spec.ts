import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { projectRoot } from '../../src/config/root.js';
import { generateSecret, signatureHeaders } from '../../src/webhooks/signature.js';
import { SignedPost } from '../../src/webhooks/signed-post.service.js';
import { TargetGuard } from '../../src/webhooks/target-guard.js';
import { eventually } from '../harness/processes.js';
import { ALLOW_LOOPBACK } from './handing-on.js';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-receiver-'));
const secret = generateSecret();
const port = 20_000 + (process.pid % 10_000);
const url = `http://127.0.0.1:${port}/`;
const body = '{"type":"applicant.created","data":{"applicantId":"a-1"}}';
const post = new SignedPost(new TargetGuard(loadConfig({ NODE_ENV: 'test', ...ALLOW_LOOPBACK })));
let receiver: ChildProcess;
let printed = '';

beforeAll(async () => {
  const page = readFileSync(join(projectRoot, 'docs', 'webhooks.md'), 'utf8');
  const [, code = ''] = /```js receiver\.mjs\n(.*?)```/s.exec(page) ?? [];
  expect(code.split('\n').length).toBeLessThan(30);
  const file = join(folder, 'receiver.mjs');
  writeFileSync(file, code);
  receiver = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await eventually(() =>
    fetch(url).then(
      () => true,
      () => undefined,
    ),
  );
});
afterAll(async () => {
  const gone = new Promise((resolve) => receiver.once('exit', resolve));
  receiver.kill();
  await gone;
  post.onApplicationShutdown();
  rmSync(folder, { recursive: true });
});

const send = (id: string, secrets: string[]) => post.send({ url, id, body, secrets, timeoutMs: 5000 });

test('the receiver of the docs takes each genuine event once', async () => {
  expect(await send('msg_1', [secret])).toMatchObject({ ok: true });
  expect(await send('msg_1', [secret])).toMatchObject({ ok: true });
  expect(await send('msg_2', [generateSecret(), secret])).toMatchObject({ ok: true });
  await eventually(() => printed.split('\n').length === 3);
  expect(printed).toBe(`${body}\n${body}\n`);
});

test('it refuses another secret, another body, an old time, and no signature at all', async () => {
  expect(await send('msg_3', [generateSecret()])).toMatchObject({ ok: false, status: 401 });
  const headers = (at: Date) => signatureHeaders({ id: 'msg_4', body, secrets: [secret] }, at);
  const ask = async (given: Record<string, string>, sent = body) =>
    (await fetch(url, { method: 'POST', headers: given, body: sent })).status;
  expect(await ask(headers(new Date()))).toBe(204);
  expect(await ask(headers(new Date()), `${body} `)).toBe(401);
  expect(await ask(headers(new Date(Date.now() - 301_000)))).toBe(401);
  expect(await ask(headers(new Date(Date.now() + 301_000)))).toBe(401);
  expect(await ask({})).toBe(401);
});
