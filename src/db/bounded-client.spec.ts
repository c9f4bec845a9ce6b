import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { BoundedClient } from './bounded-client.js';
import { isUnavailable } from './errors.js';
import { poolOptions } from './pool-options.js';

let database: FreshDatabase;
let client: BoundedClient;
beforeEach(async () => {
  database = await freshDatabase();
  client = new BoundedClient({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

/** Stops the server's process of this connection for the time of `work`: nothing is read, answered or closed. */
async function whileFrozen(work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

test('a server that answers is left at once', async () => {
  const started = Date.now();
  await client.end();
  expect(Date.now() - started).toBeLessThan(1000);
});

test('a server that never closes its side is left after a short goodbye', () =>
  whileFrozen(async () => {
    const started = Date.now();
    await client.end();
    expect(Date.now() - started).toBeLessThan(3000);
  }));

test('by callback too, as pools do', () =>
  whileFrozen(() => new Promise<void>((done) => client.end(() => done()))));

test('after a statement that timed out it is not lent again, though its pool is not told', async () => {
  const pool = new pg.Pool(poolOptions(database.url, 'test', 1));
  const lent = await pool.connect();
  const { processID } = lent as unknown as { processID: number };
  await expect(lent.query("set statement_timeout = '20ms'; select pg_sleep(1)")).rejects.toMatchObject({
    code: '57014',
  });
  lent.release();
  expect(await pool.query('select pg_backend_pid() as pid')).not.toMatchObject({
    rows: [{ pid: processID }],
  });
  await pool.end();
});

test('after a statement that a bound of its own has ended it is lent again', async () => {
  const pool = new pg.Pool(poolOptions(database.url, 'test', 1));
  const lent = (await pool.connect()) as unknown as BoundedClient & pg.PoolClient;
  const { processID } = lent as unknown as { processID: number };
  const slow = () => lent.query("set statement_timeout = '20ms'; select pg_sleep(1)");
  await expect(lent.impatiently(slow)).rejects.toMatchObject({ code: '57014' });
  lent.release();
  expect(await pool.query('select pg_backend_pid() as pid')).toMatchObject({ rows: [{ pid: processID }] });
  await pool.end();
});

test('a server that takes no writes is refused as unavailable', async () => {
  await client.query(`alter database ${database.name} set default_transaction_read_only = on`);
  const late = new BoundedClient({ connectionString: database.url });
  const error: unknown = await late.connect().catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: '25006', message: expect.stringContaining('takes no writes') });
  expect(isUnavailable(error)).toBe(true);
});

test('one that meets a demoted server takes its peers along, but none of another address', async () => {
  const [peer, stranger] = [database.url, `${database.url}?keepalives=1`].map(
    (connectionString) => new BoundedClient({ connectionString }),
  ) as [BoundedClient, BoundedClient];
  await Promise.all([peer.connect(), stranger.connect()]);
  await client.query('set default_transaction_read_only = on');
  const left = new Promise((resolve) => peer.once('error', resolve));
  await expect(client.query('create table t (n int)')).rejects.toMatchObject({ code: '25006' });
  expect(isUnavailable(await left)).toBe(true);
  expect((await stranger.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await stranger.end();
});
