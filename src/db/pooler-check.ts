import { BoundedClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';

const ROUNDS = 10;
const ANSWER_MILLISECONDS = 3000;

/** Between us and Postgres is a pooler that gives one statement or transaction this backend and the next one that. */
class TransactionPoolingError extends Error {
  readonly code = 'DATABASE_POOLER';
  constructor() {
    super(
      'DATABASE_URL leads to a pooler that gives a connection another server process for each transaction. Rollcall ' +
        'needs one for the life of a connection (settings, prepared statements, LISTEN, locks): set pool_mode = session ' +
        'for this database in the pooler, or connect to Postgres directly.',
    );
  }
}

/**
 * Connections keep their backend, or the boot ends. A direct connection is known by its backend, which is the one that
 * greeted us: poolers greet with a number of their own. Behind a pooler, a second connection takes a backend into a
 * transaction, again and again: where backends are lent, it takes the one that was given back last, which was ours.
 * @throws TransactionPoolingError
 */
export async function refuseTransactionPooling(url: string): Promise<void> {
  const options = connectionOptions(url, 'rollcall-check', { answer: ANSWER_MILLISECONDS });
  const [ours, other] = [new BoundedClient(options), new BoundedClient(options)];
  try {
    await ours.connect();
    const backend = await backendOf(ours);
    if (backend === (ours as unknown as { processID: number }).processID) return;
    await other.connect();
    for (let round = 0; round < ROUNDS; round++) {
      const taken = await holding(other, () => backendOf(ours));
      if (taken.theirs === backend || taken.ours !== backend) throw new TransactionPoolingError();
    }
  } finally {
    await Promise.all([ours.end(), other.end()]);
  }
}

/** Asks `work` while `client` has a backend in a transaction. */
async function holding(
  client: BoundedClient,
  work: () => Promise<number>,
): Promise<{ theirs: number; ours: number }> {
  await client.query('begin');
  const theirs = await backendOf(client);
  // a pool of one backend: ours waits for theirs, and is told by the time-out
  const ours = await work().catch(() => 0);
  await client.query('rollback').catch(() => undefined);
  return { theirs, ours };
}

async function backendOf(client: BoundedClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}
