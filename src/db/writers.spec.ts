import { Logger } from '@nestjs/common';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { eventually } from '../../test/harness/processes.js';
import { DatabaseProxy } from '../../test/faults/database-proxy.js';
import { isUnavailable } from './errors.js';
import { Writers } from './writers.js';

Logger.overrideLogger(false);

let database: FreshDatabase;
let proxy: DatabaseProxy;
/** The database by way of the proxy. */
let url: string;
let writers: Writers;
beforeEach(async () => {
  database = await freshDatabase();
  proxy = new DatabaseProxy();
  url = await proxy.open(database.url);
  writers = new Writers(url, 1);
});
afterEach(async () => {
  await writers.onApplicationShutdown();
  await proxy.close();
  await database.drop();
});

async function setting(name: string): Promise<string | undefined> {
  const { rows } = await writers.query<{ value: string }>({
    name: 'setting',
    text: 'select current_setting($1) as value',
    values: [name],
  });
  return rows[0]?.value;
}

test('a writer connection never scans whole tables and has every time-out', async () => {
  expect(await setting('enable_seqscan')).toBe('off');
  expect(await setting('statement_timeout')).toBe('8s');
  expect(await setting('lock_timeout')).toBe('3s');
  expect(await setting('idle_in_transaction_session_timeout')).toBe('10s');
  expect(await setting('plan_cache_mode')).toBe('auto');
  expect(await setting('synchronous_commit')).toBe('on');
});

test('an error of the statement keeps the connection, an unavailable database drops it', async () => {
  const pid = () => writers.query<{ pid: number }>({ text: 'select pg_backend_pid() as pid' });
  const first = (await pid()).rows[0]?.pid;
  await expect(writers.query({ text: 'select 1 / 0' })).rejects.toThrow('division by zero');
  expect((await pid()).rows[0]?.pid).toBe(first);
  await writers
    .query({ text: "set statement_timeout = '20ms'; select pg_sleep(1)" })
    .catch((error: unknown) => expect(isUnavailable(error)).toBe(true));
  expect((await pid()).rows[0]?.pid).not.toBe(first);
});

test('a connection that was cut while lent fails its work and the next one works', async () => {
  const failed = writers.use(async (client) => {
    await client.query('select 1');
    proxy.set('cut');
    proxy.set('fair');
    return client.query('select 2');
  });
  const error: unknown = await failed.catch((reason: unknown) => reason);
  expect(isUnavailable(error)).toBe(true);
  expect(await setting('enable_seqscan')).toBe('off');
});

test('idle connections that break are logged, not thrown', async () => {
  await writers.query({ text: 'select 1' });
  proxy.set('cut');
  proxy.set('fair');
  // the first to come may still meet the broken one
  expect(await eventually(() => setting('enable_seqscan').catch(() => undefined))).toBe('off');
});

test('nobody waits longer than the time-out for a connection of a silent server', async () => {
  proxy.set('silent');
  const started = Date.now();
  const error: unknown = await writers.query({ text: 'select 1' }).catch((reason: unknown) => reason);
  expect(isUnavailable(error)).toBe(true);
  expect(Date.now() - started).toBeLessThan(4500);
});

test('closing ends soon although the server is silent, with a statement in flight too', async () => {
  await writers.query({ text: 'select 1' });
  proxy.set('silent');
  const inFlight = writers.query({ text: 'select 1' }).catch((reason: unknown) => reason);
  const started = Date.now();
  await writers.onApplicationShutdown();
  expect(Date.now() - started).toBeLessThan(6000);
  expect(isUnavailable(await inFlight)).toBe(true);
});
