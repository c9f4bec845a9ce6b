import { Injectable, Logger } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { EntityManager } from 'typeorm';
import { sqlState } from './errors.js';

/**
 * A database's history is the stretch within which a transaction id means one transaction:
 *
 * | reason | a new history begins | who notices |
 * |---|---|---|
 * | `first` | with the migration | |
 * | `timeline` | at a failover, or a physical restore to an earlier time: what came later is lost, its ids are given out again | every row by itself; we write it down |
 * | `cluster` | on another server: dump and restore, an upgrade by copy, `pg_upgrade` | whoever connects first, before its first statement |
 * | `counter` | where rows carry ids that the server has not given out yet | the same |
 * | `asked` | with `rollcall db adopt --anyway`: a disk that was set back to a snapshot tells nobody | an operator |
 *
 * A newer history has a greater number, so its events come behind those of all older ones.
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

/** 2^24 timelines fit between two servers that are adopted within one second of each other. */
const TIMELINES = 16_777_216;
/** In recovery a server has no timeline of its own yet. */
const STANDBY_STATE = '55000';
const NOT_ALLOWED = '42501';
const LOCK = 7_655_322_140;

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
 * Looks whether the server is the one that this database was on before, and has not been set back; begins a new history
 * where it is not. Whoever connects must do so before its first statement.
 * @returns the history that this call began; undefined where all is as it was, or the server is a standby
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
 * Begins a new history. On another server, and where it is asked for, transactions that write to the feed are waited for:
 * a row of an older history must not come late. `seq` goes on above everything that was given out before.
 * @returns undefined where another process was faster
 */
export async function beginHistory(client: ClientBase, reason: HistoryReason): Promise<History | undefined> {
  await client.query('begin');
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const isStill =
      reason === 'asked' || (await client.query<{ reason: string }>(LOOK)).rows[0]?.reason === reason;
    const begun = isStill
      ? await (reason === 'timeline' ? noteTimeline(client) : raise(client, reason))
      : undefined;
    await client.query('commit');
    return begun;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function noteTimeline(client: ClientBase): Promise<History | undefined> {
  const { rows } = await client.query<History>(
    `insert into histories (history, timeline, cluster, reason)
     select history, timeline, current_cluster(), 'timeline' from history_now returning ${COLUMNS}`,
  );
  return rows[0];
}

/** The number is the time, so that two copies of a database that live on side by side do not mean different things by it. */
async function raise(client: ClientBase, reason: HistoryReason): Promise<History | undefined> {
  await client.query('lock table changes, notices in share mode');
  const { rows } = await client.query<History>(
    `insert into histories (history, timeline, cluster, reason)
     select greatest((extract(epoch from clock_timestamp())::bigint) * ${TIMELINES}, n.history + 1, h.history + 1),
       n.timeline, current_cluster(), $1
     from history_now n, (select max(history) as history from histories) h returning ${COLUMNS}`,
    [reason],
  );
  // a dump brings the sequence along, a copy by logical replication does not
  await client.query(
    `select setval('changes_seq', greatest(last_value, $1::bigint)) from changes_seq
     where has_sequence_privilege('changes_seq', 'update')`,
    [rows[0]?.history],
  );
  return rows[0];
}

const LATEST = `select ${COLUMNS} from histories order by history desc limit 1`;

/** Primary key. */
export async function latestHistory(client: ClientBase): Promise<History> {
  const { rows } = await client.query<History>(LATEST);
  if (rows[0] === undefined) throw new Error('the histories of the database are gone');
  return rows[0];
}

const log = new Logger('Database');

/** `recogniseHistory` for pools: what it began is said in the log. */
export async function recogniseOnConnect(client: ClientBase): Promise<void> {
  const begun = await recogniseHistory(client).catch((error: unknown) => {
    if (sqlState(error) !== NOT_ALLOWED) throw error;
    throw new Error(
      'The database is on another server, or was set back, and this role may not adopt it: run `rollcall db adopt` as its owner.',
      { cause: error },
    );
  });
  if (begun === undefined) return;
  const { timeline, reason } = begun;
  log.warn({ code: 'HISTORY_BEGUN', timeline, reason }, TOLD[reason]);
}

const TOLD: Record<HistoryReason, string> = {
  first: 'The database is new.',
  timeline:
    'The database was failed over or restored to an earlier time. The feed goes on where everybody was; what the server had not received is lost: reconcile.',
  cluster: 'The database is on another server. The feed goes on where everybody was.',
  counter: 'The database gives transaction ids out again. The feed goes on where everybody was.',
  asked: 'A new history was begun by hand. The feed goes on where everybody was.',
};

/** The histories of this database. */
@Injectable()
export class Histories {
  constructor(private readonly connection: EntityManager) {}

  /** The present one. Primary key. */
  async latest(): Promise<History> {
    const [latest] = await this.connection.query<History[]>(LATEST);
    if (latest === undefined) throw new Error('the histories of the database are gone');
    return latest;
  }
}
