import type { Tx } from './tx.js';

const GUID_LENGTH = 36;
const GUID = '^[0-9A-Fa-f]{8}-([0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$';

/** The condition of the index `applicants_guid_in_capitals`, on the applicant of that alias: word by word, or it is not used. */
function guidInCapitals(alias: string): string {
  return `${alias}.applicant_id <> lower(${alias}.applicant_id) and ${alias}.applicant_id ~ '${GUID}'`;
}

/** The same of an id that is asked for: no index has to know it, so that ASCII alone will do. */
export function asksInCapitals(alias: string): string {
  return `${alias}.applicant_id <> lower(${alias}.applicant_id collate "C") and ${alias}.applicant_id ~ '${GUID}'`;
}

/**
 * Whether any GUID is kept in capitals. Postgres asks it once for a statement, and where there are none, as nearly
 * everywhere, looks no single id up. `order by` leads to the index, which is empty then.
 */
export const ANY_IN_CAPITALS = `(select lower(o.applicant_id) from applicants o where ${guidInCapitals('o')}
  order by lower(o.applicant_id) limit 1) is not null`;

/**
 * The ids that are kept for the GUID of that alias in another spelling; one in capitals may be among them itself (A34).
 * `applicants_guid_in_capitals` and primary key.
 */
export function otherSpellings(alias: string): string {
  return `select o.applicant_id from applicants o
    where length(${alias}.applicant_id) = ${GUID_LENGTH} and ${guidInCapitals('o')} and lower(o.applicant_id) = lower(${alias}.applicant_id)
  union all
  select o.applicant_id from applicants o where ${asksInCapitals(alias)} and o.applicant_id = lower(${alias}.applicant_id)`;
}

/** The one of them that counts: of two that are kept (`guidTwice`) the same for whoever reads and whoever writes. */
export function otherSpelling(alias: string): string {
  return `select applicant_id from (${otherSpellings(alias)}) other order by applicant_id collate "C" limit 1`;
}

/**
 * An applicantId as it is kept: a GUID is one applicant however it is spelled (A34), and is kept as it was first
 * received. An id that nobody has, or that is no GUID, stays as it is. Every folder looks applicants up by their id, so this
 * lies below all of them. Primary key, and `applicants_guid_in_capitals`.
 */
export async function asKept(tx: Tx, applicantId: string): Promise<string> {
  if (applicantId.length !== GUID_LENGTH || applicantId.includes('\0')) return applicantId;
  const rows = await tx.query<{ id: string | null }[]>(
    `select coalesce(
       (select a.applicant_id from applicants a where a.applicant_id = k.applicant_id),
       (${otherSpelling('k')})
     ) as id from (select $1::text as applicant_id) k`,
    [applicantId],
  );
  return rows[0]?.id ?? applicantId;
}
