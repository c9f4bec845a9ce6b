import type { Tx } from '../db/tx.js';
import type { ClassName, Rule } from './policy.js';

export type Trigger = 'schedule' | 'api' | 'cli';
export type RunState = 'running' | 'completed' | 'failed';

export interface RunRow {
  id: string;
  trigger: Trigger;
  startedBy: string;
  state: RunState;
  createdAt: Date;
  finishedAt: Date | null;
  steps: StepRow[];
}

/** One class of a run, as JSON of the database: times are texts. */
export interface StepRow {
  class: ClassName;
  keepDays: number;
  dueBefore: string;
  state: 'waiting' | 'done' | 'failed';
  removed: number;
  held: number;
  months: string[];
  errorCode: string | null;
  finishedAt: string | null;
}

export type RunPosition = Pick<RunRow, 'createdAt' | 'id'>;

/** A step that is locked for this transaction. */
export interface ClaimedStep {
  runId: string;
  position: number;
  class: ClassName;
  dueBefore: Date;
  attempts: number;
}

const MAX_ATTEMPTS = 5;
const COLUMNS = `r.id, r.trigger, r.started_by as "startedBy", r.state, r.created_at as "createdAt", r.finished_at as "finishedAt", (
    select json_agg(json_build_object('class', s.class, 'keepDays', s.keep_days, 'dueBefore', s.due_before, 'state', s.state,
      'removed', s.removed, 'held', s.held, 'months', s.months, 'errorCode', s.error_code, 'finishedAt', s.finished_at)
      order by s.position)
    from retention_steps s where s.run_id = r.id) as steps`;

/** SQL: whether a run is to go on. A table of few rows. */
export const HAS_RUN = `exists (select from retention_runs r where r.state = 'running' and not exists (
  select from retention_steps s where s.run_id = r.id and s.state = 'waiting' and s.next_attempt_at > now()))`;

/** @returns undefined where another run is not finished. `retention_runs_unfinished` */
export async function insertRun(
  tx: Tx,
  trigger: Trigger,
  startedBy: string,
  rules: readonly Rule[],
): Promise<string | undefined> {
  const [run] = await tx.query<{ id: string }[]>(
    `insert into retention_runs (trigger, started_by) values ($1, $2) on conflict do nothing returning id`,
    [trigger, startedBy],
  );
  if (run === undefined) return undefined;
  await tx.query(
    `insert into retention_steps (run_id, position, class, keep_days, due_before)
     select $1, n, class, keep_days, due_before
     from unnest($2::text[], $3::int[], $4::timestamptz[]) with ordinality as t(class, keep_days, due_before, n)`,
    [
      run.id,
      rules.map((rule) => rule.class),
      rules.map((rule) => rule.keepDays),
      rules.map((rule) => rule.dueBefore),
    ],
  );
  return run.id;
}

/** The one that is not finished. `retention_runs_unfinished`. */
export async function findUnfinished(tx: Tx): Promise<string | undefined> {
  const rows = await tx.query<{ id: string }[]>(`select id from retention_runs where state = 'running'`);
  return rows[0]?.id;
}

/** Primary key. */
export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  const rows = await tx.query<RunRow[]>(`select ${COLUMNS} from retention_runs r where r.id = $1`, [id]);
  return rows[0];
}

/** Newest first. `retention_runs_created`. */
export async function listRuns(tx: Tx, after: RunPosition | null, limit: number): Promise<RunRow[]> {
  return tx.query<RunRow[]>(
    `select ${COLUMNS} from retention_runs r
      where (r.created_at, r.id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
      order by r.created_at desc, r.id desc limit $3`,
    [after?.createdAt ?? null, after?.id ?? null, limit],
  );
}

/** The next step of the unfinished run, locked, unless another process has it. A table of few rows. */
export async function claimStep(tx: Tx): Promise<ClaimedStep | undefined> {
  const rows = await tx.query<ClaimedStep[]>(
    `select s.run_id as "runId", s.position, s.class, s.due_before as "dueBefore", s.attempts
     from retention_steps s join retention_runs r on r.id = s.run_id
     where r.state = 'running' and s.state = 'waiting' and s.next_attempt_at <= now()
     order by s.position limit 1 for update of s skip locked`,
  );
  return rows[0];
}

/** Commits with what was removed, so that nothing is counted twice or forgotten. Primary key. */
export async function addRemoved(
  tx: Tx,
  { runId, position }: ClaimedStep,
  removed: number,
  month: string | undefined,
): Promise<void> {
  await tx.query(
    `update retention_steps set removed = removed + $3, months = months || $4::text[], attempts = 0, error_code = null
      where run_id = $1 and position = $2`,
    [runId, position, removed, month === undefined ? [] : [month]],
  );
}

/** Primary key. */
export async function finishStep(tx: Tx, { runId, position }: ClaimedStep, held: number): Promise<void> {
  await tx.query(
    `update retention_steps set state = 'done', held = $3, finished_at = now() where run_id = $1 and position = $2`,
    [runId, position, held],
  );
}

/** It is tried again, at most five times in a row; the next run tries again. Primary key. */
export async function failStep(
  tx: Tx,
  { runId, position }: ClaimedStep,
  code: string,
  retrySeconds: number,
): Promise<void> {
  await tx.query(
    `update retention_steps set attempts = attempts + 1, error_code = $3, next_attempt_at = now() + make_interval(secs => $4),
       state = case when attempts + 1 >= ${MAX_ATTEMPTS} then 'failed' else 'waiting' end,
       finished_at = case when attempts + 1 >= ${MAX_ATTEMPTS} then now() end
     where run_id = $1 and position = $2 and state = 'waiting'`,
    [runId, position, code, retrySeconds],
  );
}

/** Ends the run whose steps are over. @returns its id and whether all of them are done; undefined where none ends */
export async function finishRun(tx: Tx): Promise<{ id: string; state: RunState } | undefined> {
  const [rows] = await tx.query<[{ id: string; state: RunState }[], number]>(
    `update retention_runs r set finished_at = now(),
       state = case when exists (select from retention_steps s where s.run_id = r.id and s.state = 'failed')
         then 'failed' else 'completed' end
     where state = 'running' and not exists (select from retention_steps s where s.run_id = r.id and s.state = 'waiting')
     returning id, state`,
  );
  return rows[0];
}
