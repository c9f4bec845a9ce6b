import { PLACE, placeOf } from '../feed/order.types.js';
import type { Tx } from '../db/tx.js';
import type { Due } from './rows.repository.js';

export type MonthlyTable = 'receipts' | 'changes';

const AT = { receipts: 'received_at', changes: 'changed_at' } as const;
/** SQL over a row `c`: it stays whatever its age. The parameter $2 holds what `idsHeld` answers. */
const STAYS = {
  receipts: `c.state = 'pending' or c.id::text = any($2::text[])`,
  changes: `c.applicant_id = any($2::text[])`,
} as const;

/** The first of a month that is kept, in the order of the feed: what comes after it stays, too, or readers would skip it. */
const FIRST_KEPT = `(select ${PLACE} from changes c where c.changed_at >= $1 order by ${PLACE} limit 1)`;
const IS_BEFORE_KEPT = `coalesce((${PLACE}) < ${FIRST_KEPT}, true)`;

/**
 * What must stay for held people: their ids, or the receipts that their versions, elements of the quarantine and repeats name.
 * Primary keys of `changes` and `repeats`, `quarantine_applicant`.
 */
export async function idsHeld(
  tx: Tx,
  table: MonthlyTable,
  applicantIds: readonly string[],
): Promise<string[]> {
  if (table === 'changes' || applicantIds.length === 0) return [...applicantIds];
  const rows = await tx.query<{ id: string }[]>(
    `select receipt_id::text as id from changes where applicant_id = any($1)
     union select receipt_id::text from quarantine where applicant_id = any($1)
     union select replay_receipt_id::text from quarantine where applicant_id = any($1) and replay_receipt_id is not null
     union select receipt_id::text from repeats where applicant_id = any($1)`,
    [applicantIds],
  );
  return rows.map(({ id }) => id);
}

/** Scans what is due. */
export async function countDueMonths(
  tx: Tx,
  table: MonthlyTable,
  before: Date,
  ids: readonly string[],
): Promise<Due> {
  const rows = await tx.query<Due[]>(
    `select count(*) filter (where not stays)::float8 as rows, min(at) filter (where not stays) as oldest,
       count(*) filter (where stays)::float8 as held
     from (select c.${AT[table]} as at, ${STAYS[table]} as stays from ${table} c where c.${AT[table]} < $1) due`,
    [before, ids],
  );
  return rows[0]!;
}

/** SQL: the month that the name of a partition `c` says. */
const MONTH = `(to_date(right(c.relname, 8), '"y"YYYY"m"MM')::timestamp at time zone 'UTC')`;

/** The oldest month that has a partition of its own and is over before that time. Reads the catalog. */
export async function oldestMonth(tx: Tx, table: MonthlyTable, before: Date): Promise<Date | undefined> {
  const rows = await tx.query<{ month: Date }[]>(
    `select ${MONTH} as month
     from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = $1::regclass and c.relname ~ '_y\\d{4}m\\d{2}$'
       and ${MONTH} < $2 order by 1 limit 1`,
    [table, before],
  );
  return rows[0]?.month;
}

/** Drops a month but for what stays. @returns how many rows are gone; null where it has to wait */
export async function retireMonth(
  tx: Tx,
  table: MonthlyTable,
  month: Date,
  ids: readonly string[],
): Promise<number | null> {
  const rows = await tx.query<{ removed: string | null }[]>('select retire_month($1, $2, $3) as removed', [
    table,
    month,
    ids,
  ]);
  const removed = rows[0]?.removed ?? null;
  return removed === null ? null : Number(removed);
}

/** Removes from the default partition what was held there and is no longer. @returns how many, at most `limit` */
export async function removeStragglers(
  tx: Tx,
  table: MonthlyTable,
  before: Date,
  ids: readonly string[],
  limit: number,
): Promise<number> {
  const isRest = `c.tableoid = '${table}_default'::regclass and c.${AT[table]} < $1`;
  const also = table === 'changes' ? `and ${IS_BEFORE_KEPT}` : '';
  const key = table === 'changes' ? '(c.applicant_id, c.version, c.changed_at)' : '(c.received_at, c.id)';
  const places = table === 'changes' ? 'returning c.history, c.tx, c.seq' : 'returning 1';
  const rows = await tx.query<{ removed: number }[]>(
    `with gone as (
       delete from ${table} c where ${isRest} and ${key} in (
         select ${key.slice(1, -1)} from ${table} c where ${isRest} and not (${STAYS[table]}) ${also} limit $3) ${places}
     ) ${table === 'changes' ? MOVE_START : ''}
     select count(*)::int as removed from gone`,
    [before, ids, limit],
  );
  return rows[0]?.removed ?? 0;
}

const MOVE_START = `, moved as (
  update retired_months m set (history, tx, seq) = (${placeOf('l')})
  from (select ${PLACE} from gone c order by c.history desc, c.tx desc, c.seq desc limit 1) l
  where m.table_name = 'changes' and (${placeOf('m')}) < (${placeOf('l')})
)`;

/** Removes repeats whose receipts are gone. `repeats_received`, primary key of `receipts`. @returns how many, at most `limit` */
export async function removeRepeats(tx: Tx, before: Date, limit: number): Promise<number> {
  const [, removed] = await tx.query<[unknown, number]>(
    `delete from repeats where (applicant_id, received_at, receipt_id, element_index) in (
       select p.applicant_id, p.received_at, p.receipt_id, p.element_index from repeats p
       where p.received_at < $1
         and not exists (select from receipts r where r.received_at = p.received_at and r.id = p.receipt_id)
       limit $2)`,
    [before, limit],
  );
  return removed;
}

/** Removes events that are no versions, up to where the feed begins. `notices_place`. @returns how many, at most `limit` */
export async function removeNotices(tx: Tx, held: readonly string[], limit: number): Promise<number> {
  const [, removed] = await tx.query<[unknown, number]>(
    `delete from notices where (history, tx, seq) in (
       select ${PLACE} from notices c, retired_months m
       where m.table_name = 'changes' and (${PLACE}) <= (${placeOf('m')}) and c.applicant_id <> all($1)
       order by ${PLACE} limit $2)`,
    [held, limit],
  );
  return removed;
}
