import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RetentionRunDto } from '../../src/retention/retention.dto.js';
import { API_KEY, CLIENT, KEYS, startApp, type TestApp } from '../harness/app.js';
import { eventually, startBuilt } from '../harness/processes.js';

jest.setTimeout(180_000);

const ROWS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-retention-crash-'));
let rollcall: TestApp;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
});
afterAll(async () => {
  await end('SIGTERM');
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});

/** A process that does nothing but work. */
function startWorker(): void {
  worker = startBuilt('src/main.js', [], {
    DATABASE_URL: rollcall.databaseUrl,
    PORT: '0',
    ROLLCALL_ROLE: 'worker',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_LOG_LEVEL: 'error',
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
  });
  worker.stdout?.resume();
  worker.stderr?.resume();
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (worker === undefined || worker.exitCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill(signal);
  await gone;
  worker = undefined;
}

async function removed(): Promise<{ counted: number; left: number }> {
  const [row] = await rollcall.sql<{ counted: number; left: number }>(
    `select (select removed::int from retention_steps where class = 'sessions') as counted,
       (select count(*)::int from session_tokens) as left`,
  );
  return row!;
}

test('killed with -9 in the middle, a run goes on in the next process: what it counts is what is gone', async () => {
  await rollcall.sql(
    `insert into session_tokens (id, kind, minted_by, minted_at)
     select gen_random_uuid(), 'onboarding', 'test', now() - interval '2 years' from generate_series(1, ${ROWS})`,
  );
  const begun = await rollcall.api('/api/v1/retention/runs', { method: 'POST', body: '{}' });
  const { id } = (await begun.json()) as RetentionRunDto;
  startWorker();
  await eventually(async () => (await removed()).counted > 0 || undefined, 60_000);
  await end('SIGKILL');
  const { counted, left } = await removed();
  expect({ counted, sum: counted + left }).toEqual({ counted: expect.any(Number) as number, sum: ROWS });
  expect(left).toBeGreaterThan(0);
  startWorker();
  const run = await eventually(async () => {
    const now = (await (await rollcall.api(`/api/v1/retention/runs/${id}`)).json()) as RetentionRunDto;
    return now.state === 'running' ? undefined : now;
  }, 120_000);
  expect(run.state).toBe('completed');
  expect(run.classes.find((one) => one.class === 'sessions')).toMatchObject({ removed: ROWS, state: 'done' });
  expect(await removed()).toEqual({ counted: ROWS, left: 0 });
});
