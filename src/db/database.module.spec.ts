import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { DatabaseProxy } from '../../test/faults/database-proxy.js';
import { loadConfig } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { DatabaseModule } from './database.module.js';
import { isUnavailable } from './errors.js';
import { Listener } from './listen.js';
import { Writers } from './writers.js';

Logger.overrideLogger(false);

let database: FreshDatabase;
let proxy: DatabaseProxy;
/** The database by way of the proxy. */
let url: string;
beforeEach(async () => {
  database = await freshDatabase();
  proxy = new DatabaseProxy();
  url = await proxy.open(database.url);
});
afterEach(async () => {
  await proxy.close();
  await database.drop();
});

async function boot(): Promise<TestingModule> {
  const config = loadConfig({ ROLLCALL_DB_READ_CONNECTIONS: '2', ROLLCALL_DB_WRITE_CONNECTIONS: '1' });
  const builder = Test.createTestingModule({
    imports: [ConfigModule.register(config), DatabaseModule.register(url)],
  });
  return (await builder.compile()).init();
}

/** How many the server sees, beside the one that asks. */
async function connections(): Promise<number> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rowCount } = await client.query(
    'select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
  return rowCount ?? 0;
}

test('reads have every time-out and a name that the server shows', async () => {
  const module = await boot();
  const settings: { name: string; setting: string }[] = await module.get(DataSource).query(
    `select name, setting from pg_settings where name in ('statement_timeout', 'lock_timeout', 'application_name',
       'idle_in_transaction_session_timeout', 'enable_seqscan') order by name`,
  );
  expect(settings.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
    'application_name=rollcall',
    'enable_seqscan=on',
    'idle_in_transaction_session_timeout=10000',
    'lock_timeout=3000',
    'statement_timeout=8000',
  ]);
  await module.close();
});

test('no more connections are made than the settings allow', async () => {
  const module = await boot();
  const asleep = () => module.get(DataSource).query('select pg_sleep(0.05)');
  await Promise.all(Array.from({ length: 6 }, asleep));
  expect(await connections()).toBe(2);
  await module.close();
});

test('a database that is gone fails the boot at once with its reason', async () => {
  proxy.set('cut');
  const started = Date.now();
  const error: unknown = await boot().catch((reason: unknown) => reason);
  expect(isUnavailable(error)).toBe(true);
  expect(Date.now() - started).toBeLessThan(2000);
});

test('a lost connection is no crash, and reads work again', async () => {
  const module = await boot();
  proxy.set('cut');
  proxy.set('fair');
  await module
    .get(DataSource)
    .query('select 1')
    .catch(() => undefined);
  expect(await module.get(DataSource).query('select 1 as one')).toEqual([{ one: 1 }]);
  await module.close();
});

test('closing ends soon although the server fell silent, with all three kinds of connection open', async () => {
  const module = await boot();
  await module.get(Writers).query({ text: 'select 1' });
  await module.get(Listener).on('clients', () => undefined);
  await module.get(DataSource).query('select 1');
  expect(await connections()).toBe(3);
  proxy.set('silent');
  const started = Date.now();
  await module.close();
  expect(Date.now() - started).toBeLessThan(5000);
});
