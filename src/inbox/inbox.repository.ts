import type { PoolClient } from 'pg';
import { byteaArray, int4Array, int8Array, textArray, timestamptzArray, uuidArray } from '../db/arrays.js';
import type { CallbackKind, Element } from '../enroll-contract/types.js';
import { leaseEnd } from '../jobs/lease.js';
import type { Intake, RefusedElement } from './intake.js';
import type { Source } from '../applicants/changes.entity.js';

/** A receipt row to be written. `state` is what holds if every version beside it is written too. */
export interface ReceiptRow {
  intake: Intake;
  state: 'applied' | 'pending' | 'rejected';
  sealedBody: Buffer;
}

export interface QuarantineRow {
  intake: Intake;
  refused: RefusedElement;
  sealed: Buffer;
}

/** An element that changed nothing: no version names it. */
export interface RepeatRow {
  intake: Intake;
  element: Element;
  result: 'duplicate' | 'stale';
}

/** The part that writes versions, given by `applicants/`. */
interface VersionsPart {
  text: string;
  parameterCount: number;
}

const RECEIPT_COLUMNS: [name: string, type: string, encode: (rows: ReceiptRow[]) => Buffer][] = [
  ['id', 'uuid', (rows) => uuidArray(rows.map(({ intake }) => intake.id))],
  ['state', 'text', (rows) => textArray(rows.map(({ state }) => state))],
  ['received_at', 'timestamptz', (rows) => timestamptzArray(rows.map(({ intake }) => intake.receivedAt))],
  ['source', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.source))],
  ['kind', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.kind))],
  ['client_id', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.clientId ?? null))],
  [
    'remote_address',
    'text',
    (rows) => textArray(rows.map(({ intake }) => intake.arrived.remoteAddress ?? null)),
  ],
  ['request_id', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.requestId ?? null))],
  ['content_type', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.contentType ?? null))],
  ['error_code', 'text', (rows) => textArray(rows.map(({ intake }) => intake.errorCode))],
  ['received', 'int4', (rows) => int4Array(rows.map(({ intake }) => intake.received))],
  ['applied', 'int4', (rows) => int4Array(rows.map(({ intake }) => intake.counts().applied))],
  ['duplicates', 'int4', (rows) => int4Array(rows.map(({ intake }) => intake.counts().duplicates))],
  ['quarantined', 'int4', (rows) => int4Array(rows.map(({ intake }) => intake.counts().quarantined))],
  ['results', 'text', (rows) => textArray(rows.map(({ intake }) => intake.letters()))],
  ['body_bytes', 'int4', (rows) => int4Array(rows.map(({ intake }) => intake.arrived.bytes.length))],
  ['body', 'bytea', (rows) => byteaArray(rows.map(({ sealedBody }) => sealedBody))],
  ['sent_bytes', 'int8', (rows) => int8Array(rows.map(({ intake }) => sentBytesOf(intake)))],
  [
    'content_encoding',
    'text',
    (rows) => textArray(rows.map(({ intake }) => intake.arrived.contentEncoding ?? null)),
  ],
];

function sentBytesOf({ arrived: { sentBytes } }: Intake): bigint | null {
  return sentBytes === undefined ? null : BigInt(sentBytes);
}

const QUARANTINE_COLUMNS: [name: string, type: string, encode: (rows: QuarantineRow[]) => Buffer][] = [
  ['id', 'uuid', (rows) => uuidArray(rows.map(({ refused }) => refused.quarantineId))],
  ['receipt_id', 'uuid', (rows) => uuidArray(rows.map(({ intake }) => intake.id))],
  ['element_index', 'int4', (rows) => int4Array(rows.map(({ refused }) => refused.index))],
  ['received_at', 'timestamptz', (rows) => timestamptzArray(rows.map(({ intake }) => intake.receivedAt))],
  ['source', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.source))],
  ['kind', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.kind))],
  ['applicant_id', 'text', (rows) => textArray(rows.map(({ refused }) => refused.applicantId))],
  ['code', 'text', (rows) => textArray(rows.map(({ refused }) => refused.code))],
  ['reason', 'text', (rows) => textArray(rows.map(({ refused }) => refused.reason))],
  ['element_bytes', 'int4', (rows) => int4Array(rows.map(({ refused }) => refused.bytes.length))],
  ['element', 'bytea', (rows) => byteaArray(rows.map(({ sealed }) => sealed))],
];

const REPEAT_COLUMNS: [name: string, type: string, encode: (rows: RepeatRow[]) => Buffer][] = [
  ['applicant_id', 'text', (rows) => textArray(rows.map(({ element }) => element.applicantId))],
  ['received_at', 'timestamptz', (rows) => timestamptzArray(rows.map(({ intake }) => intake.receivedAt))],
  ['receipt_id', 'uuid', (rows) => uuidArray(rows.map(({ intake }) => intake.id))],
  ['element_index', 'int4', (rows) => int4Array(rows.map(({ element }) => element.index))],
  ['source', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.source))],
  ['kind', 'text', (rows) => textArray(rows.map(({ intake }) => intake.arrived.kind))],
  ['result', 'text', (rows) => textArray(rows.map(({ result }) => result))],
];

