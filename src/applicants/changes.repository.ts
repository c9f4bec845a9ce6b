import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import type { Change } from './changes.entity.js';
import type { VersionDto } from './versions.dto.js';

/** One version as it was written. */
export type VersionRecord = Pick<Change, Exclude<keyof VersionDto, 'differences'> | 'sealed'>;

const COLUMNS = `version, changed_at as "changedAt", received_at as "receivedAt", receipt_id as "receiptId",
  element_index as "elementIndex", source, kind, event, outcome, previous_outcome as "previousOutcome", status, flags,
  changed_fields as "changedFields", reverts_to as "revertsTo", sealed`;

const NAMES = `version, "changedAt", "receivedAt", "receiptId", "elementIndex", source, kind, event, outcome, "previousOutcome",
  status, flags, "changedFields", "revertsTo"`;

/** Versions from `fromVersion` on, oldest first, the first two however long. Primary key (applicant_id, version, …), one probe a month. */
export async function listVersions(
  tx: Tx,
  applicantId: string,
  fromVersion: number,
  limit: number,
): Promise<Stretch<VersionRecord>> {
  const page = `select ${COLUMNS} from changes where applicant_id = $1 and version >= $2 order by version limit $3`;
  const rows = await tx.query<Bounded<VersionRecord>[]>(withinPageBytes(page, NAMES, 2), [
    applicantId,
    fromVersion,
    limit,
  ]);
  return stretchOf(rows);
}

/**
 * The sealed states of these versions, in their order: as many as a page may hold, and at least one. Primary key, one probe a
 * month.
 */
export async function readSealed(
  tx: Tx,
  refs: readonly { applicantId: string; version: number }[],
): Promise<(Buffer | undefined)[]> {
  const found = await tx.query<Bounded<{ ord: number; sealed: Buffer }>[]>(
    withinPageBytes(
      `select k.ord::int, c.sealed from unnest($1::text[], $2::int[]) with ordinality as k(applicant_id, version, ord)
       join changes c on c.applicant_id = k.applicant_id and c.version = k.version order by k.ord`,
      'ord',
    ),
    [refs.map(({ applicantId }) => applicantId), refs.map(({ version }) => version)],
  );
  const { rows, isCut } = stretchOf<{ ord: number; sealed: Buffer }>(found);
  const answered = isCut ? (rows.at(-1)?.ord ?? 0) : refs.length;
  const sealed = new Array<Buffer | undefined>(answered).fill(undefined);
  for (const row of rows) sealed[row.ord - 1] = row.sealed;
  return sealed;
}
