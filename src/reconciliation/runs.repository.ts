import type { Tx } from '../db/tx.js';
import type { DatePosition } from '../enroll-client/enroll-client.types.js';
import { LEASE_END } from '../jobs/lease.js';
import type { Run, RunCounts, RunState, RunTrigger } from './reconciliation.types.js';

export interface RunPosition {
  createdAt: Date;
  id: string;
}

export interface NewRun {
  from: Date;
  to: Date;
  trigger: RunTrigger;
  startedBy: string;
  dryRun: boolean;
}

/** A run whose owner has gone silent shows as what it is: waiting for the next. */
const COLUMNS = `id, range_from as "from", range_to as "to", trigger, started_by as "startedBy", dry_run as "dryRun",
  case when state = 'running' and lease_until < now() then 'waiting' else state end as state,
  asked, found, missing, different, missing_there as "missingThere", healed, quarantined, position,
  asked_all as "askedAll", attempts, error_code as "errorCode", next_attempt_at as "nextAttemptAt",
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/**
 * Makes a run, or finds the unfinished one of the same range: two at a time would ask everything twice.
 * `reconciliation_runs_unfinished`.
 */
export async function insertRun(tx: Tx, run: NewRun): Promise<Run & { isNew: boolean }> {
  const rows = await tx.query<(Run & { isNew: boolean })[]>(
    `insert into reconciliation_runs (range_from, range_to, trigger, started_by, dry_run) values ($1, $2, $3, $4, $5)
     on conflict (range_from, range_to, dry_run) where state in ('waiting', 'running')
     do update set attempts = reconciliation_runs.attempts
     returning ${COLUMNS}, xmax = 0 as "isNew"`,
    [run.from, run.to, run.trigger, run.startedBy, run.dryRun],
  );
  return first(rows);
}

/** Primary key. */
export async function findRun(tx: Tx, id: string): Promise<Run | undefined> {
  const rows = await tx.query<Run[]>(`select ${COLUMNS} from reconciliation_runs where id = $1`, [id]);
  return rows[0];
}

/** Newest first. `reconciliation_runs_created`. */
export async function listRuns(
  tx: Tx,
  state: RunState | null,
  after: RunPosition | null,
  limit: number,
): Promise<Run[]> {
  return tx.query<Run[]>(
    `select * from (select ${COLUMNS} from reconciliation_runs) r
     where ($1::text is null or r.state = $1)
       and (r."createdAt", r.id) < (coalesce($2::timestamptz, 'infinity'), coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
     order by r."createdAt" desc, r.id desc limit $4`,
    [state, after?.createdAt ?? null, after?.id ?? null, limit],
  );
}

/**
 * Claims the run that is longest due, or the one named, whether it is due or not. Nothing where another holds it.
 * `reconciliation_runs_unfinished` names the few there are.
 */
export async function claimRun(tx: Tx, owner: string, id?: string): Promise<Run | undefined> {
  const [rows] = await tx.query<[Run[], number]>(
    `update reconciliation_runs set state = 'running', owner = $1, started_at = coalesce(started_at, now()),
       lease_until = ${LEASE_END}
     where id = (
       select id from reconciliation_runs
       where ($2::uuid is null or id = $2)
         and ((state = 'waiting' and (next_attempt_at <= now() or $2 is not null)) or (state = 'running' and lease_until < now()))
       order by created_at limit 1 for update skip locked)
     returning ${COLUMNS}`,
    [owner, id ?? null],
  );
  return rows[0];
}

/** @returns false where the run is another's by now */
export async function renewLease(tx: Tx, id: string, owner: string): Promise<boolean> {
  const [, renewed] = await tx.query<[unknown, number]>(
    `update reconciliation_runs set lease_until = ${LEASE_END}
     where id = $1 and owner = $2 and state = 'running'`,
    [id, owner],
  );
  return renewed > 0;
}

/** What `noteGaps` does not count itself. */
export interface Progress extends Pick<RunCounts, 'asked' | 'found' | 'healed' | 'quarantined'> {
  position: DatePosition | null;
  askedAll: boolean;
}

/** Adds to the counts of a run and moves its position. @returns false where the run is another's by now */
export async function saveProgress(tx: Tx, id: string, owner: string, progress: Progress): Promise<boolean> {
  const [, saved] = await tx.query<[unknown, number]>(
    `update reconciliation_runs set position = $3, asked_all = $4, asked = asked + $5, found = found + $6,
       healed = healed + $7, quarantined = quarantined + $8, attempts = 0, error_code = null,
       lease_until = ${LEASE_END}
     where id = $1 and owner = $2 and state = 'running'`,
    [
      id,
      owner,
      progress.position === null ? null : JSON.stringify(progress.position),
      progress.askedAll,
      progress.asked,
      progress.found,
      progress.healed,
      progress.quarantined,
    ],
  );
  return saved > 0;
}

/** Lets go of a run: done, given up, or to be gone on with. */
export async function releaseRun(
  tx: Tx,
  id: string,
  owner: string,
  release:
    | { state: 'completed' }
    | { state: 'failed'; errorCode: string }
    | { state: 'waiting'; errorCode: string | null; delaySeconds: number },
): Promise<void> {
  const errorCode = release.state === 'completed' ? null : release.errorCode;
  await tx.query(
    `update reconciliation_runs set state = $3, error_code = $4, owner = null, lease_until = null,
       attempts = attempts + case when $4::text is null then 0 else 1 end,
       next_attempt_at = now() + make_interval(secs => $5::float8),
       finished_at = case when $3 = 'waiting' then null else now() end
     where id = $1 and owner = $2 and state = 'running'`,
    [id, owner, release.state, errorCode, release.state === 'waiting' ? release.delaySeconds : 0],
  );
}

/** Ends a run that is not over; whoever works on it notices. Primary key. */
export async function cancelRun(tx: Tx, id: string): Promise<Run | undefined> {
  const [rows] = await tx.query<[Run[], number]>(
    `update reconciliation_runs set state = 'cancelled', owner = null, lease_until = null, finished_at = now()
     where id = $1 and state in ('waiting', 'running') returning ${COLUMNS}`,
    [id],
  );
  return rows[0];
}

/** Seconds until a run is due, 0 or less where one is; undefined: none. `reconciliation_runs_unfinished`. */
export async function secondsUntilRunDue(tx: Tx): Promise<number | undefined> {
  const rows = await tx.query<{ seconds: number | null }[]>(
    `select extract(epoch from min(case when state = 'running' then lease_until else next_attempt_at end) - now())::float8 as seconds
     from reconciliation_runs where state in ('waiting', 'running')`,
  );
  return rows[0]?.seconds ?? undefined;
}

/** Where the newest scheduled run that was completed ends. `reconciliation_runs_created`, backwards. */
export async function lastScheduledEnd(tx: Tx): Promise<Date | undefined> {
  const rows = await tx.query<{ to: Date }[]>(
    `select range_to as "to" from reconciliation_runs where trigger = 'schedule' and state = 'completed'
     order by created_at desc limit 1`,
  );
  return rows[0]?.to;
}

/**
 * Completed runs that asked about a part of a period, oldest range first; what lay in the future when they began was not
 * asked about. A dry run that saw entries nobody can use put them nowhere, so it proves nothing.
 * `reconciliation_runs_range`.
 */
export async function runsCovering(
  tx: Tx,
  from: Date,
  to: Date,
): Promise<{ id: string; from: Date; to: Date }[]> {
  return tx.query<{ id: string; from: Date; to: Date }[]>(
    `select id, range_from as "from", least(range_to, created_at) as "to" from reconciliation_runs
     where state = 'completed' and range_from < $2 and least(range_to, created_at) > $1
       and not (dry_run and quarantined > 0) order by range_from, id`,
    [from, to],
  );
}

function first<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('the statement answers one row');
  return row;
}

/** SQL: whether a run's owner was killed. `reconciliation_runs_unfinished`. */
export const HAS_LAPSED_RUNS = `exists (select from reconciliation_runs where state = 'running' and lease_until < now())`;
