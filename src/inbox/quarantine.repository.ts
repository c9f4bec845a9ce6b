import { MAX_PAGE_BYTES } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import { spellingsOf } from '../enroll-contract/applicant-id.js';
import { instantOf } from '../problem/page.dto.js';
import type { Position } from './cursors.js';
import type { ListQuarantineQuery, ReplayFilter } from './quarantine.dto.js';
import { QUARANTINE_STATES, type QuarantineState, Quarantined } from './quarantine.entity.js';

/** A quarantined element without its bytes. */
export type QuarantineSummary = Omit<Quarantined, 'element'>;

type QuarantineFilter = Omit<ListQuarantineQuery, 'limit' | 'cursor'>;

export interface QuarantineGrowth {
  open: number;
  recent: number;
}

export interface CodeCount {
  state: QuarantineState;
  code: string;
  count: number;
  newestAt: Date;
}

export interface Resolution {
  state: 'replayed' | 'discarded';
  by: string;
  /** How, in words. A fix names the fields that it changed, never their values. */
  text: string;
  replayReceiptId: string | null;
  /** The applicant that the element became; null if it became none. */
  applicantId: string | null;
}

/** Counting must not become the load that it warns of. */
export const COUNT_UP_TO = 100_000;
const COLUMNS = `q.id, q.receipt_id as "receiptId", q.element_index as "elementIndex", q.received_at as "receivedAt", q.source,
  q.kind, q.applicant_id as "applicantId", q.code, q.reason, q.state, q.resolved_at as "resolvedAt",
  q.resolved_by as "resolvedBy", q.resolution, q.replay_receipt_id as "replayReceiptId", q.element_bytes as "elementBytes"`;
const MATCHES = `($1::text is null or q.code = $1) and ($2::text[] is null or q.applicant_id = any($2))
  and ($3::uuid is null or q.receipt_id = $3)
  and q.received_at >= coalesce($4::timestamptz, '-infinity') and q.received_at < coalesce($5::timestamptz, 'infinity')`;

/**
 * Newest first. `quarantine_state` (state, received_at, id), once per state asked for, merged; of one applicant or
 * receipt the planner may take `quarantine_applicant` or `quarantine_receipt`.
 */
export async function listQuarantine(
  tx: Tx,
  filter: QuarantineFilter,
  after: Position | null,
  limit: number,
): Promise<QuarantineSummary[]> {
  return tx.query<QuarantineSummary[]>(
    `select ${COLUMNS} from unnest($6::text[]) as asked(state) cross join lateral (
       select q.* from quarantine q
       where q.state = asked.state and ${MATCHES}
         and (q.received_at, q.id) < (coalesce($7::timestamptz, 'infinity'), coalesce($8::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
       order by q.received_at desc, q.id desc limit $9) q
     order by q.received_at desc, q.id desc limit $9`,
    [
      ...matchesOf(filter),
      filter.state === undefined ? QUARANTINE_STATES : [filter.state],
      after?.at ?? null,
      after?.id ?? null,
      limit,
    ],
  );
}

/** How many are open, and how many of these are recent; counted up to a bound. `quarantine_state`. */
export async function summarizeOpen(tx: Tx, lastSeconds: number): Promise<QuarantineGrowth> {
  const rows = await tx.query<QuarantineGrowth[]>(
    `select count(*)::int as open,
       count(*) filter (where received_at > now() - make_interval(secs => $1))::int as recent
     from (select received_at from quarantine where state = 'open' order by received_at desc limit ${COUNT_UP_TO}) newest`,
    [lastSeconds],
  );
  return rows[0] ?? { open: 0, recent: 0 };
}

/** How many elements of each state were refused with each code; of each state the newest are counted. `quarantine_state`. */
export async function countByCode(tx: Tx): Promise<CodeCount[]> {
  return tx.query<CodeCount[]>(
    `select asked.state, q.code, count(*)::int as count, max(q.received_at) as "newestAt"
     from unnest($1::text[]) as asked(state) cross join lateral (
       select code, received_at from quarantine where state = asked.state order by received_at desc limit ${COUNT_UP_TO}) q
     group by asked.state, q.code order by count(*) desc, q.code, asked.state`,
    [QUARANTINE_STATES],
  );
}