type Column = readonly [name: string, type: string, encode: unknown];
const names = (columns: readonly Column[]): string => columns.map(([name]) => name).join(', ');
const arrays = (columns: readonly Column[], after: number): string =>
  `unnest(${columns.map(([, type], at) => `$${after + at + 1}::${type}[]`).join(', ')}) as t(${names(columns)})`;

let whole: { versions: VersionsPart; text: string; withRepeats: string } | undefined;

/**
 * The statement of the main job: receipts, quarantine rows and versions in one commit. A receipt is `pending` if some of its
 * versions lost a race, until they have been decided again. The text is put together once: pg compares each text with the one
 * that it prepared, and 7 KB compare quickly only if both are the same string. Repeats are rare, so most batches run a text
 * that does not know them.
 */
function commitStatement(versions: VersionsPart, withRepeats: boolean): { name: string; text: string } {
  if (whole?.versions !== versions) {
    const text = putTogether(versions, '');
    whole = { versions, text, withRepeats: putTogether(versions, repeatsPart(versions)) };
  }
  return withRepeats
    ? { name: 'inbox-commit-with-repeats', text: whole.withRepeats }
    : { name: 'inbox-commit', text: whole.text };
}

/** Of an applicant that lost a race nothing is kept: it is decided on again. */
function repeatsPart({ parameterCount }: VersionsPart): string {
  const afterQuarantine = parameterCount + RECEIPT_COLUMNS.length + QUARANTINE_COLUMNS.length;
  return `,
repeated as (
  insert into repeats (${names(REPEAT_COLUMNS)})
  select ${names(REPEAT_COLUMNS)} from ${arrays(REPEAT_COLUMNS, afterQuarantine)}
  where not exists (select from lost where lost.applicant_id = t.applicant_id)
  on conflict do nothing
)`;
}

function putTogether(versions: VersionsPart, repeats: string): string {
  const afterReceipts = versions.parameterCount + RECEIPT_COLUMNS.length;
  return `with ${versions.text},
kept as (
  insert into receipts (${names(RECEIPT_COLUMNS)})
  select ${names(RECEIPT_COLUMNS).replace('state', "case when exists (select from lost where lost.receipt_id = t.id) then 'pending' else t.state end")}
  from ${arrays(RECEIPT_COLUMNS, versions.parameterCount)}
),
refused as (
  insert into quarantine (${names(QUARANTINE_COLUMNS)})
  select ${names(QUARANTINE_COLUMNS)} from ${arrays(QUARANTINE_COLUMNS, afterReceipts)}
)${repeats}
select applicant_id from lost`;
}

/** @returns the applicants whose version was not written because another writer was first */
export async function commit(
  connection: PoolClient,
  versions: VersionsPart,
  rows: { versions: Buffer[]; receipts: ReceiptRow[]; quarantine: QuarantineRow[]; repeats: RepeatRow[] },
): Promise<Set<string>> {
  const withRepeats = rows.repeats.length > 0;
  const { rows: lost } = await connection.query<{ applicant_id: string }>({
    ...commitStatement(versions, withRepeats),
    values: [
      ...rows.versions,
      ...RECEIPT_COLUMNS.map(([, , encode]) => encode(rows.receipts)),
      ...QUARANTINE_COLUMNS.map(([, , encode]) => encode(rows.quarantine)),
      ...(withRepeats ? REPEAT_COLUMNS.map(([, , encode]) => encode(rows.repeats)) : []),
    ],
  });
  return new Set(lost.map((row) => row.applicant_id));
}

/** Marks a receipt as applied, once all its elements have their result; by the primary key. Idempotent. */
export async function finish(connection: PoolClient, intake: Intake): Promise<void> {
  const { applied, duplicates, quarantined } = intake.counts();
  await connection.query({
    name: 'receipts-finish',
    text: `update receipts set state = 'applied', applied = $3, duplicates = $4, quarantined = $5, results = $6
      where received_at = $1 and id = $2 and state = 'pending'`,
    values: [intake.receivedAt, intake.id, applied, duplicates, quarantined, intake.letters()],
  });
}

