import type { Tx } from '../db/tx.js';
import { leaseEnd } from '../jobs/lease.js';
import type { ErasureCounts, ErasureRow, ErasureState } from './erasures.types.js';

const COLUMNS = `id, applicant_ids as "applicantIds", id_number as "idNumber", reason, requested_by as "requestedBy", requested_at as "requestedAt", state,
  began_at as "beganAt", erased_at as "erasedAt", counts, error_code as "errorCode", attempts, ledger_place as "ledgerPlace"`;
/** An erasure of one person lasts seconds; after a kill the next worker goes on after this time. */
const LEASE_SECONDS = 30;
/** Any number, the same in every release. */
const LEDGER_LOCK = 7_655_322_310;

export interface ErasurePosition {
  requestedAt: Date;
  id: string;
}

export async function insertErasure(
  tx: Tx,
  erasure: Pick<ErasureRow, 'id' | 'applicantIds' | 'idNumber' | 'reason' | 'requestedBy'>,
): Promise<ErasureRow> {
  const { id, applicantIds, idNumber, reason, requestedBy } = erasure;
  const rows = await tx.query<ErasureRow[]>(
    `insert into erasures (id, applicant_ids, id_number, reason, requested_by) values ($1, $2, $3, $4, $5) returning ${COLUMNS}`,
    [id, applicantIds, idNumber, reason, requestedBy],
  );
  return rows[0]!;
}

/** What the ledger tells and the database does not know. Primary key. @returns whether it is new */
export async function insertFromLedger(
  tx: Tx,
  erasure: Pick<ErasureRow, 'id' | 'applicantIds' | 'reason' | 'requestedBy' | 'requestedAt' | 'ledgerPlace'>,
): Promise<boolean> {
  const { id, applicantIds, reason, requestedBy, requestedAt, ledgerPlace } = erasure;
  const rows = await tx.query<{ isNew: boolean }[]>(
    `insert into erasures (id, applicant_ids, reason, requested_by, requested_at, ledger_place) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set ledger_place = greatest(erasures.ledger_place, excluded.ledger_place)
     returning xmax = 0 as "isNew"`,
    [id, applicantIds, reason, requestedBy, requestedAt, ledgerPlace],
  );
  return rows[0]?.isNew === true;
}

/** Primary key. */
export async function findErasureById(tx: Tx, id: string): Promise<ErasureRow | undefined> {
  const rows = await tx.query<ErasureRow[]>(`select ${COLUMNS} from erasures where id = $1`, [id]);
  return rows[0];
}

export interface ErasureFilter {
  state?: ErasureState | undefined;
  /** As kept. */
  applicantId?: string | undefined;
}

/** Newest first. `erasures_requested`; of one applicant `erasures_applicants`. */
export async function listErasures(
  tx: Tx,
  { state, applicantId }: ErasureFilter,
  after: ErasurePosition | null,
  limit: number,
): Promise<ErasureRow[]> {
  return tx.query<ErasureRow[]>(
    `select ${COLUMNS} from erasures
     where ($1::text is null or state = $1)
       and ($2::text[] is null or applicant_ids @> $2)
       and (requested_at, id) < (coalesce($3::timestamptz, 'infinity'), coalesce($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
     order by requested_at desc, id desc limit $5`,
    [
      state ?? null,
      applicantId === undefined ? null : [applicantId],
      after?.requestedAt ?? null,
      after?.id ?? null,
      limit,
    ],
  );
}

/** SQL: whether there is something to do. `erasures_due`. */
export const HAS_DUE_ERASURES = `exists (select from erasures where next_attempt_at <= now() and coalesce(lease_until, '-infinity') < now())`;

/** Claims the erasure that has been due longest, and counts the attempt. `erasures_due`. */
export async function claimErasure(tx: Tx): Promise<ErasureRow | undefined> {
  const [rows] = await tx.query<[ErasureRow[]]>(
    `update erasures set attempts = attempts + 1, lease_until = ${leaseEnd(LEASE_SECONDS)}
     where id = (select id from erasures where next_attempt_at <= now() and coalesce(lease_until, '-infinity') < now()
       order by next_attempt_at limit 1 for update skip locked)
     returning ${COLUMNS}`,
  );
  return rows[0];
}

