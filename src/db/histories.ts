import { Logger } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { withClient } from './bounded-client.js';
import { sqlState } from './errors.js';
import { inTransaction } from './in-transaction.js';
import { connectionOptions, ENDLESS } from './pool-options.js';
import type { Tx } from './tx.js';

/**
 * A history is a stretch of the database's life within which a transaction id means one transaction:
 *
 * | reason | a new history begins | who notices |
 * |---|---|---|
 * | `first` | with the migration | |
 * | `timeline` | after a failover, or a physical restore to an earlier time: later changes are lost, their ids are given out again | every row by itself; we record it |
 * | `cluster` | on another server: dump and restore, an upgrade by copy, `pg_upgrade` | the first process that connects, before its first statement |
 * | `counter` | if rows carry ids that the server has not given out yet | the same |
 * | `asked` | with `rollcall db adopt --anyway`: nothing shows that a disk was reset to a snapshot | an operator |
 *
 * A newer history has a greater number, so its events come after those of all older ones.
 */
export type HistoryReason = 'first' | 'timeline' | 'cluster' | 'counter' | 'asked';

export interface History {
  /** A bigint as text. */
  history: string;
  timeline: string;
  cluster: string;
  reason: HistoryReason;
  beganAt: Date;
}

/** Room for 2^24 timelines between two servers that are adopted within one second of each other. */
const TIMELINES = 16_777_216;
/** In recovery a server has no timeline of its own yet. */
const STANDBY_STATE = '55000';
const NOT_ALLOWED = '42501';
const LOCK = 7_655_322_140;
const ADOPT_LOCK_MS = 60_000;

const COLUMNS = `history::text, timeline::text, cluster, reason, began_at as "beganAt"`;
const aheadIn = (table: string) => `
  (select true from ${table} c where c.history = n.history and c.tx >= pg_snapshot_xmax(pg_current_snapshot())
   order by c.history, c.tx limit 1)`;

/** One row of `histories`, and two probes of `changes_place` of each month and `notices_place`. */
const LOOK = `
select case
    when h.cluster <> current_cluster() or n.history < h.history then 'cluster'
    when coalesce(${aheadIn('changes')}, ${aheadIn('notices')}) then 'counter'
    when n.history > h.history then 'timeline' end as reason
from (select * from histories order by history desc limit 1) h, history_now n`;

/**
 * Begins a new history if the database has moved to another server or was set back. Every connection must call this before
 * its first statement.
 * @returns the history that this call began; undefined if nothing changed, or the server is a standby
 */
export async function recogniseHistory(client: ClientBase): Promise<History | undefined> {
  try {
    const { rows } = await client.query<{ reason: HistoryReason | null }>(LOOK);
    const reason = rows[0]?.reason ?? null;
    return reason === null ? undefined : await beginHistory(client, reason);
  } catch (error) {
    if (sqlState(error) === STANDBY_STATE) return undefined;
    throw error;
  }
}

/**
 * Begins a new history. Unless only the timeline changed, it first waits for transactions that write to the feed, since a
 * row of an older history must not come late. `seq` continues above everything that was given out before.
 * @returns undefined if another process was faster
 */
async function beginHistory(client: ClientBase, reason: HistoryReason): Promise<History | undefined> {
  return inTransaction(client, async () => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    if (reason !== 'asked') {
      const { rows } = await client.query<{ reason: HistoryReason }>(LOOK);
      if (rows[0]?.reason !== reason) return undefined;
    }
    return reason === 'timeline' ? noteTimeline(client) : raise(client, reason);
  });
}

async function noteTimeline(client: ClientBase): Promise<History | undefined> {
  const { rows } = await client.query<History>(
    `insert into histories (history, timeline, cluster, reason)
     select history, timeline, current_cluster(), 'timeline' from history_now returning ${COLUMNS}`,
  );
  return rows[0];
}

/** The number is the time, so that two copies of a database that both go on do not use one number for two histories. */
async function raise(client: ClientBase, reason: HistoryReason): Promise<History | undefined> {
  await client.query('lock table changes, notices in share mode');
  const { rows } = await client.query<History>(
    `insert into histories (history, timeline, cluster, reason)
     select greatest((extract(epoch from clock_timestamp())::bigint) * ${TIMELINES}, n.history + 1, h.history + 1),
       n.timeline, current_cluster(), $1
     from history_now n, (select max(history) as history from histories) h returning ${COLUMNS}`,
    [reason],
  );
  // a dump contains the sequence, a copy by logical replication does not
  await client.query(
    `select setval('changes_seq', greatest(last_value, $1::bigint)) from changes_seq
     where has_sequence_privilege('changes_seq', 'update')`,
    [rows[0]?.history],
  );
  return rows[0];
}

const LATEST = `select ${COLUMNS} from histories order by history desc limit 1`;

/** Primary key. The first one is there from the migration on. */
export async function latestHistory(tx: Tx): Promise<History> {
  const [latest] = await tx.query<[History]>(LATEST);
  return latest;
}

/**
 * Accepts a database that was restored, moved or set back.
 * @param anyway begins a new history even if nothing shows the need for one
 */
export async function adoptDatabase(
  url: string,
  anyway: boolean,
): Promise<{ begun: boolean; present: History }> {
  const options = connectionOptions(url, 'rollcall-adopt', { ...ENDLESS, lock: ADOPT_LOCK_MS });
  return withClient(options, async (client) => {
    const begun =
      (await recogniseHistory(client)) ?? (anyway ? await beginHistory(client, 'asked') : undefined);
    const { rows } = await client.query<History>(LATEST);
    return { begun: begun !== undefined, present: rows[0] as History };
  });
}

const log = new Logger('Database');

/** `recogniseHistory` for pools. It logs the history that it began. */
export async function recogniseOnConnect(client: ClientBase): Promise<void> {
  const begun = await recogniseHistory(client).catch((error: unknown) => {
    if (sqlState(error) !== NOT_ALLOWED) throw error;
    throw new Error(
      'The database has moved or was set back, and this role may not adopt it: run `rollcall db adopt` as its owner.',
      { cause: error },
    );
  });
  if (begun === undefined) return;
  const { timeline, reason } = begun;
  log.warn({ code: 'HISTORY_BEGUN', timeline, reason }, MESSAGES[reason]);
}

const MESSAGES: Record<HistoryReason, string> = {
  first: 'The database is new.',
  timeline:
    'The database was failed over or restored to an earlier time. Every reader of the feed continues where it was. Changes that this server had not received are lost: reconcile.',
  cluster: 'The database is on another server. Every reader of the feed continues where it was.',
  counter: 'The database gives out transaction ids again. Every reader of the feed continues where it was.',
  asked: 'A new history was begun by hand. Every reader of the feed continues where it was.',
};
