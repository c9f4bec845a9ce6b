import type { Tx } from '../db/tx.js';
import { type FeedPosition, HISTORY_NOW, OLDEST_RUNNING } from '../feed/order.types.js';
import type { WrittenEntry } from './audit-trail.types.js';
import { NO_LINK } from './chain.js';

/** Any number, the same in every release. */
const CHAIN_LOCK = 7_655_322_003;

/** Place of an entry in the order in which the audit is chained. */
export type AuditPlace = FeedPosition & { entry: string };

/** A link of the chain, or what comes before the first. */
export interface ChainLink {
  n: number;
  hash: string;
  place: AuditPlace;
}

const BEGINNING: ChainLink = {
  n: 0,
  hash: NO_LINK,
  place: { history: '0', tx: '0', seq: '0', entry: '00000000-0000-0000-0000-000000000000' },
};

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Position in a list: newest first. `seq` and `id` order the entries of one transaction. */
export interface AuditPosition {
  at: string;
  seq: string;
  id: string;
}

const AT = `to_char(c.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const ENTRY = `c.id, ${AT} as at, c.actor, c.action, c.subject, c.reason, c.address, c.request_id as "requestId", c.detail`;
const PLACE = 'c.history, c.tx, c.seq, c.id';
const LINK = `l.n::float8 as n, encode(l.hash, 'hex') as hash`;
const PLACED_LINK = `${LINK}, l.history::text, l.tx::text, l.seq::text, l.entry`;

type LinkRow = Omit<ChainLink, 'place'> & AuditPlace;

function linkOf({ n, hash, ...place }: LinkRow): ChainLink {
  return { n, hash, place };
}

/** SQL: the newest entry. `audit_place`. */
const NEWEST = 'select id from audit order by history desc, tx desc, seq desc, id desc limit 1';

/** SQL: whether the newest entry is not the last in the chain. */
export const HAS_UNLINKED = `(${NEWEST})
  is distinct from (select entry from audit_links order by n desc limit 1)`;

/** Id of the newest entry, undefined where there is none. */
export async function findNewest(tx: Tx): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(NEWEST);
  return row?.id;
}

export async function isLinked(tx: Tx, entry: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('select from audit_links where entry = $1', [entry]);
  return rows.length > 0;
}

/**
 * An entry, or the last link, at a place that no transaction has had so far: somebody has put it there by hand, so that all entries
 * until then are linked late or never. `audit_place`, primary key.
 */
export async function findAhead(tx: Tx): Promise<string | undefined> {
  const isAhead = (row: string) =>
    `(${row}.history, ${row}.tx) >= (${HISTORY_NOW}, pg_snapshot_xmax(pg_current_snapshot()))`;
  const [row] = await tx.query<{ entry: string }[]>(
    `select entry from (select * from audit_links order by n desc limit 1) l where ${isAhead('l')}
     union all (select id from audit c where ${isAhead('c')} order by ${PLACE} limit 1) limit 1`,
  );
  return row?.entry;
}

/** Waits until no other process chains; to the end of the transaction. */
export async function lockChain(tx: Tx): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
}

/** The last link, or that of this number; before the first there is BEGINNING. */
export async function findLink(tx: Tx, n?: number): Promise<ChainLink> {
  const [row] = await tx.query<LinkRow[]>(
    `select ${PLACED_LINK} from audit_links l
      where $1::bigint is null or l.n = $1 order by l.n desc limit 1`,
    [n ?? null],
  );
  return row === undefined ? BEGINNING : linkOf(row);
}

/** Entries behind a place whose order is final, oldest first: every transaction that began before theirs has ended. */
export async function entriesBehind(
  tx: Tx,
  { history, tx: transaction, seq, entry }: AuditPlace,
  limit: number,
): Promise<(WrittenEntry & { place: AuditPlace })[]> {
  const rows = await tx.query<(WrittenEntry & Omit<AuditPlace, 'entry'>)[]>(
    `select ${ENTRY}, c.history::text, c.tx::text, c.seq::text from audit c
      where (${PLACE}) > ($1::bigint, $2::xid8, $3::bigint, $4::uuid)
        and (c.history, c.tx) < (${HISTORY_NOW}, ${OLDEST_RUNNING})
      order by ${PLACE} limit $5`,
    [history, transaction, seq, entry, limit],
  );
  return rows.map((row) => ({ ...row, place: { ...row, entry: row.id } }));
}

export async function insertLinks(tx: Tx, links: readonly ChainLink[]): Promise<void> {
  await tx.query(
    `insert into audit_links (n, hash, entry, history, tx, seq)
     select n, decode(hash, 'hex'), entry, history, tx, seq from unnest(
       $1::bigint[], $2::text[], $3::uuid[], $4::bigint[], $5::xid8[], $6::bigint[]) as l(n, hash, entry, history, tx, seq)`,
    [
      links.map(({ n }) => n),
      links.map(({ hash }) => hash),
      links.map(({ place }) => place.entry),
      links.map(({ place }) => place.history),
      links.map(({ place }) => place.tx),
      links.map(({ place }) => place.seq),
    ],
  );
}

/** Links behind `n`, in their order. */
export async function linksBehind(tx: Tx, n: number, limit: number): Promise<ChainLink[]> {
  const rows = await tx.query<LinkRow[]>(
    `select ${PLACED_LINK} from audit_links l where l.n > $1 order by l.n limit $2`,
    [n, limit],
  );
  return rows.map(linkOf);
}

/** Entries behind one place and up to another, by their ids: all that should be linked from there to there. */
export async function entriesBetween(
  tx: Tx,
  after: AuditPlace,
  upTo: AuditPlace,
): Promise<Map<string, WrittenEntry>> {
  const rows = await tx.query<WrittenEntry[]>(
    `select ${ENTRY} from audit c
      where (${PLACE}) > ($1::bigint, $2::xid8, $3::bigint, $4::uuid)
        and (${PLACE}) <= ($5::bigint, $6::xid8, $7::bigint, $8::uuid)
      order by ${PLACE}`,
    [after, upTo].flatMap(({ history, tx: transaction, seq, entry }) => [history, transaction, seq, entry]),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Numbers of the first and the last link of a period; undefined where it holds none. */
export async function linksOfPeriod(
  tx: Tx,
  { from, to }: Pick<AuditFilter, 'from' | 'to'>,
): Promise<{ first: number; last: number } | undefined> {
  const [row] = await tx.query<{ first: number | null; last: number | null }[]>(
    `select min(l.n)::float8 as first, max(l.n)::float8 as last from audit_links l join audit c on c.id = l.entry
      where c.at >= coalesce($1::timestamptz, '-infinity') and c.at < coalesce($2::timestamptz, 'infinity')`,
    [from ?? null, to ?? null],
  );
  const { first = null, last = null } = row ?? {};
  return first === null || last === null ? undefined : { first, last };
}

/** Entries, newest first, each with its link once it has one. */
export async function listAudit(
  tx: Tx,
  { actor, action, subject, from, to }: AuditFilter,
  after: AuditPosition | null,
  limit: number,
): Promise<(WrittenEntry & { seq: string; n: number | null; hash: string | null })[]> {
  return tx.query(
    `select ${ENTRY}, c.seq::text as seq, ${LINK} from audit c left join audit_links l on l.entry = c.id
      where ($1::text is null or c.actor = $1) and ($2::text is null or c.action = $2)
        and ($3::text is null or c.subject = $3)
        and c.at >= coalesce($4, '-infinity'::timestamptz) and c.at < coalesce($5, 'infinity'::timestamptz)
        and ($6::timestamptz is null or (c.at, c.seq, c.id) < ($6, $7::bigint, $8::uuid))
      order by c.at desc, c.seq desc, c.id desc limit $9`,
    [
      ...[actor, action, subject, from, to].map((value) => value ?? null),
      ...[after?.at, after?.seq, after?.id].map((value) => value ?? null),
      limit,
    ],
  );
}

/** Signed ends of the chain, oldest first. */
export async function listHeads(tx: Tx, first: number, last: number): Promise<{ n: number; jws: string }[]> {
  return tx.query('select n::float8 as n, jws from audit_heads where n between $1 and $2 order by n, day', [
    first,
    last,
  ]);
}

/** Whether this day has no head so far. */
export async function lacksHead(tx: Tx, day: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('select from audit_heads where day = $1', [day]);
  return rows.length === 0;
}

export async function insertHead(tx: Tx, day: string, n: number, jws: string): Promise<void> {
  await tx.query('insert into audit_heads (day, n, jws) values ($1, $2, $3) on conflict do nothing', [
    day,
    n,
    jws,
  ]);
}
