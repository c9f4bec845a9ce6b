import type { Tx } from '../db/tx.js';
import type { DatePosition } from '../enroll-client/enroll-client.types.js';
import { LEASE_END } from '../jobs/lease.js';
import type { RunDto } from './reconciliation.dto.js';
import type { RunState } from './reconciliation.types.js';
import type { RowOf } from './rows.js';

type Times = 'from' | 'to' | 'nextAttemptAt' | 'createdAt' | 'startedAt' | 'finishedAt';

export interface Run extends RowOf<RunDto, Times> {
  position: DatePosition | null;
  askedAll: boolean;
}

export const COUNTS = [
  'asked',
  'found',
  'missing',
  'different',
  'missingThere',
  'healed',
  'quarantined',
] as const;
/** Results of a run so far. */
export type RunCounts = Pick<Run, (typeof COUNTS)[number]>;

/** Its owner was killed: it shows as waiting. */
const HAS_LAPSED = `(state = 'running' and lease_until < now())`;
const COLUMNS = `id, range_from as "from", range_to as "to", trigger, started_by as "startedBy", dry_run as "dryRun",
  case when ${HAS_LAPSED} then 'waiting' else state end as state,
  asked, found, missing, different, missing_there as "missingThere", healed, quarantined,
  position ->> 'from' as "reachedAt", position, asked_all as "askedAll", attempts, error_code as "errorCode",
  case when state = 'waiting' or ${HAS_LAPSED} then next_attempt_at end as "nextAttemptAt",
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`;

/**
 * Creates a run, or finds the unfinished one of the same range: two at a time would ask everything twice.
 * `reconciliation_runs_unfinished`.
 */
export async function insertRun(
  tx: Tx,
  run: Pick<Run, 'from' | 'to' | 'trigger' | 'startedBy' | 'dryRun'>,
): Promise<Run & { isNew: boolean }> {
  const [inserted] = await tx.query<[Run & { isNew: boolean }]>(
    `insert into reconciliation_runs (range_from, range_to, trigger, started_by, dry_run) values ($1, $2, $3, $4, $5)
     on conflict (range_from, range_to, dry_run) where state in ('waiting', 'running')
     do update set attempts = reconciliation_runs.attempts
     returning ${COLUMNS}, xmax = 0 as "isNew"`,
    [run.from, run.to, run.trigger, run.startedBy, run.dryRun],
  );
  return inserted;
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
  after: Pick<Run, 'createdAt' | 'id'> | null,
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
 * Claims the oldest run that is due, or the named one, due or not. Undefined where another process holds it.
 * `reconciliation_runs_unfinished` names the few there are.
 */
export async function claimRun(tx: Tx, owner: string, id?: string): Promise<Run | undefined> {
  const [rows] = await tx.query<[Run[], number]>(
    `update reconciliation_runs set state = 'running', owner = $1, started_at = coalesce(started_at, now()),
       lease_until = ${LEASE_END}
     where id = (
       select id from reconciliation_runs
       where ($2::uuid is null or id = $2)
         and ((state = 'waiting' and (next_attempt_at <= now() or $2 is not null)) or ${HAS_LAPSED})
       order by created_at limit 1 for update skip locked)
     returning ${COLUMNS}`,
    [owner, id ?? null],
  );
  return rows[0];
}

/** @returns false where another process has taken the run */
export async function renewLease(tx: Tx, id: string, owner: string): Promise<boolean> {
  const [, renewed] = await tx.query<[unknown, number]>(
    `update reconciliation_runs set lease_until = ${LEASE_END}
     where id = $1 and owner = $2 and state = 'running'`,
    [id, owner],
  );
  return renewed > 0;
}

/** What was read and done, without the gaps, which `noteGaps` counts. */
export interface Progress extends Pick<RunCounts, 'asked' | 'found' | 'healed' | 'quarantined'> {
  /** Null: the whole range was read. */
  position: DatePosition | null;
}

/** Adds to the counts of a run and moves its position. @returns false where another process has taken the run */
export async function saveProgress(
  tx: Tx,
  id: string,
  owner: string,
  { position, asked, found, healed, quarantined }: Progress,
): Promise<boolean> {
  const [, saved] = await tx.query<[unknown, number]>(
    `update reconciliation_runs set position = $3::jsonb, asked_all = $3::jsonb is null, asked = asked + $4,
       found = found + $5, healed = healed + $6, quarantined = quarantined + $7, attempts = 0, error_code = null,
       lease_until = ${LEASE_END}
     where id = $1 and owner = $2 and state = 'running'`,
    [id, owner, position, asked, found, healed, quarantined],
  );
  return saved > 0;
}

export interface Release {
  state: RunState;
  errorCode?: string | null;
  delaySeconds?: number;
}

/** Lets go of a run that is done, failed or to be continued. */
export async function releaseRun(
  tx: Tx,
  id: string,
  owner: string,
  { state, errorCode = null, delaySeconds = 0 }: Release,
): Promise<void> {
  await tx.query(
    `update reconciliation_runs set state = $3, error_code = $4, owner = null, lease_until = null,
       attempts = attempts + case when $4::text is null then 0 else 1 end,
       next_attempt_at = now() + make_interval(secs => $5::float8),
       finished_at = case when $3 = 'waiting' then null else now() end
     where id = $1 and owner = $2 and state = 'running'`,
    [id, owner, state, errorCode, delaySeconds],
  );
}

/** Ends an unfinished run; a process that works on it notices. Primary key. */
export async function cancelRun(tx: Tx, id: string): Promise<Run | undefined> {
  const [rows] = await tx.query<[Run[], number]>(
    `update reconciliation_runs set state = 'cancelled', owner = null, lease_until = null, finished_at = now()
     where id = $1 and state in ('waiting', 'running') returning ${COLUMNS}`,
    [id],
  );
  return rows[0];
}

/** Seconds until the next run is due, 0 or less if one is due now; undefined without any. `reconciliation_runs_unfinished`. */
export async function secondsUntilRunDue(tx: Tx): Promise<number | undefined> {
  const rows = await tx.query<{ seconds: number | null }[]>(
    `select extract(epoch from min(case when state = 'running' then lease_until else next_attempt_at end) - now())::float8 as seconds
     from reconciliation_runs where state in ('waiting', 'running')`,
  );
  return rows[0]?.seconds ?? undefined;
}

/** End of the range of the newest completed scheduled run. `reconciliation_runs_created`, backwards. */
export async function lastScheduledEnd(tx: Tx): Promise<Date | undefined> {
  const rows = await tx.query<{ to: Date }[]>(
    `select range_to as "to" from reconciliation_runs where trigger = 'schedule' and state = 'completed'
     order by created_at desc limit 1`,
  );
  return rows[0]?.to;
}

/**
 * Completed runs that asked about a part of a period, oldest range first. They did not ask about what was still in the
 * future. A dry run keeps no unusable entries, so one that saw some proves nothing.
 * `reconciliation_runs_range`.
 */
export async function runsCovering(tx: Tx, from: Date, to: Date): Promise<Pick<Run, 'id' | 'from' | 'to'>[]> {
  return tx.query<Pick<Run, 'id' | 'from' | 'to'>[]>(
    `select id, range_from as "from", least(range_to, created_at) as "to" from reconciliation_runs
     where state = 'completed' and range_from < $2 and least(range_to, created_at) > $1
       and not (dry_run and quarantined > 0) order by range_from, id`,
    [from, to],
  );
}

/** SQL: whether some run's owner was killed. `reconciliation_runs_unfinished`. */
export const HAS_LAPSED_RUNS = `exists (select from reconciliation_runs where ${HAS_LAPSED})`;
