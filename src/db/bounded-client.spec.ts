import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { BoundedClient } from './bounded-client.js';

let database: FreshDatabase;
let client: BoundedClient;
beforeEach(async () => {
  database = await freshDatabase();
  client = new BoundedClient({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
});
afterEach(() => database.drop());

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
