import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import { type ApplicantRow, COLUMNS, NAMES } from './applicants.repository.js';
import { VERSION_COLUMNS, VERSION_NAMES, type VersionRecord } from './changes.repository.js';
import type { TamperedRow } from './tampered-rows.repository.js';

/** An applicant with the columns that only searches and decisions look at. Numbers of 64 bits are texts. */
export interface WholeApplicant extends ApplicantRow {
  idNumberIndex: string | null;
  documentNumberIndex: string | null;
  contactIndex: string[];
  /** Hex of the kept form. */
  knownHashes: string;
  /** Whether `changes` has a newer version, or another one of the same number. */
  isBehind: boolean;
}

type Key = Omit<TamperedRow, 'columns' | 'table'>;

const WHOLE = `${COLUMNS}, id_number_index::text as "idNumberIndex", document_number_index::text as "documentNumberIndex",
  contact_index::text[] as "contactIndex", encode(known_hashes, 'hex') as "knownHashes",
  (select count(*) > 1 from changes c where c.applicant_id = applicants.applicant_id and c.version >= applicants.version) as "isBehind"`;
const WHOLE_NAMES = `${NAMES}, "idNumberIndex", "documentNumberIndex", "contactIndex", "knownHashes", "isBehind"`;

/** The next applicants after one. Primary key. */
export async function readNextApplicants(
  tx: Tx,
  after: string,
  limit: number,
): Promise<Stretch<WholeApplicant>> {
  const page = `select ${WHOLE} from applicants where applicant_id > $1 order by applicant_id limit $2`;
  return stretchOf(
    await tx.query<Bounded<WholeApplicant>[]>(withinPageBytes(page, WHOLE_NAMES), [after, limit]),
  );
}

/** The next versions after one. Primary key of each month. */
export async function readNextVersions(
  tx: Tx,
  { applicantId, version }: Key,
  limit: number,
): Promise<Stretch<VersionRecord>> {
  const page = `select ${VERSION_COLUMNS} from changes where (applicant_id, version) > ($1, $2)
    order by applicant_id, version limit $3`;
  return stretchOf(
    await tx.query<Bounded<VersionRecord>[]>(withinPageBytes(page, VERSION_NAMES), [
      applicantId,
      version,
      limit,
    ]),
  );
}

const KEYS = 'unnest($1::text[], $2::int[]) as k(applicant_id, version)';
const valuesOf = (keys: readonly Key[]) => [
  keys.map(({ applicantId }) => applicantId),
  keys.map(({ version }) => version),
];

/** Those of these applicants that are still at that version. Primary key. */
export async function readApplicantsAt(tx: Tx, keys: readonly Key[]): Promise<WholeApplicant[]> {
  return tx.query<WholeApplicant[]>(
    `select ${WHOLE} from applicants where (applicant_id, version) in (select * from ${KEYS})`,
    valuesOf(keys),
  );
}

/** These applicants as they are now. Primary key. */
export async function readApplicantsNow(tx: Tx, applicantIds: readonly string[]): Promise<WholeApplicant[]> {
  return tx.query<WholeApplicant[]>(`select ${WHOLE} from applicants where applicant_id = any($1::text[])`, [
    applicantIds,
  ]);
}

/** Primary key, one probe a month. */
export async function readVersionsAt(tx: Tx, keys: readonly Key[]): Promise<VersionRecord[]> {
  return tx.query<VersionRecord[]>(
    `select ${VERSION_COLUMNS} from changes where (applicant_id, version) in (select * from ${KEYS})`,
    valuesOf(keys),
  );
}

/**
 * Notices that say an outcome or a status that their version does not say, nor one that came after it: `applicant.images_ready` says
 * what the applicant's row said at that moment. Reads the whole table; the versions are checked on their own.
 */
export async function readDifferingNotices(tx: Tx): Promise<TamperedRow[]> {
  return tx.query<TamperedRow[]>(
    `select distinct 'notices' as "table", n.applicant_id as "applicantId", n.version, array['outcome'] as columns
     from notices n join changes v on v.applicant_id = n.applicant_id and v.version = n.version
     where (n.outcome, n.status) is distinct from (v.outcome, v.status)
       and not exists (select from changes c where c.applicant_id = n.applicant_id and c.version > n.version
         and (c.outcome, c.status) is not distinct from (n.outcome, n.status))`,
  );
}

/** Rows to be read by a verification. Reads both primary keys. */
export async function countRows(tx: Tx): Promise<number> {
  const rows = await tx.query<{ n: number }[]>(
    'select (select count(*) from applicants)::float8 + (select count(*) from changes) as n',
  );
  return rows[0]?.n ?? 0;
}
