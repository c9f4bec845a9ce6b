import type { Tx } from '../db/tx.js';
import { ADD_MOVES, MOVES } from './mirror.repository.js';

/** Nobody begins to fetch these any more. Primary key. */
export async function holdBack(tx: Tx, applicantIds: readonly string[]): Promise<void> {
  await tx.query(
    `update images set next_attempt_at = null
     where applicant_id = any($1) and next_attempt_at is not null and (claimed_by is null or next_attempt_at < now())`,
    [applicantIds],
  );
}

/** Whether one is being fetched. Primary key. */
export async function isFetching(tx: Tx, applicantIds: readonly string[]): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from images where applicant_id = any($1) and claimed_by is not null and next_attempt_at >= now() limit 1`,
    [applicantIds],
  );
  return rows.length > 0;
}

/**
 * Forgets which images these are, and notes their bytes as replaced: whoever removes those keeps what somebody else shows. Call
 * `holdTotals` before. Primary keys.
 * @returns how many images
 */
export async function clearImages(tx: Tx, applicantIds: readonly string[]): Promise<number> {
  const rows = await tx.query<{ cleared: number }[]>(
    `with chosen as (
       select applicant_id, field, version, state, sha256 from images where applicant_id = any($1) for update
     ), noted as (
       insert into replaced_images (sha256) select distinct sha256 from chosen where sha256 is not null order by 1
       on conflict (sha256) do update set noted_at = now()
     ), moved as (
       update images i set state = 'cleared', path = null, sha256 = null, error_code = null, claimed_by = null,
         next_attempt_at = null
       from chosen c where (i.applicant_id, i.field, i.version) = (c.applicant_id, c.field, c.version)
       returning c.state as previous, i.state, c.state <> 'cleared' as is_new
     ), counted as (
       update image_totals t set ${ADD_MOVES} from (select ${MOVES} from moved) d
     )
     select count(*) filter (where is_new)::int as cleared from moved`,
    [applicantIds],
  );
  return rows[0]?.cleared ?? 0;
}

/** Whether any bytes are still to be removed from the store. A table of few rows. */
export async function isNoted(tx: Tx): Promise<boolean> {
  const rows = await tx.query<unknown[]>('select from replaced_images limit 1');
  return rows.length > 0;
}
