import type { CallbackKind, Outcome } from '../enroll-contract/types.js';
import type { Tx } from '../db/tx.js';
import type { Source } from './changes.entity.js';

/** One version as it was written. */
export interface VersionRecord {
  version: number;
  changedAt: Date;
  receivedAt: Date;
  receiptId: string;
  elementIndex: number;
  source: Source;
  kind: CallbackKind;
  event: string;
  outcome: Outcome;
  previousOutcome: Outcome | null;
  status: number | null;
  flags: string[];
  changedFields: string[];
  revertsTo: number | null;
  sealed: Buffer;
}

const COLUMNS = `version, changed_at as "changedAt", received_at as "receivedAt", receipt_id as "receiptId",
  element_index as "elementIndex", source, kind, event, outcome, previous_outcome as "previousOutcome", status, flags,
  changed_fields as "changedFields", reverts_to as "revertsTo", sealed`;

/** Versions from `fromVersion` on, oldest first. Primary key (applicant_id, version, …), one probe a month. */
export async function listVersions(
  tx: Tx,
  applicantId: string,
  fromVersion: number,
  limit: number,
): Promise<VersionRecord[]> {
  return tx.query<VersionRecord[]>(
    `select ${COLUMNS} from changes where applicant_id = $1 and version >= $2 order by version limit $3`,
    [applicantId, fromVersion, limit],
  );
}

/**
 * The version that was current at `at`, with the time of the first receipt. Primary key. Times are shown in
 * milliseconds and kept in microseconds: a time that the API showed must find the version it was shown with.
 */
export async function readVersionAsOf(
  tx: Tx,
  applicantId: string,
  at: Date,
): Promise<(VersionRecord & { firstReceivedAt: Date }) | undefined> {
  const rows = await tx.query<(VersionRecord & { firstReceivedAt: Date })[]>(
    `select ${COLUMNS}, coalesce((select a.first_received_at from applicants a where a.applicant_id = $1), received_at)
       as "firstReceivedAt"
     from changes where applicant_id = $1 and changed_at < $2::timestamptz + interval '1 millisecond'
     order by version desc limit 1`,
    [applicantId, at],
  );
  return rows[0];
}

/** The sealed states of these versions, in the order of the question. Primary key, one probe a month. */
export async function readSealed(
  tx: Tx,
  refs: readonly { applicantId: string; version: number }[],
): Promise<(Buffer | undefined)[]> {
  const rows = await tx.query<{ ord: number; sealed: Buffer }[]>(
    `select k.ord::int, c.sealed from unnest($1::text[], $2::int[]) with ordinality as k(applicant_id, version, ord)
     join changes c on c.applicant_id = k.applicant_id and c.version = k.version`,
    [refs.map(({ applicantId }) => applicantId), refs.map(({ version }) => version)],
  );
  const found: (Buffer | undefined)[] = refs.map(() => undefined);
  for (const { ord, sealed } of rows) found[ord - 1] = sealed;
  return found;
}
