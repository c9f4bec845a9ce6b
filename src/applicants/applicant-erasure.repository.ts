import type { Tx } from '../db/tx.js';
import type { VersionRecord } from './changes.repository.js';
import { VERSION_COLUMNS } from './changes.repository.js';

/** What a version is overwritten with. */
export interface EmptyVersion {
  applicantId: string;
  version: number;
  sealed: Buffer;
  contentHash: Buffer;
  /** For the applicant's row. */
  knownHashes: Buffer;
}

/** What is known of those who are to be erased. */
export interface Known {
  applicantId: string;
  version: number;
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  /** The erasure they are under already, or were erased by. */
  erasureId: string | null;
  isUnderWay: boolean;
}

/** Locks the rows, so that no callback changes them meanwhile. Primary key. */
export async function lockApplicants(tx: Tx, applicantIds: readonly string[]): Promise<Known[]> {
  return tx.query<Known[]>(
    `select a.applicant_id as "applicantId", a.version, a.first_received_at as "firstReceivedAt",
       a.last_received_at as "lastReceivedAt", a.erasure_id as "erasureId",
       exists (select from erasures e where e.id = a.erasure_id and e.state <> 'erased') as "isUnderWay"
     from applicants a where a.applicant_id = any($1) order by a.applicant_id for update of a`,
    [applicantIds],
  );
}

/** From now on nobody reads or changes them. Primary key. */
export async function markErasure(tx: Tx, erasureId: string, applicantIds: readonly string[]): Promise<void> {
  await tx.query('update applicants set erasure_id = $1 where applicant_id = any($2)', [
    erasureId,
    applicantIds,
  ]);
}

/**
 * A tombstone for somebody who is known by a quarantined element alone, or was enrolled after the backup that was restored: what
 * comes of them later is parked. It is version 0, which no callback makes.
 */
export async function insertTombstone(
  tx: Tx,
  erasureId: string,
  { applicantId, sealed, contentHash, knownHashes }: Omit<EmptyVersion, 'version'>,
): Promise<void> {
  await tx.query(
    `insert into applicants (applicant_id, version, outcome, name_key, flags, contact_index, content_hash, known_hashes, sealed,
       first_received_at, last_received_at, erasure_id)
     values ($1, 0, 'unknown', '', '{}', '{}', $3, $4, $5, date_trunc('milliseconds', now()), date_trunc('milliseconds', now()), $2)
     on conflict do nothing`,
    [applicantId, erasureId, contentHash, knownHashes, sealed],
  );
}

/** Versions of one applicant after one, oldest first. Primary key, one probe a month. */
export async function listWholeVersions(
  tx: Tx,
  applicantId: string,
  after: number,
  limit: number,
): Promise<VersionRecord[]> {
  return tx.query<VersionRecord[]>(
    `select ${VERSION_COLUMNS} from changes where applicant_id = $1 and version > $2 order by version limit $3`,
    [applicantId, after, limit],
  );
}

/**
 * The current row as if it were a version, where the history does not hold it any more: whole months of versions go. From which
 * receipt it is, what is sealed says. Primary keys.
 */
export async function readCurrentAlone(tx: Tx, applicantId: string): Promise<VersionRecord | undefined> {
  const rows = await tx.query<VersionRecord[]>(
    `select applicant_id as "applicantId", version, last_received_at as "changedAt", last_received_at as "receivedAt",
       '00000000-0000-0000-0000-000000000000'::uuid as "receiptId", 0 as "elementIndex", 'callback' as source, 'success' as kind,
       'applicant.updated' as event, outcome, null as "previousOutcome", status, flags, '{}'::text[] as "changedFields",
       null as "revertsTo", nationality, document_type_code as "documentTypeCode", birth_governorate as "birthGovernorate",
       content_hash as "contentHash", sealed
     from applicants a where a.applicant_id = $1 and a.version > 0
       and not exists (select from changes c where c.applicant_id = a.applicant_id and c.version = a.version)`,
    [applicantId],
  );
  return rows[0];
}

/** Overwrites what versions say of the person; ids, dates and the decision stay. Primary key, one probe a month. */
export async function emptyVersions(tx: Tx, versions: readonly EmptyVersion[]): Promise<void> {
  await tx.query(
    `update changes c set sealed = e.sealed, content_hash = e.content_hash, changed_fields = '{}', flags = '{}',
       reverts_to = null, nationality = null, document_type_code = null, birth_governorate = null
     from unnest($1::text[], $2::int[], $3::bytea[], $4::bytea[]) as e(applicant_id, version, sealed, content_hash)
     where c.applicant_id = e.applicant_id and c.version = e.version`,
    [
      versions.map(({ applicantId }) => applicantId),
      versions.map(({ version }) => version),
      versions.map(({ sealed }) => sealed),
      versions.map(({ contentHash }) => contentHash),
    ],
  );
}

/** The row becomes a tombstone. Primary key. */
export async function emptyApplicant(
  tx: Tx,
  { applicantId, sealed, contentHash, knownHashes }: EmptyVersion,
): Promise<void> {
  await tx.query(
    `update applicants set sealed = $2, content_hash = $3, known_hashes = $4, gender = null, first_name = null, family_name = null,
       name_key = '', nationality = null, document_type_code = null, issuing_authority = null, issue_date = null,
       issue_date_precision = null, birth_governorate = null, live_photo_path = null, id_front_scan_path = null,
       id_back_scan_path = null, photo = null, passport_scan_path = null, flags = '{}', id_number_index = null,
       document_number_index = null, contact_index = '{}'
     where applicant_id = $1`,
    [applicantId, sealed, contentHash, knownHashes],
  );
}

/** Tells the feed, under the current version. Primary key. */
export async function noticeErased(tx: Tx, applicantIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into notices (event, applicant_id, version, outcome, status)
     select 'applicant.erased', applicant_id, version, outcome, status from applicants
     where applicant_id = any($1) and version > 0 order by applicant_id`,
    [applicantIds],
  );
}

/** Those whose tombstone an erased person should have, and has not: the row was set back, or is gone. A table of few rows. */
export async function listResurrected(tx: Tx): Promise<{ erasureId: string; applicantIds: string[] }[]> {
  return tx.query(
    `select distinct e.id as "erasureId", e.applicant_ids as "applicantIds" from erasures e cross join unnest(e.applicant_ids) as erased(applicant_id)
     left join applicants a on a.applicant_id = erased.applicant_id
     where e.state = 'erased' and a.erasure_id is null`,
  );
}
