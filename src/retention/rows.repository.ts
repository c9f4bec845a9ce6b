import type { Tx } from '../db/tx.js';

/** What is due of a class. */
export interface Due {
  rows: number;
  /** Of the oldest one; null where there is none. */
  oldest: Date | null;
  /** Would be due, and is of held people. */
  held: number;
}

/** A table whose rows are removed by their age. The texts are SQL. */
export interface AgedTable {
  table: string;
  key: string;
  at: string;
  where: string;
  /** The column of the applicant; null where a row is of nobody. */
  person: string | null;
}

/**
 * The tables that are removed by age alone, by class. Served by: a scan of `quarantine`, which is short; `session_tokens_minted`;
 * scans of `reconciliation_gaps` and `reconciliation_runs`; `probes_at`; `refusals_at`.
 */
export const AGED_TABLES = {
  quarantine: [
    { table: 'quarantine', key: 'id', at: 'resolved_at', where: `state <> 'open'`, person: 'applicant_id' },
  ],
  sessions: [{ table: 'session_tokens', key: 'id', at: 'minted_at', where: 'true', person: 'applicant_id' }],
  reconciliation: [
    {
      table: 'reconciliation_gaps',
      key: 'id',
      at: 'healed_at',
      where: `state = 'healed'`,
      person: 'applicant_id',
    },
    {
      table: 'reconciliation_runs',
      key: 'id',
      at: 'finished_at',
      where: 'not exists (select from reconciliation_gaps g where g.run_id = t.id)',
      person: null,
    },
  ],
  probes: [{ table: 'probes', key: 'id', at: 'at', where: 'true', person: null }],
  refusals: [{ table: 'refusals', key: 'id', at: 'at', where: 'true', person: null }],
} as const satisfies Record<string, readonly AgedTable[]>;

/** SQL: a row `t` is of a held person; `held` is the parameter. */
const isHeld = (person: string | null, held: string) =>
  person === null ? 'false' : `coalesce(t.${person} = any(${held}::text[]), false)`;

export async function countAged(
  tx: Tx,
  { table, at, where, person }: AgedTable,
  before: Date,
  held: readonly string[],
): Promise<Due> {
  const rows = await tx.query<Due[]>(
    `select count(*) filter (where not held)::float8 as rows, min(at) filter (where not held) as oldest,
       count(*) filter (where held)::float8 as held
     from (select t.${at} as at, ${isHeld(person, '$2')} as held from ${table} t
           where t.${at} < $1 and ${where} and $2::text[] is not null) due`,
    [before, held],
  );
  return rows[0]!;
}

/** Removes the oldest. @returns how many, at most `limit` */
export async function removeAged(
  tx: Tx,
  { table, key, at, where, person }: AgedTable,
  before: Date,
  held: readonly string[],
  limit: number,
): Promise<number> {
  const [, removed] = await tx.query<[unknown, number]>(
    `delete from ${table} where ${key} in (
       select t.${key} from ${table} t
       where t.${at} < $1 and ${where} and $2::text[] is not null and not ${isHeld(person, '$2')}
       order by t.${at} limit $3 for update skip locked)`,
    [before, held, limit],
  );
  return removed;
}

/** Whose last version is older, and who is not under erasure; by `applicants_outcome`, since the first version is older still. */
const DUE_APPLICANTS = (isRejected: boolean) =>
  `from applicants t where t.outcome ${isRejected ? `= 'rejected'` : `in ('accepted', 'conflict', 'unknown')`}
     and t.first_received_at < $1 and t.last_received_at < $1 and t.erasure_id is null`;

export async function countDueApplicants(
  tx: Tx,
  isRejected: boolean,
  before: Date,
  held: readonly string[],
): Promise<Due> {
  const rows = await tx.query<Due[]>(
    `select count(*) filter (where not held)::float8 as rows, min(at) filter (where not held) as oldest,
       count(*) filter (where held)::float8 as held
     from (select t.last_received_at as at, ${isHeld('applicant_id', '$2')} as held ${DUE_APPLICANTS(isRejected)}) due`,
    [before, held],
  );
  return rows[0]!;
}

/** Locks the next of them; whoever a callback is about now comes another time. */
export async function nextDueApplicants(
  tx: Tx,
  isRejected: boolean,
  before: Date,
  held: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select t.applicant_id as id ${DUE_APPLICANTS(isRejected)} and not ${isHeld('applicant_id', '$2')}
     order by t.applicant_id limit $3 for update of t skip locked`,
    [before, held, limit],
  );
  return rows.map(({ id }) => id);
}

/** Now, by the clock of this process or of the database, whichever is behind: a clock that is fast must not end anybody's time. */
export async function earlierNow(tx: Tx): Promise<Date> {
  const rows = await tx.query<{ now: Date }[]>('select least($1::timestamptz, now()) as now', [new Date()]);
  return rows[0]!.now;
}

/** A preview may take as long as a scan of what is due. */
export async function bePatient(tx: Tx): Promise<void> {
  await tx.query(`select set_config('statement_timeout', '0', true)`);
}
