import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import { isRestricted } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import type { Change } from './changes.entity.js';
import type { TamperedDto } from './applicants.dto.js';
import type { VersionDto } from './versions.dto.js';

/** One version as it was written. */
export type VersionRecord = Pick<
  Change,
  | Exclude<keyof VersionDto, 'differences' | keyof TamperedDto>
  | 'applicantId'
  | 'nationality'
  | 'documentTypeCode'
  | 'birthGovernorate'
  | 'contentHash'
  | 'sealed'
>;

export const VERSION_COLUMNS = `applicant_id as "applicantId", version, changed_at as "changedAt", received_at as "receivedAt", receipt_id as "receiptId",
  element_index as "elementIndex", source, kind, event, outcome, previous_outcome as "previousOutcome", status, flags,
  changed_fields as "changedFields", reverts_to as "revertsTo", nationality, document_type_code as "documentTypeCode",
  birth_governorate as "birthGovernorate", content_hash as "contentHash", sealed`;

export const VERSION_NAMES = `"applicantId", version, "changedAt", "receivedAt", "receiptId", "elementIndex", source, kind, event, outcome, "previousOutcome",
  status, flags, "changedFields", "revertsTo", nationality, "documentTypeCode", "birthGovernorate", "contentHash"`;

/** Versions from `fromVersion` on, oldest first, the first two however long. Primary key (applicant_id, version, …), one probe a month. */
export async function listVersions(
  tx: Tx,
  applicantId: string,
  fromVersion: number,
  limit: number,
): Promise<Stretch<VersionRecord>> {
  const page = `select ${VERSION_COLUMNS} from changes where applicant_id = $1 and version >= $2 order by version limit $3`;
  const rows = await tx.query<Bounded<VersionRecord>[]>(withinPageBytes(page, VERSION_NAMES, 2), [
    applicantId,
    fromVersion,
    limit,
  ]);
  return stretchOf(rows);
}

/** A version's sealed state, and the hash that is of its outcome too. */
export type SealedVersion = Pick<Change, 'sealed' | 'contentHash'>;

/**
 * The sealed states of these versions, in their order: as many as a page may hold, and at least one. None of an applicant under
 * erasure. Primary key, one probe a month.
 */
export async function readSealed(
  tx: Tx,
  refs: readonly { applicantId: string; version: number }[],
): Promise<(SealedVersion | undefined)[]> {
  type Row = SealedVersion & { ord: number };
  const found = await tx.query<Bounded<Row>[]>(
    withinPageBytes(
      `select k.ord::int, c.content_hash as "contentHash", c.sealed from unnest($1::text[], $2::int[]) with ordinality as k(applicant_id, version, ord)
       join changes c on c.applicant_id = k.applicant_id and c.version = k.version where not (${isRestricted('k')}) order by k.ord`,
      'ord, "contentHash"',
    ),
    [refs.map(({ applicantId }) => applicantId), refs.map(({ version }) => version)],
  );
  const { rows, isCut } = stretchOf<Row>(found);
  const answered = isCut ? (rows.at(-1)?.ord ?? 0) : refs.length;
  const sealed = new Array<SealedVersion | undefined>(answered).fill(undefined);
  for (const row of rows) sealed[row.ord - 1] = row;
  return sealed;
}

/** How many versions after one are looked at. */
const LATER_VERSIONS = 20;

/** The sealed states of the versions after one, oldest first. Primary key, one probe a month. */
export async function readLaterVersions(
  tx: Tx,
  { applicantId, version }: { applicantId: string; version: number },
): Promise<(SealedVersion & { version: number })[]> {
  const page = `select version, content_hash as "contentHash", sealed from changes
    where applicant_id = $1 and version > $2 order by version limit ${LATER_VERSIONS}`;
  type Row = SealedVersion & { version: number };
  const found = await tx.query<Bounded<Row>[]>(withinPageBytes(page, 'version, "contentHash"'), [
    applicantId,
    version,
  ]);
  return stretchOf<Row>(found).rows;
}
