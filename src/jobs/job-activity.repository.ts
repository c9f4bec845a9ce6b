import type { Tx } from '../db/tx.js';
import { JOBS_SCHEMA } from './boss.js';

/** Most jobs that are counted of one queue in one state: the call stays cheap however many there are. */
const MOST_COUNTED = 1000;

export interface QueueActivity {
  name: string;
  waiting: number;
  running: number;
  /** Dead letters: jobs that were given up after their last try. */
  failed: number;
  oldestWaitingAt: Date | null;
  /** Of the jobs that are kept, for a day at least. */
  lastFinishedAt: Date | null;
  lastFailedAt: Date | null;
  /** Processes whose heartbeat is fresh and that work the queue off. */
  processes: number;
}

/**
 * What each of these queues does. A few index scans of at most `MOST_COUNTED` rows for each: `job_i11` (waiting), `job_i14` (running,
 * dead letters), `job_i16` (finished), `job_i15` (newest dead letter); and the handful of processes, which name their queues a minute
 * after they have started.
 */
export async function readQueueActivity(tx: Tx, names: readonly string[]): Promise<QueueActivity[]> {
  const job = `${JOBS_SCHEMA}.job`;
  return tx.query<QueueActivity[]>(
    `select q.name, waiting.n as waiting, running.n as running, dead.n as failed, waiting.oldest as "oldestWaitingAt",
       (select completed_on from ${job} where name = q.name and completed_on is not null and state = 'completed'
        order by completed_on desc limit 1) as "lastFinishedAt",
       (select created_on from ${job} where name = q.name || '.dead' order by created_on desc limit 1) as "lastFailedAt",
       (select count(*)::int from ${JOBS_SCHEMA}.instance where stopped_on is null
        and heartbeat_on > now() - heartbeat_seconds * 3 * interval '1 second'
        and (workers = '[]' or workers @> jsonb_build_array(jsonb_build_object('queue', q.name)))) as processes
     from unnest($1::text[]) as q (name),
     lateral (select count(*)::int as n, min(created_on) as oldest from (
       select created_on from ${job} where name = q.name and state < 'active' and not blocked
       order by priority desc, created_on limit ${MOST_COUNTED}) jobs) waiting,
     lateral (select count(*)::int as n from (
       select from ${job} where name = q.name and state = 'active' limit ${MOST_COUNTED}) jobs) running,
     lateral (select count(*)::int as n from (
       select from ${job} where name = q.name || '.dead' and state = 'created' limit ${MOST_COUNTED}) jobs) dead`,
    [names],
  );
}

/** Those of these polls that some process holds now. Primary key. */
export async function readHeldPolls(tx: Tx, names: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ name: string }[]>(
    'select name from job_watches where name = any($1::text[]) and lease_until > now()',
    [names],
  );
  return rows.map(({ name }) => name);
}
