import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anApplicant } from '../factories/applicant.js';
import { API_KEY, CLIENT, KEYS } from '../harness/app.js';
import { eventually, startBuilt } from '../harness/processes.js';
import { type Counted, isAtTheEnd, startCounted } from './counted.js';

jest.setTimeout(120_000);

const APPLICANTS = 3000;
const PER_CALLBACK = 100;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-stats-crash-'));

let counted: Counted;
const workers = new Set<ChildProcess>();

beforeAll(async () => {
  counted = await startCounted();
});
afterAll(async () => {
  await Promise.all([...workers].map((worker) => end(worker, 'SIGTERM')));
  await counted.stop();
  rmSync(folder, { recursive: true });
});

/** A process that does nothing but work. */
function startWorker(): ChildProcess {
  const worker = startBuilt('src/main.js', [], {
    DATABASE_URL: counted.rollcall.databaseUrl,
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
  workers.add(worker);
  return worker;
}

async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill(signal);
  await gone;
}

async function post(from: number, kind: 'success' | 'fail', fields: object): Promise<void> {
  const list = Array.from({ length: PER_CALLBACK }, (_, at) => {
    const applicantId = `c-${from + at}`;
    return kind === 'success' ? anApplicant({ applicantId }) : { applicantId, isUpdate: true, ...fields };
  });
  expect((await counted.rollcall.callback(kind, list)).status).toBe(200);
}

async function created(): Promise<number> {
  const [row] = await counted.rollcall.sql<{ n: number }>(
    `select coalesce(sum(n), 0)::int as n from stats where topic = 'event.type' and grain = 'hour'`,
  );
  return row!.n;
}

test('two processes at work, one killed with -9 in the middle of it: nothing is lost or counted twice', async () => {
  for (let from = 0; from < APPLICANTS; from += PER_CALLBACK) await post(from, 'success', {});
  const [first, second] = [startWorker(), startWorker()];
  const updating = (async () => {
    for (let from = 0; from < APPLICANTS; from += PER_CALLBACK) {
      await post(from, 'fail', { status: 5, nationality: 'SDN' });
    }
  })();
  const before = await eventually(async () => (await created()) || undefined, 60_000);
  await end(first, 'SIGKILL');
  expect(before).toBeLessThan(2 * APPLICANTS);

  await updating;
  await eventually(() => isAtTheEnd(counted.rollcall), 60_000);
  await end(second, 'SIGTERM');
  await counted.catchUp();
  const { applicants, events } = await counted.expectProven();
  expect({ applicants, events: await created() }).toEqual({ applicants: APPLICANTS, events });
});
