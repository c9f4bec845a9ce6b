import type { Tx } from '../db/tx.js';

/** What an erasure does with a table: a statement over `$1` (applicant ids), a service that does more, or nothing, and why. */
type Deed = { erase: string } | { by: string } | { keeps: string };

const IDS = 'Ids, dates, states and numbers.';
const OURS = 'Settings and names of ours and of colleagues.';
const COUNTS = 'Counts.';
const KEYS = 'Credentials of ours, as hashes or sealed.';
const RATES = 'Limits of callers, under keyed hashes.';

/**
 * Every table, and what becomes of what it holds of an erased person. `test/privacy/inventory.spec.ts` finds a table that does not
 * stand here. The statements find nothing the second time.
 */
export const INVENTORY: Readonly<Record<string, Deed>> = {
  // the person
  applicants: { by: 'ApplicantErasure' },
  changes: { by: 'ApplicantErasure' },
  name_words: { by: 'ApplicantErasure' },
  notices: {
    // without an index of applicants: a notice of flags is of the transaction of its version
    erase: `update notices n set flags = '{}' from changes c
      where c.applicant_id = any($1) and (n.history, n.tx) = (c.history, c.tx) and n.applicant_id = c.applicant_id and n.flags <> '{}'`,
  },
  receipts: { by: 'ReceiptRedactions' },
  quarantine: { by: 'ReceiptRedactions' },
  repeats: { erase: 'delete from repeats where applicant_id = any($1)' },
  images: { by: 'ImageErasure' },
  image_blobs: { by: 'ImageErasure' },
  replaced_images: { by: 'ImageErasure' },
  exports: { by: 'ExportErasure' },
  export_leftovers: { by: 'ExportErasure' },
  // what others said of the person, or wrote beside it
  attempts: {
    // a receiver may answer with what it was sent. `deliveries_order` of each endpoint
    erase: `update attempts a set answer = null from endpoints e join deliveries d on d.endpoint_id = e.id and d.applicant_id = any($1)
      where a.endpoint_id = d.endpoint_id and (a.tx, a.seq) = (d.tx, d.seq) and a.answer is not null`,
  },
  reveal_requests: { erase: 'delete from reveal_requests where applicant_id = any($1)' },
  session_tokens: {
    // ids by which another system knows the person
    erase: `update session_tokens set correlation_id = null, request_id = null
      where applicant_id = any($1) and (correlation_id is not null or request_id is not null)`,
  },
  reconciliation_refreshes: { erase: 'delete from reconciliation_refreshes where applicant_id = any($1)' },
  reconciliation_gaps: {
    erase:
      'update reconciliation_gaps set resolution = null where applicant_id = any($1) and resolution is not null',
  },
  tampered_rows: { erase: 'delete from tampered_rows where applicant_id = any($1)' },
  // ids and dates, which a tombstone keeps
  deliveries: { keeps: `${IDS} What is sent is made of the version when it is sent.` },
  reconciliation_told: { keeps: `${IDS} Without it the person would be asked for again.` },
  reconciliation_unreadable: { keeps: 'Keyed digests. Without them the same entries would come again.' },
  reconciliation_runs: { keeps: COUNTS },
  reconciliation_cursor: { keeps: IDS },
  erasures: { keeps: `${IDS} The reason is written by compliance, and names nobody.` },
  receipt_redactions: { keeps: `${IDS} A keyed hash of the bytes of others.` },
  hold_ledger: { keeps: IDS },
  holds: { keeps: 'Who is held is not erased. A national id is sealed, and gone once the hold is lifted.' },
  audit: { keeps: 'Who did what, with ids; never a value. It proves what was done with the data.' },
  audit_links: { keeps: 'Hashes of the audit.' },
  audit_heads: { keeps: 'Hashes of the audit.' },
  unopened_rows: { keeps: `${IDS} Rows that no key opens.` },
  // nothing of a person
  alert_evaluation: { keeps: COUNTS },
  alert_notifications: { keeps: COUNTS },
  alerts: { keeps: COUNTS },
  api_keys: { keeps: KEYS },
  api_keys_to_seal: { keeps: KEYS },
  api_rates: { keeps: RATES },
  search_rates: { keeps: RATES },
  token_failures: { keeps: RATES },
  client_secrets: { keeps: KEYS },
  clients: { keeps: OURS },
  consumers: { keeps: OURS },
  endpoint_secrets: { keeps: KEYS },
  endpoints: { keeps: OURS },
  feed_cursors: { keeps: IDS },
  guid_gate: { keeps: 'A lock without rows.' },
  hash_keying: { keeps: `${IDS} How far a job is.` },
  histories: { keeps: IDS },
  image_mirror: { keeps: OURS },
  image_totals: { keeps: COUNTS },
  image_wants: { keeps: IDS },
  installation: { keeps: OURS },
  invitations: { keeps: KEYS },
  job_watches: { keeps: OURS },
  key_checks: { keeps: KEYS },
  key_reseals: { keeps: COUNTS },
  logout_tokens: { keeps: KEYS },
  probes: { keeps: 'Callback-Tests hold no data.' },
  last_tokens: { keeps: OURS },
  refusals: {
    keeps: 'Addresses, codes and ids of clients. What was sent is in `receipts`, or was not kept.',
  },
  recovery_codes: { keeps: KEYS },
  retention_runs: { keeps: COUNTS },
  retention_steps: { keeps: COUNTS },
  retired_keys: { keeps: KEYS },
  retired_months: { keeps: COUNTS },
  schema_breaks: { keeps: OURS },
  schema_migrations: { keeps: OURS },
  stats: { keeps: COUNTS },
  stats_receipts: { keeps: COUNTS },
  stats_silences: { keeps: COUNTS },
  stats_stale_days: { keeps: COUNTS },
  user_sessions: { keeps: KEYS },
  users: { keeps: OURS },
  users_to_seal: { keeps: OURS },
};

/** Runs the statements of the inventory. @returns how many rows changed */
export async function eraseSmallTables(tx: Tx, applicantIds: readonly string[]): Promise<number> {
  let changed = 0;
  for (const deed of Object.values(INVENTORY)) {
    if (!('erase' in deed)) continue;
    const [, rows] = await tx.query<[unknown, number]>(deed.erase, [applicantIds]);
    changed += rows;
  }
  return changed;
}
