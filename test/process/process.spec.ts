import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:net';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { anApplicant } from '../factories/applicant.js';
import { DatabaseProxy } from '../faults/database-proxy.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually, runBuilt } from '../harness/processes.js';
import { ready, run, token } from './running.js';

jest.setTimeout(60_000);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('M12 boot', () => {
  test.each<[string, Record<string, string>, RegExp[]]>([
    [
      'wrong settings, all in one message',
      { PORT: 'x', ROLLCALL_KEYS: 'short', ROLLCALL_API_KEY: 'tiny' },
      [/PORT/, /ROLLCALL_KEYS/, /ROLLCALL_API_KEY/],
    ],
    [
      '3.3 a wrong dialect file beside other faults, all in one message',
      {
        ROLLCALL_NULLS_CLEAR: 'foo',
        ROLLCALL_PUBLIK_URL: 'x',
        ENROLL_DIALECT: 'test/enroll-client/typo.yaml',
      },
      [/4 setting\(s\)|NULLS_CLEAR: must be fields/, /PUBLIC_URL\?/, /ENROLL_DIALECT: .*line 2, nane/],
    ],
    ['no database in production', { NODE_ENV: 'production' }, [/DATABASE_URL: required in production/]],
    [
      'an example secret in production',
      {
        NODE_ENV: 'production',
        DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
        ROLLCALL_CLIENT_SECRET: 'change-me-change-me',
      },
      [/ROLLCALL_CLIENT_SECRET/, /example/],
    ],
    [
      'a database that does not answer',
      {
        DATABASE_URL: 'postgres://someone:hidden-password@127.0.0.1:1/nothing',
        ROLLCALL_DB_WAIT_SECONDS: '0',
      },
      [/DATABASE_UNREACHABLE/, /DATABASE_URL/],
    ],
  ])('%s: exit 1 and a message that names it', async (_, env, expected) => {
    const server = run(env);
    expect(await server.exited).toBe(1);
    for (const text of expected) expect(server.errors()).toMatch(text);
    expect(server.errors() + server.output()).not.toContain('hidden-password');
  });

  test('a wrong password is not waited for', async () => {
    const url = new URL(database.url);
    url.password = 'hidden-password';
    const server = run({ DATABASE_URL: url.href });
    expect(await server.exited).toBe(1);
    expect(server.errors()).toMatch(/DATABASE_UNREACHABLE.*Check user and password/);
    expect(server.errors() + server.output()).not.toContain('hidden-password');
  });

  test('a database that is away is waited for: live, not ready, 503 with Retry-After; and it serves once that is there', async () => {
    const proxy = new DatabaseProxy();
    const url = await proxy.open(database.url);
    proxy.set('cut');
    const port = await freePort();
    const server = run({ DATABASE_URL: url, PORT: String(port), ROLLCALL_HOST: '' });
    const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
    const refused = await eventually(async () => {
      const answer = await ask('/health/ready').catch(() => undefined);
      return answer !== undefined && (await answer.text()).includes('database: away') ? answer : undefined;
    }, 30_000);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await (await ask('/health/live')).json()).toEqual({ status: 'live' });
    const callback = await ask('/callbacks/success', { method: 'POST', body: '[]' });
    expect([callback.status, callback.headers.get('content-type')]).toEqual([
      503,
      'application/problem+json',
    ]);
    expect([callback.headers.get('retry-after'), ((await callback.json()) as { code: string }).code]).toEqual(
      ['5', 'DATABASE_UNAVAILABLE'],
    );
    // by no other address: outside production it listens on 127.0.0.1 alone
    await expect(fetch(`http://127.0.0.2:${port}/health/live`)).rejects.toThrow();
    proxy.set('fair');
    await ready(server);
    await expect(fetch(`http://127.0.0.2:${port}/health/live`)).rejects.toThrow();
    expect((await ask('/callbacks/success', { method: 'POST', body: '[]' })).status).toBe(401);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
    await proxy.close();
  });

  test('where it stays away the process ends, after the time that was set, and says why', async () => {
    const server = run({
      DATABASE_URL: 'postgres://someone:hidden-password@127.0.0.1:1/nothing',
      ROLLCALL_DB_WAIT_SECONDS: '2',
      ROLLCALL_PUBLIC_URL: 'http://rollcall.example.org',
    });
    expect(await server.exited).toBe(1);
    // said at boot, whatever comes of it
    expect(server.output()).toMatch(
      /"context":"Settings".*ROLLCALL_PUBLIC_URL: callbacks arrive unencrypted/,
    );
    expect(server.errors()).toMatch(/ECONNREFUSED.*waited for 2 s \(ROLLCALL_DB_WAIT_SECONDS\)/);
    expect(server.errors() + server.output()).not.toContain('hidden-password');
  });

  test('a stop while the database is waited for is a stop', async () => {
    const server = run({ DATABASE_URL: 'postgres://someone:pw@127.0.0.1:1/nothing' });
    await eventually(() => server.output().includes('Waiting for the database'), 30_000);
    server.child.kill('SIGTERM');
    expect(await server.exited).toBe(0);
  });

  test('a port that is taken: exit 1 and a message that names it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const server = run({ DATABASE_URL: database.url, PORT: port });
    expect(await server.exited).toBe(1);
    expect(server.errors()).toMatch(new RegExp(`EADDRINUSE.*${port}`));
    other.close();
  });

  test('another key than the one that sealed the data: exit 1, naming the key', async () => {
    const first = run({ DATABASE_URL: database.url });
    await ready(first);
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const other = run({
      DATABASE_URL: database.url,
      ROLLCALL_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
    });
    expect(await other.exited).toBe(1);
    expect(other.errors()).toMatch(/KEY_WRONG.*k1/);
  });
});

