import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import type { Outcome } from '../enroll-contract/types.js';

/** What reads take of an applicant; everything else is in the sealed content. */
export interface ApplicantRow {
  applicantId: string;
  version: number;
  outcome: Outcome;
  flags: string[];
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  sealed: Buffer;
}

/** Conditions on typed columns. Times are of the first receipt: `receivedFrom` inclusive, `receivedTo` exclusive. */
export interface ApplicantFilter {
  outcome?: Outcome;
  status?: number;
  nationality?: string;
  documentType?: string;
  flag?: string;
  receivedFrom?: Date;
  receivedTo?: Date;
  /** One of these; the primary key serves it. */
  among?: string[];
}

/** The last row of the page before. */
export interface Position {
  firstReceivedAt: Date;
  applicantId: string;
}

/** Blind indexes of one sealed value, one per ring key; `contact` is a phone or an e-mail. */
export interface BlindLookup {
  field: 'idNumber' | 'documentNumber' | 'contact';
  candidates: bigint[];
}

const COLUMNS = `applicant_id as "applicantId", version, outcome, flags, first_received_at as "firstReceivedAt",
  last_received_at as "lastReceivedAt", sealed`;
/** As `COLUMNS` names them, but `sealed`. */
export const NAMES = '"applicantId", version, outcome, flags, "firstReceivedAt", "lastReceivedAt"';
const NEWEST_FIRST = 'order by first_received_at desc, applicant_id desc';
/** Rows that a flag is looked for in before its own index is asked. */
const FLAG_WALK_ROWS = 20_000;

/** Collects the parameters of a statement that is put together from conditions. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Conditions as SQL, for statements on `applicants`. Never empty. */
export function conditionsOf(filter: ApplicantFilter, parameters: Parameters): string {
  const conditions = ['true'];
  const where = (sql: string, value: unknown): void => {
    if (value !== undefined) conditions.push(sql.replace('?', parameters.add(value)));
  };
  where('outcome = ?', filter.outcome);
  where('status = ?', filter.status);
  where('nationality = ?', filter.nationality);
  where('document_type_code = ?', filter.documentType);
  where('flags @> array[?::text]', filter.flag);
  where('first_received_at >= ?', filter.receivedFrom);
  where('first_received_at < ?', filter.receivedTo);
  where('applicant_id = any(?)', filter.among);
  return conditions.join(' and ');
}

function olderThan(position: Position | null, parameters: Parameters): string {
  if (position === null) return 'true';
  const at = parameters.add(position.firstReceivedAt);
  return `(first_received_at, applicant_id) < (${at}, ${parameters.add(position.applicantId)})`;
}

/** Primary key. */
export async function readApplicant(tx: Tx, applicantId: string): Promise<ApplicantRow | undefined> {
  const rows = await tx.query<ApplicantRow[]>(`select ${COLUMNS} from applicants where applicant_id = $1`, [
    applicantId,
  ]);
  return rows[0];
}

/** When these applicants were last heard of; unknown ones are left out. Primary key. */
export async function readLastReceived(tx: Tx, applicantIds: string[]): Promise<Map<string, Date>> {
  const rows = await tx.query<{ applicantId: string; at: Date }[]>(
    `select a.applicant_id as "applicantId", a.last_received_at as at
     from unnest($1::text[]) as k(applicant_id) join applicants a on a.applicant_id = k.applicant_id`,
    [applicantIds],
  );
  return new Map(rows.map((row) => [row.applicantId, row.at]));
}

/**
 * Newest first. `applicants_outcome` where an outcome is asked for, else `applicants_first_received`; the other
 * conditions are checked on the way, so a rare nationality or type of document walks far (0.5 s at 1 M rows).
 */
export async function listNewest(
  tx: Tx,
  filter: ApplicantFilter,
  after: Position | null,
  limit: number,
): Promise<Stretch<ApplicantRow>> {
  if (filter.flag !== undefined) return listFlagged(tx, filter, after, limit);
  const p = new Parameters();
  const where = `${conditionsOf(filter, p)} and ${olderThan(after, p)}`;
  const page = `select ${COLUMNS} from applicants where ${where} ${NEWEST_FIRST} limit ${p.add(limit)}`;
  return readStretch(tx, page, p);
}

async function readStretch(tx: Tx, page: string, p: Parameters): Promise<Stretch<ApplicantRow>> {
  return stretchOf(await tx.query<Bounded<ApplicantRow>[]>(withinPageBytes(page, NAMES), p.values));
}

/**
 * A flag may be on every applicant or on three: the planner cannot tell, and is wrong by 0.6 s at 1 M rows. So first
 * the newest rows are walked, which finds a page of any common flag; only a rare one goes to `applicants_flags`, which
 * is partial: its condition must be repeated.
 */
async function listFlagged(
  tx: Tx,
  filter: ApplicantFilter,
  after: Position | null,
  limit: number,
): Promise<Stretch<ApplicantRow>> {
  const walk = new Parameters();
  const { flag, ...others } = filter;
  const near = `select * from applicants where ${conditionsOf(others, walk)} and ${olderThan(after, walk)}
    ${NEWEST_FIRST} limit ${FLAG_WALK_ROWS}`;
  const found = await readStretch(
    tx,
    `select ${COLUMNS} from (${near}) near where flags @> array[${walk.add(flag)}::text]
     ${NEWEST_FIRST} limit ${walk.add(limit)}`,
    walk,
  );
  if (found.isCut || found.rows.length === limit) return found;
  const p = new Parameters();
  const where = `${conditionsOf(others, p)} and ${olderThan(after, p)}`;
  return readStretch(
    tx,
    `with flagged as materialized (select * from applicants where flags @> array[${p.add(flag)}::text] and flags <> '{}')
     select ${COLUMNS} from flagged where ${where} ${NEWEST_FIRST} limit ${p.add(limit)}`,
    p,
  );
}

/**
 * `applicants_id_number`, `applicants_document_number` or `applicants_contact` (GIN, partial: its condition must be
 * repeated). Materialized: otherwise the planner prefers to walk all applicants by time (0.8 s at 1 M rows for a
 * contact). Hits are to be checked on the opened rows.
 */
export async function findByBlindIndex(
  tx: Tx,
  lookup: BlindLookup,
  filter: ApplicantFilter,
  after: Position | null,
  limit: number,
): Promise<Stretch<ApplicantRow>> {
  const p = new Parameters();
  const candidates = `${p.add(lookup.candidates.map(String))}::bigint[]`;
  const hit = {
    idNumber: `id_number_index = any(${candidates})`,
    documentNumber: `document_number_index = any(${candidates})`,
    contact: `contact_index && ${candidates} and contact_index <> '{}'`,
  }[lookup.field];
  const where = `${conditionsOf(filter, p)} and ${olderThan(after, p)}`;
  return readStretch(
    tx,
    `with hit as materialized (select * from applicants where ${hit})
     select ${COLUMNS} from hit where ${where} ${NEWEST_FIRST} limit ${p.add(limit)}`,
    p,
  );
}