/** Which of these receipts are in the database, and how far they are; by the primary key. */
export async function findCommitted(
  connection: PoolClient,
  intakes: Intake[],
): Promise<Map<string, { state: ReceiptRow['state']; results: string }>> {
  const { rows } = await connection.query<{ id: string; state: ReceiptRow['state']; results: string }>({
    name: 'receipts-find-committed',
    text: `select r.id, r.state, r.results from unnest($1::timestamptz[], $2::uuid[]) as k(received_at, id)
      join receipts r on r.received_at = k.received_at and r.id = k.id`,
    values: [
      timestamptzArray(intakes.map(({ receivedAt }) => receivedAt)),
      uuidArray(intakes.map(({ id }) => id)),
    ],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which elements of a receipt are known to have changed nothing, by their index; by `repeats_received`. */
export async function readRepeats(
  connection: PoolClient,
  { id, receivedAt }: Intake,
): Promise<Map<number, RepeatRow['result']>> {
  const { rows } = await connection.query<{ index: number; result: RepeatRow['result'] }>({
    name: 'repeats-read',
    text: 'select element_index as index, result from repeats where received_at = $1 and receipt_id = $2',
    values: [receivedAt, id],
  });
  return new Map(rows.map(({ index, result }) => [index, result]));
}

/** A receipt that was committed and not yet applied. */
export interface PendingReceipt {
  id: string;
  received_at: Date;
  source: Source;
  kind: CallbackKind;
  attempts: number;
  body: Buffer;
}

/** Shorter than other leases, because each transaction renews it. It covers reading the body, and the time between two statements. */
const CLAIM_END = leaseEnd(5);

/**
 * The worker that had the receipt was killed. The next one takes it at once. After the third, the receipt may be what kills
 * them: each worker waits twice as long as the one before, up to a quarter of an hour.
 */
const ABANDONED = `lease_until < now() - make_interval(secs => case when attempts > 3 then least(900, 5 * 2 ^ least(attempts - 3, 10)) else 0 end)`;

/**
 * Claims the oldest pending receipt that nobody holds, and counts the attempt; by `receipts_pending`. The receipt has at least
 * that age, or its worker was killed. The count is committed before the work starts, so that a receipt which kills its worker
 * is counted too. It also identifies the claim: a later worker has a higher count.
 */
export async function claimPending(
  connection: PoolClient,
  olderThanSeconds: number,
  except: string[],
): Promise<PendingReceipt | null> {
  const { rows } = await connection.query<PendingReceipt>({
    name: 'receipts-claim-pending',
    text: `update receipts r set attempts = r.attempts + 1, lease_until = ${CLAIM_END}
      from (
        select received_at, id from receipts
        where state = 'pending' and id <> all($2::uuid[])
          and (${ABANDONED} or lease_until is null and received_at <= now() - make_interval(secs => $1))
        order by received_at limit 1 for update skip locked
      ) oldest
      where r.received_at = oldest.received_at and r.id = oldest.id
      returning r.id, r.received_at, r.source, r.kind, r.attempts, r.body`,
    values: [olderThanSeconds, except],
  });
  return rows[0] ?? null;
}

/** What identifies a claim. */
export type Claim = Pick<PendingReceipt, 'id' | 'received_at' | 'attempts'>;

/**
 * Extends a claim; by the primary key. Until the transaction around it ends, nobody else can claim the receipt.
 * @returns whether the claim still holds
 */
export async function renewClaim(connection: PoolClient, claim: Claim): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'receipts-renew-claim',
    text: `update receipts set lease_until = ${CLAIM_END}
      where received_at = $1 and id = $2 and attempts = $3 and state = 'pending'`,
    values: [claim.received_at, claim.id, claim.attempts],
  });
  return rowCount === 1;
}

/** Gives back a receipt that is not settled; by the primary key. */
export async function releaseClaim(connection: PoolClient, claim: Claim): Promise<void> {
  await connection.query({
    name: 'receipts-release-claim',
    text: `update receipts set lease_until = null where received_at = $1 and id = $2 and attempts = $3 and state = 'pending'`,
    values: [claim.received_at, claim.id, claim.attempts],
  });
}

/** SQL: whether a receipt of that age was never tried, or the worker of one was killed; by `receipts_pending`. */
export function hasAbandoned(ageSeconds: number): string {
  return `exists (select from receipts where state = 'pending'
    and (${ABANDONED} or attempts = 0 and received_at <= now() - make_interval(secs => ${ageSeconds})))`;
}

/** Adds quarantine rows of receipts that are already committed; those that are there already are left out. `quarantine_receipt`. */
export async function insertQuarantine(connection: PoolClient, rows: QuarantineRow[]): Promise<void> {
  await connection.query({
    name: 'quarantine-insert',
    text: `insert into quarantine (${names(QUARANTINE_COLUMNS)}) select ${names(QUARANTINE_COLUMNS)} from ${arrays(QUARANTINE_COLUMNS, 0)}
      where not exists (select from quarantine q where q.receipt_id = t.receipt_id and q.element_index = t.element_index)`,
    values: QUARANTINE_COLUMNS.map(([, , encode]) => encode(rows)),
  });
}
