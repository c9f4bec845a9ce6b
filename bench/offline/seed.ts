import pg, { type PoolClient } from 'pg';
import { WRITE_VERSIONS, writeVersionsParameters } from '../../src/applicants/versions.repository.js';
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
  // these versions came long ago: no job has them still before it
  await pool.query(
    'update feed_cursors set (tx, seq) = (select tx, seq from changes order by tx desc, seq desc limit 1)',
  );
  await pool.query('checkpoint');
  await pool.end();
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