describe('3.4 a server without ROLLCALL_PUBLIC_URL', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-process-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));
  const doctor = async () => {
    const { stdout } = await runBuilt('src/cli/main.js', ['--json', 'doctor'], {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      ROLLCALL_DATA_DIR: dataDir,
    });
    const { findings } = JSON.parse(stdout) as {
      findings: { check: string; status: string; found: string }[];
    };
    return findings.find(({ check }) => check === 'public URL');
  };

  test('says where it is reached, and the doctor asks there, not at port 3000', async () => {
    const server = run({ DATABASE_URL: database.url });
    const port = new URL(await ready(server)).port;
    const worker = run({ DATABASE_URL: database.url, ROLLCALL_ROLE: 'worker' });
    await eventually(() => worker.output().includes('Rollcall is ready: a worker') || undefined, 30_000);
    expect(await doctor()).toMatchObject({
      status: 'ok',
      found: `this installation answers at http://localhost:${port}`,
    });
    for (const { child } of [server, worker]) child.kill('SIGTERM');
    expect(await Promise.all([server.exited, worker.exited])).toEqual([0, 0]);
    expect(await doctor()).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/^no answer/),
      tried: `http://localhost:${port}/health/live`,
    });
  });
});

describe('M12 SIGTERM', () => {
  test('what is in flight is finished, nothing new is taken, who says nothing is cut off, exit 0 within 10 s', async () => {
    const server = run({ DATABASE_URL: database.url });
    const url = await ready(server);
    const bytes = Buffer.from(JSON.stringify([anApplicant({ applicantId: 'in-flight' })]));
    const sending = request(`${url}/callbacks/success`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await token(url)}`, 'content-length': bytes.length },
    });
    const answered = once(sending, 'response');
    sending.write(bytes.subarray(0, 10));
    const silent = connect(Number(new URL(url).port), '127.0.0.1').resume();
    silent.on('error', () => undefined); // it is cut off
    await sleep(200);
    const stoppedAt = Date.now();
    server.child.kill('SIGTERM');
    const isTaken = () =>
      fetch(`${url}/health/live`).then(
        () => undefined,
        () => false,
      );
    await eventually(async () => (await isTaken()) === false);
    sending.end(bytes.subarray(10));
    const [response] = (await answered) as [{ statusCode: number; resume(): void }];
    expect(response.statusCode).toBe(200);
    response.resume();
    expect(await server.exited).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  });
});

test('three replicas that boot at once on an empty database all come up, and take each other’s tokens', async () => {
  const empty = await freshDatabase({ migrated: false });
  const servers = [1, 2, 3].map(() => run({ DATABASE_URL: empty.url }));
  const urls = await Promise.all(servers.map(ready));
  const issued = await token(urls[0] ?? '');
  for (const url of urls) {
    const response = await fetch(`${url}/callbacks/success`, {
      method: 'POST',
      headers: { authorization: `Bearer ${issued}` },
      body: JSON.stringify([anApplicant()]),
    });
    expect(response.status).toBe(200);
  }
  for (const server of servers) server.child.kill('SIGTERM');
  expect(await Promise.all(servers.map((server) => server.exited))).toEqual([0, 0, 0]);
  await empty.drop();
});