/** Open ones, oldest first: the order in which they must be replayed. `quarantine_state`. */
export async function listOpen(
  tx: Tx,
  filter: ReplayFilter,
  after: Position | null,
  limit: number,
): Promise<QuarantineSummary[]> {
  return tx.query<QuarantineSummary[]>(
    `select ${COLUMNS} from quarantine q
     where q.state = 'open' and ${MATCHES}
       and (q.received_at, q.id) > (coalesce($6::timestamptz, '-infinity'), coalesce($7::uuid, '00000000-0000-0000-0000-000000000000'))
     order by q.received_at, q.id limit $8`,
    [...matchesOf(filter), after?.at ?? null, after?.id ?? null, limit],
  );
}

/** Primary key. Oldest first; ids that are not there are left out. */
export async function readQuarantine(tx: Tx, ids: string[]): Promise<QuarantineSummary[]> {
  return tx.query<QuarantineSummary[]>(
    `select ${COLUMNS} from unnest($1::uuid[]) as k(id) join quarantine q on q.id = k.id
     order by q.received_at, q.id`,
    [ids],
  );
}

/** The sealed bytes of one element. Primary key. Never of many at once: one alone may be as long as a body. */
export async function readElementBytes(tx: Tx, id: string): Promise<Buffer | undefined> {
  return (await tx.findOne(Quarantined, { where: { id }, select: { id: true, element: true } }))?.element;
}

/** Elements of those who are no applicants or were erased, and those that name nobody. Scans the table; primary key of `applicants`. */
export async function listOfUnknown(tx: Tx): Promise<{ id: string; applicantId: string | null }[]> {
  return tx.query(
    `select q.id, q.applicant_id as "applicantId" from quarantine q where q.reason is distinct from 'erased'
       and not exists (select from applicants a where a.applicant_id = q.applicant_id and a.erasure_id is null)`,
  );
}

const ELEMENTS_AT_ONCE = 200;

/** The sealed bytes of these elements, as many at once as a page may have, without those that are gone. Primary key. */
export async function* sealedElements(
  tx: Tx,
  ids: readonly string[],
): AsyncGenerator<{ id: string; element: Buffer }[]> {
  for (let at = 0; at < ids.length;) {
    const rows = await tx.query<{ ord: number; id: string; element: Buffer | null }[]>(
      `select k.ord::int, q.id, case when coalesce(sum(q.element_bytes) over (order by k.ord rows between unbounded preceding and 1 preceding), 0)
           < ${MAX_PAGE_BYTES} then q.element end as element
       from unnest($1::uuid[]) with ordinality as k(id, ord) join quarantine q on q.id = k.id order by k.ord`,
      [ids.slice(at, at + ELEMENTS_AT_ONCE)],
    );
    yield rows.flatMap(({ id, element }) => (element === null ? [] : [{ id, element }]));
    const cut = rows.find(({ element }) => element === null);
    at += cut === undefined ? ELEMENTS_AT_ONCE : cut.ord - 1;
  }
}

/** Primary key. @returns false where it is not open any more */
export async function resolveQuarantine(tx: Tx, id: string, resolution: Resolution): Promise<boolean> {
  const { state, by, text, replayReceiptId } = resolution;
  const resolved = { state, resolvedAt: () => 'now()', resolvedBy: by, resolution: text, replayReceiptId };
  return (await tx.update(Quarantined, { id, state: 'open' }, resolved)).affected === 1;
}

function matchesOf({ code, applicantId, receiptId, receivedFrom, receivedTo }: ReplayFilter): unknown[] {
  const spellings = applicantId === undefined ? null : spellingsOf(applicantId);
  const times = [instantOf(receivedFrom), instantOf(receivedTo)];
  return [code, spellings, receiptId, ...times].map((value) => value ?? null);
}
