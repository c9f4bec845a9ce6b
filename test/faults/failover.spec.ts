import { setTimeout as sleep } from 'node:timers/promises';
import { Jobs } from '../../src/jobs/jobs.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { DatabaseProxy } from './database-proxy.js';

jest.setTimeout(90_000);

/** A connection that is asked in vain is given up after 10 s. */
const LONGER_THAN_PATIENCE_MS = 14_000;
const READ_CONNECTIONS = 4;

let rollcall: TestApp;
let proxy: DatabaseProxy;
let serial = 0;

beforeEach(async () => {
  proxy = new DatabaseProxy();
  const env = { ROLLCALL_DB_READ_CONNECTIONS: String(READ_CONNECTIONS) };
  rollcall = await startApp({ env, route: (url) => proxy.open(url) });
  await rollcall.app.get(Jobs).ready();
  await Promise.all([read(), read(), read(), read(), callback(), callback()]);
});
afterEach(async () => {
  proxy.set('cut');
  await rollcall.stop();
  await proxy.close();
});

const read = async () => (await rollcall.api('/api/v1/receipts?limit=1')).status;
const ready = async () => (await fetch(`${rollcall.url}/health/ready`)).status;
/** Why it is not ready. */
const reasons = async () =>
  ((await (await fetch(`${rollcall.url}/health/ready`)).json()) as { reasons?: string[] }).reasons ?? [];
const callback = async () =>
  (await rollcall.callback('success', [{ ...anApplicant(), applicantId: `failover-${(serial += 1)}` }]))
    .status;

/** Backends that serve the application, by the name of what uses them. */
async function backends(): Promise<Map<number, string>> {
  const rows = await rollcall.sql<{ pid: number; name: string }>(
    `select pid, application_name as name from pg_stat_activity
     where datname = current_database() and application_name like 'rollcall%'`,
  );
  return new Map(rows.map(({ pid, name }) => [pid, name]));
}

/** A job that was sent is worked off. */
async function expectJobsWork(withinMs: number): Promise<void> {
  const sent = await rollcall.api('/api/v1/exports', {
    method: 'POST',
    body: JSON.stringify({ what: 'applicants', format: 'csv' }),
  });
  const { id } = (await sent.json()) as { id: string };
  await eventually(async () => {
    const { state } = (await (await rollcall.api(`/api/v1/exports/${id}`)).json()) as { state: string };
    return state === 'ready' || undefined;
  }, withinMs);
}

test('after a long silence readers, writers and jobs are back within three seconds, and stay', async () => {
  const before = await backends();
  proxy.set('silent');
  // every connection of the pool loses a statement
  const lost = Promise.all(Array.from({ length: READ_CONNECTIONS }, read));
  await sleep(LONGER_THAN_PATIENCE_MS);
  expect(new Set(await lost)).toEqual(new Set([503]));
  proxy.set('fair');
  await eventually(async () => (await ready()) === 200 || undefined, 3000);
  for (let look = 0; look < 30; look++) {
    expect([await reasons(), await read(), await callback()]).toEqual([[], 200, 200]);
  }
  await expectJobsWork(10_000);
  // an attempt to connect that began in the silence lasts 3 s
  const names = [...new Set(before.values())];
  const after = await eventually(async () => {
    const found = await backends();
    return names.every((name) => [...found.values()].includes(name)) ? found : undefined;
  }, 5000);
  expect([...after.keys()].filter((pid) => before.has(pid))).toEqual([]);
});

test('after a failover behind one address a callback is taken at once, and nothing stays with the demoted server', async () => {
  const before = await backends();
  await proxy.demote();
  expect(await callback()).toBe(200);
  expect([await read(), await ready()]).toEqual([200, 200]);
  const after = await backends();
  expect([...after.keys()].filter((pid) => before.has(pid))).toEqual([]);
  await expectJobsWork(10_000);
});

test('readers who never write notice it too: notifications, reads and jobs come from the new server', async () => {
  const before = await backends();
  await proxy.demote();
  await eventually(async () => {
    const after = await backends();
    const left = [...after.keys()].every((pid) => !before.has(pid));
    return (left && [...after.values()].includes('rollcall-listener')) || undefined;
  }, 12_000);
  expect([await read(), await ready(), await callback()]).toEqual([200, 200, 200]);
});
