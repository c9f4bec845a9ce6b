import type { Tx } from '../db/tx.js';

/** A table whose plain hashes are being keyed. */
type KeyedTable = 'applicants' | 'changes';

export interface Pass {
  table: KeyedTable;
  afterId: string;
  afterVersion: number;
  found: number;
}

/** Claims the due pass until the transaction ends; one table after the other. Primary key. */
export async function lockPass(tx: Tx): Promise<Pass | undefined> {
  const rows = await tx.query<Pass[]>(
    `select table_name as "table", after_id as "afterId", after_version as "afterVersion", found::int as found
     from hash_keying where finished_at is null and due_at <= now() order by table_name limit 1 for update skip locked`,
  );
  return rows[0];
}

/** Primary key. */
export async function moveOn(tx: Tx, pass: Pass, keyed: number): Promise<void> {
  await tx.query(
    `update hash_keying set after_id = $2, after_version = $3, found = $4, keyed = keyed + $5 where table_name = $1`,
    [pass.table, pass.afterId, pass.afterVersion, pass.found, keyed],
  );
}

/** Ends a pass: for good if it found nothing, otherwise until the next one. Primary key. @returns rows keyed in all */
export async function endPass(tx: Tx, { table, found }: Pass, nextAfterSeconds: number): Promise<number> {
  await tx.query(
    `update hash_keying set after_id = '', after_version = 0, found = 0,
       finished_at = case when $2::int = 0 then now() end, due_at = now() + make_interval(secs => $3)
     where table_name = $1`,
    [table, found, nextAfterSeconds],
  );
  const rows = await tx.query<{ keyed: number }[]>(
    'select keyed::int as keyed from hash_keying where table_name = $1',
    [table],
  );
  return rows[0]?.keyed ?? 0;
}

/** The hashes of one row, as hex; null where they are keyed already. */
interface ApplicantHashes {
  applicantId: string;
  version: number;
  known: string | null;
  content: string | null;
}

/** The next rows after an id. Primary key. */
export async function readApplicantHashes(
  tx: Tx,
  { afterId }: Pass,
  limit: number,
): Promise<ApplicantHashes[]> {
  return tx.query<ApplicantHashes[]>(
    `select applicant_id as "applicantId", version,
       case when octet_length(content_hash) = 8 then encode(known_hashes, 'hex') end as known,
       case when octet_length(content_hash) = 8 then encode(content_hash, 'hex') end as content
     from applicants where applicant_id > $1 order by applicant_id limit $2`,
    [afterId, limit],
  );
}

/** Sets hashes, but waits for no row: a callback that holds a row keys its hashes itself. Primary key. */
export async function keyApplicants(
  tx: Tx,
  rows: readonly { applicantId: string; before: string; known: string; content: string }[],
): Promise<void> {
  await tx.query(
    `update applicants a set known_hashes = decode(k.known, 'hex'), content_hash = decode(k.content, 'hex')
     from (
       select k.* from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as k(applicant_id, before, known, content)
       join applicants b on b.applicant_id = k.applicant_id and b.known_hashes = decode(k.before, 'hex')
       for update of b skip locked
     ) k where a.applicant_id = k.applicant_id`,
    [
      rows.map(({ applicantId }) => applicantId),
      rows.map(({ before }) => before),
      rows.map(({ known }) => known),
      rows.map(({ content }) => content),
    ],
  );
}

export interface ChangeHash {
  applicantId: string;
  version: number;
  /** As Postgres spells it: a Date would cut it to milliseconds. */
  changedAt: string;
  content: string | null;
}

/** The next versions after one. Primary key of each month. */
export async function readChangeHashes(
  tx: Tx,
  { afterId, afterVersion }: Pass,
  limit: number,
): Promise<ChangeHash[]> {
  return tx.query<ChangeHash[]>(
    `select applicant_id as "applicantId", version, changed_at::text as "changedAt",
       case when octet_length(content_hash) = 8 then encode(content_hash, 'hex') end as content
     from changes where (applicant_id, version) > ($1, $2) order by applicant_id, version limit $3`,
    [afterId, afterVersion, limit],
  );
}

/** Primary key. One that an erasure has overwritten meanwhile is keyed. */
export async function keyChanges(tx: Tx, rows: readonly (ChangeHash & { content: string })[]): Promise<void> {
  await tx.query(
    `update changes c set content_hash = decode(k.content, 'hex')
     from unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[]) as k(applicant_id, version, changed_at, content)
     where c.applicant_id = k.applicant_id and c.version = k.version and c.changed_at = k.changed_at
       and octet_length(c.content_hash) = 8`,
    [
      rows.map(({ applicantId }) => applicantId),
      rows.map(({ version }) => version),
      rows.map(({ changedAt }) => changedAt),
      rows.map(({ content }) => content),
    ],
  );
}
