import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { isRetryable, isUnavailable, sqlState } from './errors.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** The error of a real client doing a real thing wrong. */
async function errorOf(sql: string, options: pg.ClientConfig = {}): Promise<unknown> {
  const client = new pg.Client({ connectionString: database.url, ...options });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
    throw new Error('it worked');
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

test.each([
  ['a cancelled statement', 'select pg_sleep(5)', { statement_timeout: 30 }, '57014'],
  [
    'a write on a read-only server',
    'create table t ()',
    { options: '-c default_transaction_read_only=on' },
    '25006',
  ],
  ['a terminated connection', 'select pg_terminate_backend(pg_backend_pid())', {}, '57P01'],
])('%s means: the database is not available now', async (_, sql, options, state) => {
  const error = await errorOf(sql, options);
  expect(sqlState(error)).toBe(state);
  expect(isUnavailable(error)).toBe(true);
  expect(isRetryable(error)).toBe(false);
});

test('a silent server means unavailable, by our own time-out', async () => {
  expect(isUnavailable(await errorOf('select pg_sleep(0.4)', { query_timeout: 30 }))).toBe(true);
});

test('nobody listening means unavailable, on one address and on the two of a name', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(isUnavailable(await errorOf('select 1', { connectionString: undefined, host, port }))).toBe(true);
  }
});

test('a server that accepts and says nothing means unavailable, by the time-out for connecting', async () => {
  const server = createServer((socket) => socket.resume());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const error = await errorOf('select 1', {
    connectionString: undefined,
    host: '127.0.0.1',
    port,
    connectionTimeoutMillis: 50,
  });
  await new Promise((done) => server.close(done));
  expect(isUnavailable(error)).toBe(true);
});

test.each(['40001', '40P01', '55P03'])('SQLSTATE %s may be tried again at once', async (state) => {
  const error = await errorOf(`do $$ begin raise exception 'x' using errcode = '${state}'; end $$`);
  expect(isRetryable(error)).toBe(true);
  expect(isUnavailable(error)).toBe(false);
});

test.each(['23505', '22001', '42P01', '21000', '42601'])(
  'SQLSTATE %s is about the statement itself',
  async (state) => {
    const error = await errorOf(`do $$ begin raise exception 'x' using errcode = '${state}'; end $$`);
    expect(sqlState(error)).toBe(state);
    expect(isUnavailable(error)).toBe(false);
    expect(isRetryable(error)).toBe(false);
  },
);

test.each(['53100', '53300', '58030', '08006'])(
  'SQLSTATE %s, wrapped by TypeORM, means unavailable',
  async (state) => {
    const source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    const error: unknown = await source
      .query(`do $$ begin raise exception 'x' using errcode = '${state}'; end $$`)
      .catch((reason: unknown) => reason);
    await source.destroy();
    expect(sqlState(error)).toBe(state);
    expect(isUnavailable(error)).toBe(true);
    expect(isUnavailable(new Error('outer', { cause: error }))).toBe(true);
  },
);

test('other errors are neither', () => {
  for (const error of [new Error('EACCES'), new TypeError('x'), 'text', undefined, null, { code: 42 }]) {
    expect(sqlState(error)).toBeUndefined();
    expect(isUnavailable(error)).toBe(false);
    expect(isRetryable(error)).toBe(false);
  }
});
