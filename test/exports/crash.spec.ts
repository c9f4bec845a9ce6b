import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportDto } from '../../src/exports/exports.dto.js';
import { eventually, startBuilt } from '../harness/processes.js';
import { KEYS } from '../harness/app.js';
import { type Exporting, multiply, startExporting } from './exporting.js';
import { StandInStore } from './stand-in-store.js';

jest.setTimeout(120_000);

const PEOPLE = 700;
const PARTS = 3;

const folder = mkdtempSync(join(tmpdir(), 'rollcall-exports-crash-'));
const store = new StandInStore();
let environment: Record<string, string>;
let exporting: Exporting;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  environment = await store.start();
  exporting = await startExporting({ ...environment, ROLLCALL_ROLE: 'api' });
  await exporting.enroll({ applicantId: 'seed' });
  await multiply(exporting.rollcall, 'seed', PEOPLE - 1);
});
afterAll(async () => {
  store.release();
  await end('SIGTERM');
  await exporting.stop();
  await store.stop();
  rmSync(folder, { recursive: true });
});

function startWorker(): void {
  worker = startBuilt('src/main.js', [], {
    ...environment,
    DATABASE_URL: exporting.rollcall.databaseUrl,
    PORT: '0',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_ROLE: 'worker',
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_LOG_LEVEL: 'error',
    ROLLCALL_KEYS: KEYS,
  });
  worker.stdout?.resume();
  worker.stderr?.resume();
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const running = worker;
  if (running === undefined) return;
  worker = undefined;
  const gone = new Promise((resolve) => running.once('exit', resolve));
  running.kill(signal);
  await gone;
}

/** An export whose first part is stored, while its worker waits for the store. */
async function heldUp(): Promise<string> {
  const { id } = await exporting.create({ columns: ['applicantId', 'issuingAuthority'] });
  store.hold(1);
  startWorker();
  await eventually(() => store.holding > 0 || undefined, 60_000);
  return id;
}

test('kill -9 in the middle of an export: there is no half file, and the next worker writes all of it', async () => {
  const id = await heldUp();
  await end('SIGKILL');
  expect(store.parts).toBe(1);
  store.release();
  const refused = await exporting.file(id);
  expect([refused.status, await refused.json()]).toEqual([
    409,
    expect.objectContaining({ code: 'EXPORT_NOT_READY' }),
  ]);

  await exporting.hurry(); // the lease would end in 15 seconds
  expect(await exporting.find(id)).toMatchObject({ state: 'waiting', attempts: 1 });
  startWorker();
  const ready: ExportDto = await exporting.until(id, 'ready');
  expect(ready).toMatchObject({ attempts: 2, rows: PEOPLE, rowsTotal: PEOPLE });
  const file = Buffer.from(await (await exporting.file(id)).arrayBuffer());
  expect(file).toHaveLength(ready.bytes);
  expect(file.toString('utf8').trimEnd().split('\r\n')).toHaveLength(PEOPLE + 1);
  // what the dead one stored is removed
  await eventually(() => store.parts === PARTS || undefined, 60_000);
});

test('SIGTERM in the middle of an export: it is given back at once, and the try does not count', async () => {
  await end('SIGTERM');
  const id = await heldUp();
  const gone = end('SIGTERM');
  await eventually(async () => {
    const reading = await exporting.rollcall.sql(
      "select from pg_stat_activity where application_name = 'rollcall-export' and datname = current_database()",
    );
    return reading.length === 0 || undefined;
  }, 60_000);
  store.release();
  await gone;
  expect(await exporting.find(id)).toMatchObject({ state: 'waiting', attempts: 0, errorCode: null });
});
