import type { Tx } from '../db/tx.js';
import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import type { Outcome } from '../enroll-contract/types.js';

/** What of a version is made with a key. */
export interface KeyedVersion {
  applicantId: string;
  version: number;
  /** As Postgres spells it: a Date would cut it to milliseconds. */
  changedAt: string;
  outcome: Outcome;
  /** Hex. */
  contentHash: string;
  sealed: Buffer;
}

const VERSION_NAMES = '"applicantId", version, "changedAt", outcome, "contentHash"';
const VERSION = `applicant_id as "applicantId", version, changed_at::text as "changedAt", outcome,
  encode(content_hash, 'hex') as "contentHash", sealed`;

/** The next versions after one. Primary key of each month. */
export async function readKeyedVersions(
  tx: Tx,
  after: Pick<KeyedVersion, 'applicantId' | 'version' | 'changedAt'>,
  limit: number,
): Promise<Stretch<KeyedVersion>> {
  const page = `select ${VERSION} from changes where (applicant_id, version, changed_at) > ($1, $2, $3::timestamptz)
    order by applicant_id, version, changed_at limit $4`;
  const values = [after.applicantId, after.version, after.changedAt, limit];
  return stretchOf(await tx.query<Bounded<KeyedVersion>[]>(withinPageBytes(page, VERSION_NAMES), values));
}

/** The versions of an applicant, from one on. Primary key of each month. */
export async function readVersionsFrom(tx: Tx, applicantId: string, first: number): Promise<KeyedVersion[]> {
  return tx.query<KeyedVersion[]>(
    `select ${VERSION} from changes where applicant_id = $1 and version >= $2 order by version`,
    [applicantId, first],
  );
}

/** A version under another key, and the hash that it had: an erasure may have overwritten it meanwhile. */
export type RekeyedVersion = KeyedVersion & { before: string };

/** Primary key. @returns how many were written */
export async function writeKeyedVersions(tx: Tx, rows: readonly RekeyedVersion[]): Promise<number> {
  if (rows.length === 0) return 0;
  const [, written] = await tx.query<[unknown, number]>(
    `update changes c set content_hash = decode(k.content, 'hex'), sealed = k.sealed
     from unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[], $5::bytea[], $6::text[])
       as k(applicant_id, version, changed_at, content, sealed, before)
     where c.applicant_id = k.applicant_id and c.version = k.version and c.changed_at = k.changed_at
       and c.content_hash = decode(k.before, 'hex')`,
    [
      rows.map(({ applicantId }) => applicantId),
      rows.map(({ version }) => version),
      rows.map(({ changedAt }) => changedAt),
      rows.map(({ contentHash }) => contentHash),
      rows.map(({ sealed }) => sealed),
      rows.map(({ before }) => before),
    ],
  );
  return written;
}

/** What of an applicant is made with a key. Hashes are hex, numbers of 64 bits are texts. */
export interface RekeyedApplicant {
  applicantId: string;
  version: number;
  /** The known hashes as they were read: the row is written only where they are still the same. */
  before: string;
  knownHashes: string;
  contentHash: string;
  idNumberIndex: string | null;
  documentNumberIndex: string | null;
  contactIndex: string[];
  sealed: Buffer;
}

/**
 * Waits for no row: one that a callback holds is answered as not written. Primary key.
 * @returns ids of the rows that were written
 */
export async function writeRekeyedApplicants(
  tx: Tx,
  rows: readonly RekeyedApplicant[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const [written] = await tx.query<[{ id: string }[], number]>(
    `update applicants a set known_hashes = decode(k.known, 'hex'), content_hash = decode(k.content, 'hex'), sealed = k.sealed,
       id_number_index = k.id_number, document_number_index = k.document_number, contact_index = k.contacts::bigint[]
     from (
       select k.* from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::text[], $9::bytea[])
         as k(applicant_id, version, before, known, content, id_number, document_number, contacts, sealed)
       join applicants b on b.applicant_id = k.applicant_id and b.version = k.version and b.known_hashes = decode(k.before, 'hex')
       for update of b skip locked
     ) k where a.applicant_id = k.applicant_id
     returning a.applicant_id as id`,
    [
      rows.map(({ applicantId }) => applicantId),
      rows.map(({ version }) => version),
      rows.map(({ before }) => before),
      rows.map(({ knownHashes }) => knownHashes),
      rows.map(({ contentHash }) => contentHash),
      rows.map(({ idNumberIndex }) => idNumberIndex),
      rows.map(({ documentNumberIndex }) => documentNumberIndex),
      rows.map(({ contactIndex }) => `{${contactIndex.join()}}`),
      rows.map(({ sealed }) => sealed),
    ],
  );
  return new Set(written.map(({ id }) => id));
}
