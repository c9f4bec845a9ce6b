import pg, { type PoolClient } from 'pg';
import { insertWords, sweepWords } from '../../src/applicants/name-words.repository.js';
import { WRITE_VERSIONS, writeVersionsParameters } from '../../src/applicants/versions.repository.js';
import type { Tx } from '../../src/db/tx.js';
import { nearOf } from '../../src/enroll-contract/one-letter.js';
import { skeletonOf } from '../../src/enroll-contract/skeleton.js';
import { commit } from '../../src/inbox/inbox.repository.js';
import { uuidv7 } from '../../src/inbox/intake.js';
import type { Applicants } from '../load/applicants.js';
import { cut, listOf, MainJob, read } from './main-job.js';

const PER_STATEMENT = 500;
const CONNECTIONS = 3;

/**
 * Fills a database with the applicants numbered from 0, by the server's own functions and its own write statement with
 * all indexes in place, but without HTTP and receipts: the rows open like any others.
 * @param receivedAt when the applicants from this number on were received
 */
export async function seed(
  url: string,
  applicants: Applicants,
  count: number,
  receivedAt: (from: number) => Date = () => new Date(),
): Promise<void> {
  const job = new MainJob();
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    options: '-c enable_seqscan=off -c synchronous_commit=off',
  });
  let next = 0;
  const write = async (): Promise<void> => {
    const connection = await pool.connect();
    try {
      while (next < count) {
        const from = next;
        next = Math.min(count, from + PER_STATEMENT);
        await writeOnce(connection, job, listOf(applicants, from, next), receivedAt(from));
      }
    } finally {
      connection.release();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, write));
  await pool.query('vacuum analyze applicants, changes');
  await learnNames(pool);
  // these versions came long ago: no follower has them still before it
  await pool.query(
    `insert into feed_cursors (follower) values ('name-words'), ('webhooks') on conflict do nothing`,
  );
  await pool.query(
    'update feed_cursors set (tx, seq) = (select tx, seq from changes order by tx desc, seq desc limit 1)',
  );
  await pool.query('checkpoint');
  await pool.end();
}

/** As the sweep of every night does. */
async function learnNames(pool: pg.Pool): Promise<void> {
  const tx = {
    query: async (text: string, values?: unknown[]) => (await pool.query(text, values)).rows as unknown[],
  };
  const words = await sweepWords(tx as Tx);
  await insertWords(
    tx as Tx,
    words.map((word) => ({ word, skeleton: skeletonOf(word), near: nearOf(word) })),
  );
}

async function writeOnce(
  connection: PoolClient,
  job: MainJob,
  body: Buffer,
  receivedAt: Date,
): Promise<void> {
  const origin = { receiptId: uuidv7(), receivedAt };
  const rows = read(cut(body)).map((element) => job.decide(job.unknown(element), element, origin));
  rows.sort((a, b) => (a.applicantId < b.applicantId ? -1 : 1));
  const versions = writeVersionsParameters(rows);
  await commit(connection, WRITE_VERSIONS, { versions, receipts: [], quarantine: [], repeats: [] });
}
