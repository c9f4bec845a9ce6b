import type { Tx } from './tx.js';

const GUID_LENGTH = 36;
const GUID = '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$';

/** The condition of the index `applicants_guid_in_capitals` for an alias, word by word, or Postgres does not use the index. */
function guidInCapitals(alias: string): string {
  return `${alias}.applicant_id <> lower(${alias}.applicant_id) and ${alias}.applicant_id ~ '${GUID}'`;
}

/** The same for a requested id. No index has to match it, so comparing ASCII is enough. */
export function asksInCapitals(alias: string): string {
  return `${alias}.applicant_id <> lower(${alias}.applicant_id collate "C") and ${alias}.applicant_id ~ '${GUID}'`;
}

/**
 * Whether any GUID is kept in capitals. Postgres evaluates this once per statement. If there are none, as nearly everywhere,
 * it looks up no single id. `order by` leads to the index, which is then empty.
 */
export const ANY_IN_CAPITALS = `(select lower(o.applicant_id) from applicants o where ${guidInCapitals('o')}
  order by lower(o.applicant_id) limit 1) is not null`;

/**
 * The ids kept for the GUID of an alias in another spelling. The alias may itself be in capitals (A34).
 * `applicants_guid_in_capitals` and primary key.
 */
export function otherSpellings(alias: string): string {
  return `select o.applicant_id from applicants o
    where length(${alias}.applicant_id) = ${GUID_LENGTH} and ${guidInCapitals('o')} and lower(o.applicant_id) = lower(${alias}.applicant_id)
  union all
  select o.applicant_id from applicants o where ${asksInCapitals(alias)} and o.applicant_id = lower(${alias}.applicant_id)`;
}

/** The one of them that counts. If two are kept (`guidTwice`), readers and writers choose the same one. */
export function otherSpelling(alias: string): string {
  return `select applicant_id from (${otherSpellings(alias)}) other order by applicant_id collate "C" limit 1`;
}

/**
 * An applicantId in the spelling that is kept. A GUID is one applicant in any spelling (A34), and is kept as first received.
 * An unknown id, or one that is not a GUID, stays as it is. Every folder looks up applicants by id, so this file is below
 * all of them. Primary key, and `applicants_guid_in_capitals`.
 */
export async function asKept(tx: Tx, applicantId: string): Promise<string> {
  const [kept = applicantId] = await allAsKept(tx, [applicantId]);
  return kept;
}

/** The erasure that an applicant is under, or was erased by, and what its tombstone keeps. */
export interface Erasure {
  applicantId: string;
  erasureId: string;
  /** Null: nothing is gone yet. */
  beganAt: Date | null;
  /** Null: it is restricted, and not erased yet. */
  erasedAt: Date | null;
  firstReceivedAt: Date;
  lastReceivedAt: Date;
}

/** Of the first of these applicants that has one; those that are not erased yet come first. Primary keys. */
export async function findErasure(tx: Tx, applicantIds: readonly string[]): Promise<Erasure | undefined> {
  if (applicantIds.length === 0) return undefined;
  const rows = await tx.query<Erasure[]>(
    `select a.applicant_id as "applicantId", a.erasure_id as "erasureId", e.began_at as "beganAt", e.erased_at as "erasedAt",
       a.first_received_at as "firstReceivedAt", a.last_received_at as "lastReceivedAt"
     from applicants a left join erasures e on e.id = a.erasure_id
     where a.applicant_id = any($1) and a.erasure_id is not null order by e.erased_at nulls first limit 1`,
    [await allAsKept(tx, applicantIds)],
  );
  return rows[0];
}

/** SQL: whether the applicant of an alias is under an erasure that is not done. Few rows of `erasures_unfinished`. */
export function isRestricted(alias: string): string {
  return `${alias}.applicant_id in (select unnest(e.applicant_ids) from erasures e where e.state <> 'erased')`;
}

/** Several of them, in their order. */
export async function allAsKept(tx: Tx, applicantIds: readonly string[]): Promise<string[]> {
  const guids = applicantIds.filter((id) => id.length === GUID_LENGTH && !id.includes('\0'));
  if (guids.length === 0) return [...applicantIds];
  const rows = await tx.query<{ asked: string; kept: string | null }[]>(
    `select k.applicant_id as asked, coalesce(
       (select a.applicant_id from applicants a where a.applicant_id = k.applicant_id),
       (${otherSpelling('k')})
     ) as kept from unnest($1::text[]) as k(applicant_id)`,
    [guids],
  );
  const kept = new Map(rows.map((row) => [row.asked, row.kept]));
  return applicantIds.map((id) => kept.get(id) ?? id);
}
