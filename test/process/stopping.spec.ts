import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { anApplicant } from '../factories/applicant.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { freePort, isAlive, ready, readyAt, run, type Run, token } from './running.js';

jest.setTimeout(240_000);

let database: FreshDatabase;
const servers: Run[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  for (const { child, exited } of servers.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
});
afterAll(() => database.drop());

interface Answer {
  /** After the signal; negative before it. */
  atMs: number;
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Sends callbacks one after the other on a connection that it keeps, until nobody takes new ones. */
async function hammer(url: string, bearer: string, signalledAt: () => number): Promise<Answer[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Answer[] = [];
  for (let n = 0; n < 20_000; n += 1) {
    const sending = request(`${url}/callbacks/success`, {
      method: 'POST',
      agent,
      headers: { authorization: `Bearer ${bearer}` },
    });
    sending.end(JSON.stringify([anApplicant()]));
    try {
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      const { statusCode: status = 0, headers } = response;
      answers.push({ atMs: Date.now() - signalledAt(), status, headers, body: await text(response) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
      return answers;
    }
  }
  throw new Error('still served');
}

test.each([0, 2])(
  'M12 clients that hammer through a stop that drains for %i s are served, then refused, never cut off',
  async (drainSeconds) => {
    const server = run({ DATABASE_URL: database.url, ROLLCALL_DRAIN_SECONDS: String(drainSeconds) });
    servers.push(server);
    const url = await ready(server);
    const bearer = await token(url);
    let signalledAt = Infinity;
    const clients = Array.from({ length: 8 }, () => hammer(url, bearer, () => signalledAt));
    await pause(700);
    signalledAt = Date.now();
    server.child.kill('SIGTERM');
    const readiness = await eventually(async () => {
      const response = await fetch(`${url}/health/ready`).catch(() => undefined);
      return response?.status === 503 ? response : response === undefined ? 'gone' : undefined;
    });
    const perClient = await Promise.all(clients);
    const answers = perClient.flat();
    expect(await server.exited).toBe(0);
    expect(Date.now() - signalledAt).toBeLessThan(10_000);

    const [served, refused] = [200, 503].map((wanted) => answers.filter(({ status }) => status === wanted));
    expect(served!.length + refused!.length).toBe(answers.length);
    // each connection is told once, by a refusal or with what was in flight, and is then gone
    for (const one of perClient) expect(one.at(-1)?.headers.connection).toBe('close');
    expect(answers.filter(({ headers }) => headers.connection === 'close')).toHaveLength(clients.length);
    expect(refused!.length).toBeLessThanOrEqual(clients.length);
    for (const { atMs, headers, body } of refused!) {
      expect(atMs).toBeGreaterThanOrEqual(drainSeconds * 1000);
      expect(headers).toMatchObject({
        connection: 'close',
        'retry-after': '5',
        'content-type': expect.stringContaining('application/problem+json'),
      });
      expect(JSON.parse(body)).toMatchObject({ code: 'SHUTTING_DOWN', status: 503 });
    }
    if (drainSeconds > 0) {
      // a load balancer learns it while everything is served
      expect(readiness).not.toBe('gone');
      expect(served!.some(({ atMs }) => atMs > drainSeconds * 900)).toBe(true);
    }
  },
);

test('M12 the management port drains and stops with the other one', async () => {
  const port = await freePort();
  const server = run({
    DATABASE_URL: database.url,
    ROLLCALL_DRAIN_SECONDS: '2',
    ROLLCALL_MANAGEMENT_PORT: port,
  });
  servers.push(server);
  const url = await ready(server);
  const management = `http://127.0.0.1:${port}`;
  expect(server.output()).toContain(`Management API        http://localhost:${port}\n`);
  server.child.kill('SIGTERM');
  for (const base of [url, management]) {
    await eventually(async () => (await fetch(`${base}/health/ready`)).status === 503 || undefined);
  }
  expect((await fetch(`${management}/metrics`)).status).toBe(200);
  expect(await server.exited).toBe(0);
  await expect(fetch(`${management}/health/live`)).rejects.toThrow();
});

describe('what npm started', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'ends gracefully with npm, on %s to npm alone',
    async (signal) => {
      const port = await freePort();
      const started = run({ DATABASE_URL: database.url, PORT: port, HOME: process.env.HOME ?? '/' }, {}, [
        'npm',
        'start',
      ]);
      const url = `http://127.0.0.1:${port}`;
      await readyAt(url);
      const pid = await eventually(() => {
        const found = /"pid":(\d+)/.exec(started.output())?.[1];
        return found === undefined ? undefined : Number(found);
      });
      expect(pid).not.toBe(started.child.pid);
      started.child.kill(signal);
      await started.exited;
      try {
        await eventually(() => !isAlive(pid), 10_000);
      } finally {
        if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      }
      await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    },
  );

  test('goes on where somebody else started it', async () => {
    const port = await freePort();
    // a shell that leaves its child behind, within npm's environment
    const shell = run(
      { DATABASE_URL: database.url, PORT: port, npm_lifecycle_script: 'something else' },
      { stdio: ['ignore', 'pipe', 'ignore'] },
      ['sh', '-c', 'node scripts/start.mjs >/dev/null & echo $!'],
    );
    await shell.exited;
    const pid = Number(await eventually(() => shell.output().trim() || undefined));
    try {
      await readyAt(`http://127.0.0.1:${port}`);
      expect(isAlive(pid)).toBe(true);
    } finally {
      process.kill(pid, 'SIGTERM');
      await eventually(() => !isAlive(pid), 10_000);
    }
  });
});