/** Primary key. @returns false where another worker has it */
export async function renewErasure(tx: Tx, { id, attempts }: ErasureRow): Promise<boolean> {
  const [, renewed] = await tx.query<[unknown, number]>(
    `update erasures set lease_until = ${leaseEnd(LEASE_SECONDS)} where id = $1 and attempts = $2`,
    [id, attempts],
  );
  return renewed > 0;
}

/** Locks the erasure, so that no hold comes between looking and beginning. Primary key. */
export async function lockErasure(tx: Tx, id: string): Promise<ErasureState | undefined> {
  const rows = await tx.query<{ state: ErasureState }[]>(
    'select state from erasures where id = $1 for update',
    [id],
  );
  return rows[0]?.state;
}

/** Primary key. */
export async function beginErasure(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update erasures set state = 'erasing', began_at = coalesce(began_at, now()), error_code = null where id = $1`,
    [id],
  );
}

/** It waits: for the end of a hold, or for the next try. Primary key. */
export async function postponeErasure(
  tx: Tx,
  id: string,
  { state, errorCode, delaySeconds }: { state?: 'held'; errorCode: string | null; delaySeconds: number },
): Promise<void> {
  await tx.query(
    `update erasures set state = coalesce($2, state), error_code = $3, lease_until = null,
       next_attempt_at = now() + make_interval(secs => $4::float8)
     where id = $1`,
    [id, state ?? null, errorCode, delaySeconds],
  );
}

/** Adds up what a try has overwritten: a later one finds less. What does not open is found by each. Primary key. */
export async function addCounts(tx: Tx, id: string, counts: ErasureCounts): Promise<void> {
  await tx.query(
    `update erasures set counts = counts || (select coalesce(jsonb_object_agg(key, case key when 'unopened' then greatest(value::int, (counts ->> key)::int)
           else value::int + coalesce((counts ->> key)::int, 0) end), '{}')
       from jsonb_each_text($2)) where id = $1`,
    [id, JSON.stringify(counts)],
  );
}

/** Nothing is left. It is looked through once more later; after that the national id goes, too. Primary key. */
export async function finishErasure(tx: Tx, id: string, recheckSeconds: number | null): Promise<void> {
  await tx.query(
    `update erasures set state = 'erased', erased_at = coalesce(erased_at, now()), error_code = null, lease_until = null,
       next_attempt_at = now() + make_interval(secs => $2::float8), id_number = case when $2::float8 is not null then id_number end
     where id = $1`,
    [id, recheckSeconds],
  );
}

/** Somebody is here again: it begins anew. Primary key. */
export async function repeatErasure(tx: Tx, id: string): Promise<void> {
  await tx.query(
    `update erasures set state = 'erasing', erased_at = null, next_attempt_at = now(), lease_until = null, error_code = null where id = $1`,
    [id],
  );
}

/** The last place of the ledger that the database knows. `erasures_ledger_place_key`. */
export async function lastLedgerPlace(tx: Tx): Promise<number> {
  const rows = await tx.query<{ place: number }[]>(
    'select coalesce(max(ledger_place), 0) as place from erasures',
  );
  return rows[0]?.place ?? 0;
}

/** The id of the image store, beside which the ledger lies. One row. */
export async function storeIdOf(tx: Tx): Promise<string> {
  const rows = await tx.query<{ storeId: string }[]>('select store_id as "storeId" from image_mirror');
  return rows[0]?.storeId ?? '';
}

/** One process at a time adds to the ledger, until the end of the transaction. */
export async function lockLedger(tx: Tx): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(${LEDGER_LOCK}), set_config('idle_in_transaction_session_timeout', '0', true)`,
  );
}

/** Primary key. */
export async function setLedgerPlace(tx: Tx, id: string, place: number): Promise<void> {
  await tx.query('update erasures set ledger_place = $2 where id = $1', [id, place]);
}

/** What waits, and for how long the oldest has; held ones wait for people. `erasures_unfinished`. */
export async function summarizeUnfinished(
  tx: Tx,
): Promise<{ unfinished: number; oldestSeconds: number; errorCode: string | null }> {
  const rows = await tx.query<{ unfinished: number; oldestSeconds: number; errorCode: string | null }[]>(
    `select count(*)::int as unfinished, max(error_code) as "errorCode",
       coalesce(extract(epoch from now() - min(coalesce(began_at, requested_at))), 0)::float8 as "oldestSeconds"
     from erasures where state in ('restricted', 'erasing')`,
  );
  return rows[0]!;
}
