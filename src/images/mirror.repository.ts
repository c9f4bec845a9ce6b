import type { Tx } from '../db/tx.js';
import type { ImageField } from '../enroll-contract/types.js';
import { LEASE_END } from '../jobs/lease.js';
import type { ImageCountsDto, MirrorStatusDto } from './images.dto.js';
import { IMAGE_STATES, type ImageState, type NamedImage, type RetryableState } from './images.types.js';

/** An image that this process may fetch now. */
export interface ClaimedImage {
  applicantId: string;
  field: ImageField;
  version: number;
  path: string;
  state: ImageState;
  /** Tries before this one. */
  attempts: number;
  /** How long it had been due. */
  lateSeconds: number;
}

/** What became of a claimed image. */
export interface Settlement {
  claimed: ClaimedImage;
  state: ImageState;
  /** Until the next try; null: nothing more is due. */
  delaySeconds: number | null;
  /** Whether the try counts. */
  counts: boolean;
  errorCode: string | null;
  /** The stored bytes where the state is `fetched`. */
  blob: StoredBlob | null;
}

/** Bytes that are durable in the store. */
export interface StoredBlob {
  /** Hexadecimal. */
  sha256: string;
  mediaType: string;
  bytes: number;
  /** Null where the same bytes had been stored before. */
  sealedBytes: number | null;
}

/** SQL: by how many images each state grows or shrinks with the rows of `moved` (previous, state). */
export const MOVES = IMAGE_STATES.map(
  (state) =>
    `count(*) filter (where state = '${state}') - count(*) filter (where previous = '${state}') as ${state}`,
).join(', ');
/** SQL: adds what `MOVES` has counted, as `d`, to the totals, as `t`. */
export const ADD_MOVES = IMAGE_STATES.map((state) => `${state} = t.${state} + d.${state}`).join(', ');

/**
 * Notes images that versions name; those noted already stay as they are. Primary key.
 * @returns how many were new
 */
export async function insertWanted(tx: Tx, named: readonly NamedImage[]): Promise<number> {
  const rows = await tx.query<{ added: number }[]>(
    `with named as (
       select * from unnest($1::text[], $2::text[], $3::int[], $4::text[]) as t(applicant_id, field, version, path)
     ), added as (
       insert into images (applicant_id, field, version, path, state, next_attempt_at)
       select applicant_id, field, version, path,
         case when path is null then 'cleared' else 'wanted' end, case when path is null then null else now() end
       from named on conflict do nothing returning state
     ), wanted as (
       select count(*)::int as added from added where state = 'wanted'
     ), counted as (
       update image_totals set wanted = image_totals.wanted + w.added from wanted w where w.added > 0
     )
     select added from wanted`,
    [
      named.map((one) => one.applicantId),
      named.map((one) => one.field),
      named.map((one) => one.version),
      named.map((one) => one.path),
    ],
  );
  return rows[0]?.added ?? 0;
}

/**
 * Claims the images that have been due longest, for a lease; none while the mirror is paused. `images_due`. The commit does
 * not wait for the disk: a claim that is lost in a crash is simply made again.
 * @param claim id of this run; only this run may renew and settle the images
 */
export async function claimDue(tx: Tx, claim: string, limit: number): Promise<ClaimedImage[]> {
  return tx.query<ClaimedImage[]>(
    `with due as (
       select applicant_id, field, version, next_attempt_at from images
       where next_attempt_at <= now() and not exists (select from image_mirror where paused_at is not null)
       order by next_attempt_at limit $2 for update skip locked
     ), claimed as (
       update images i set claimed_by = $1, next_attempt_at = ${LEASE_END}
       from due d where (i.applicant_id, i.field, i.version) = (d.applicant_id, d.field, d.version)
       returning i.applicant_id, i.field, i.version, i.path, i.state, i.attempts,
         extract(epoch from now() - d.next_attempt_at)::float8 as late_seconds
     )
     select applicant_id as "applicantId", field, version, path, state, attempts,
       late_seconds as "lateSeconds"
     from claimed, (select set_config('synchronous_commit', 'off', true)) lazily`,
    [claim, limit],
  );
}

/** SQL: whether a run that was killed left images claimed. `images_claimed`. */
export const HAS_LAPSED_CLAIMS = `exists (select from images where claimed_by is not null and next_attempt_at < now())`;

/** Renews what a claim still holds. It skips what a `settle` has locked, or the two could wait for each other. `images_claimed`. */
export async function renewClaim(tx: Tx, claim: string): Promise<void> {
  await tx.query(
    `with held as (
       select applicant_id, field, version from images where claimed_by = $1 for update skip locked
     )
     update images i set next_attempt_at = ${LEASE_END}
     from held h where (i.applicant_id, i.field, i.version) = (h.applicant_id, h.field, h.version)`,
    [claim],
  );
}

/**
 * Writes down what became of claimed images, each only if the claim still holds it, with the totals, in one commit.
 * Primary key.
 */
export async function settle(tx: Tx, claim: string, settlements: readonly Settlement[]): Promise<void> {
  const settled = settlements.map(({ claimed, blob, ...end }) => ({
    ...claimed,
    previous: claimed.state,
    ...end,
    ...blob,
  }));
  await tx.query(SETTLE, [claim, JSON.stringify(settled)]);
}

const SETTLE = `
with s as (
  select "applicantId" as applicant_id, field, version, previous, state, "delaySeconds" as delay_seconds,
    counts::int as tries, "errorCode" as error_code, decode(sha256, 'hex') as sha256, "mediaType" as media_type, bytes,
    "sealedBytes" as sealed_bytes
  from jsonb_to_recordset($2::jsonb) as t("applicantId" text, field text, version int, previous text, state text,
    "delaySeconds" float8, counts bool, "errorCode" text, sha256 text, "mediaType" text, bytes int, "sealedBytes" int)
), stored as (
  insert into image_blobs (sha256, media_type, bytes, sealed_bytes)
  -- in a fixed order, or two processes that store the same pair could wait for each other
  select distinct on (sha256) sha256, media_type, bytes, sealed_bytes from s where sealed_bytes is not null
  order by sha256 on conflict do nothing returning sealed_bytes
), replaced as (
  insert into replaced_images (sha256)
  select distinct i.sha256 from images i join s using (applicant_id, field, version)
  where i.claimed_by = $1 and i.sha256 <> s.sha256
  order by 1 on conflict (sha256) do update set noted_at = now()
), moved as (
  -- where asking again brought nothing, the bytes fetched before are still shown
  update images i set state = case when i.sha256 is null or s.state = 'wanted' then s.state else 'fetched' end,
    attempts = i.attempts + s.tries, error_code = s.error_code, sha256 = coalesce(s.sha256, i.sha256),
    next_attempt_at = now() + make_interval(secs => s.delay_seconds), claimed_by = null,
    settled_at = case when s.state = 'wanted' then null else now() end
  from s where (i.applicant_id, i.field, i.version) = (s.applicant_id, s.field, s.version) and i.claimed_by = $1
  returning s.previous, i.state
), delta as (
  select count(*) as settled, ${MOVES} from moved
), counted as (
  update image_totals t set ${ADD_MOVES}, stored_images = t.stored_images + n.images, stored_bytes = t.stored_bytes + n.bytes
  from delta d, (select count(*) as images, coalesce(sum(sealed_bytes), 0) as bytes from stored) n
  where d.settled > 0 or n.images > 0
)
select settled from delta`;

/**
 * Adds a notice to the feed for each applicant whose images are all settled: one for the newest version that named any, with
 * the applicant's present outcome. Run it after `settle`, as a second statement of the same transaction: `settle` holds the
 * row of the totals, so when two processes settle the last two images of an applicant, the second sees what the first did.
 * Primary keys, `notices_images_ready`.
 */
export async function noticeReady(tx: Tx, applicantIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into notices (event, applicant_id, version, outcome, status)
     select 'applicant.images_ready', a.applicant_id, named.version, a.outcome, a.status
     from applicants a cross join lateral (
       select max(i.version) filter (where i.path is not null) as version, bool_or(i.state = 'wanted') as are_wanted
       from images i where i.applicant_id = a.applicant_id
     ) named
     where a.applicant_id = any($1) and not named.are_wanted
     on conflict (applicant_id, version) where event = 'applicant.images_ready' do nothing`,
    [applicantIds],
  );
}

/** Seconds until an image is due, 0 or less if one is; undefined if none ever will be, or while paused. `images_due`. */
export async function secondsUntilDue(tx: Tx): Promise<number | undefined> {
  const rows = await tx.query<{ seconds: number | null }[]>(
    `select extract(epoch from min(next_attempt_at) - now())::float8 as seconds from images
     where next_attempt_at is not null and not exists (select from image_mirror where paused_at is not null)`,
  );
  return rows[0]?.seconds ?? undefined;
}

/** How many seconds the oldest due image has been due, paused or not; 0 if none is. `images_due`. */
export async function secondsBehind(tx: Tx): Promise<number> {
  const rows = await tx.query<{ seconds: number }[]>(
    `select greatest(0, coalesce(extract(epoch from now() - min(next_attempt_at)), 0))::float8 as seconds from images
     where next_attempt_at is not null`,
  );
  return rows[0]?.seconds ?? 0;
}

/** Which of these hashes (hexadecimal) are stored already. Primary key. */
export async function storedOf(tx: Tx, sha256s: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ sha256: string }[]>(
    `select encode(sha256, 'hex') as sha256 from image_blobs where sha256 = any($1)`,
    [sha256s.map((sha256) => Buffer.from(sha256, 'hex'))],
  );
  return rows.map(({ sha256 }) => sha256);
}

/**
 * Makes at most `limit` images due at once and forgets their tries: those in these states, and those that wait for their next
 * try. `fetched` is possible for one applicant only (primary key; otherwise `images_unsettled`); the bytes are shown
 * meanwhile. Call `holdTotals` before. @returns how many
 */
export async function retryImages(
  tx: Tx,
  { states, applicantId, limit }: { states: readonly RetryableState[]; applicantId?: string; limit: number },
): Promise<number> {
  const whose =
    applicantId === undefined
      ? `$2::text is null and state not in ('fetched', 'cleared')`
      : 'applicant_id = $2::text';
  const rows = await tx.query<{ retried: number }[]>(
    `with chosen as (
       select applicant_id, field, version, state from images
       where claimed_by is null and ${whose} and (state = any($1) or (state = 'wanted' and next_attempt_at > now()))
       limit $3 for update skip locked
     ), moved as (
       update images i set state = 'wanted', attempts = 0, next_attempt_at = now(), settled_at = null
       from chosen c where (i.applicant_id, i.field, i.version) = (c.applicant_id, c.field, c.version)
       returning c.state as previous, i.state
     ), counted as (
       update image_totals t set ${ADD_MOVES} from (select ${MOVES} from moved) d
     )
     select count(*)::int as retried from moved`,
    [states, applicantId ?? null, limit],
  );
  return rows[0]?.retried ?? 0;
}

/** Hashes (hexadecimal) of stored images after the given one, in their order; null: from the first. Primary key. */
export async function listBlobs(tx: Tx, after: string | null, limit: number): Promise<string[]> {
  const rows = await tx.query<{ sha256: string }[]>(
    `select encode(sha256, 'hex') as sha256 from image_blobs where sha256 > $1 order by sha256 limit $2`,
    [Buffer.from(after ?? '', 'hex'), limit],
  );
  return rows.map(({ sha256 }) => sha256);
}

/**
 * Locks out everybody else who moves images between states, until the end of the transaction. Call it before `wantLost`: a
 * settlement locks the totals first and `image_blobs` second, and in the opposite order the two could wait for each other.
 * One row.
 */
export async function holdTotals(tx: Tx): Promise<void> {
  await tx.query('select from image_totals for update');
}

/**
 * Forgets bytes that the store has lost. The images that showed them are due at once, with their tries forgotten. A second
 * caller finds nothing to do. Call `holdTotals` before, as a separate statement, so that this one sees what was settled
 * meanwhile. Primary key of `image_blobs`, `images_sha256`.
 * @param sha256 hexadecimal
 * @returns how many images
 */
export async function wantLost(tx: Tx, sha256: string, errorCode: string): Promise<number> {
  const rows = await tx.query<{ wanted: number }[]>(
    `with lost as (
       delete from image_blobs where sha256 = $1 returning sha256, sealed_bytes
     ), showing as (
       select applicant_id, field, version, state from images where sha256 = $1 for update
     ), moved as (
       update images i set state = 'wanted', attempts = 0, next_attempt_at = now(), sha256 = null, error_code = $2,
         settled_at = null
       from lost, showing s where (i.applicant_id, i.field, i.version) = (s.applicant_id, s.field, s.version)
       returning s.state as previous, i.state
     ), delta as (
       -- those that were being fetched again were wanted already
       select count(*)::int as due, ${MOVES} from moved
     ), counted as (
       update image_totals t set ${ADD_MOVES}, stored_images = t.stored_images - 1,
         stored_bytes = t.stored_bytes - lost.sealed_bytes
       from delta d, lost
     )
     select due as wanted from delta`,
    [Buffer.from(sha256, 'hex'), errorCode],
  );
  return rows[0]?.wanted ?? 0;
}

export interface MirrorRow extends ImageCountsDto, Pick<MirrorStatusDto, 'storedImages' | 'storedBytes'> {
  pausedAt: Date | null;
  pausedBy: string | null;
  faultCode: string | null;
  faultAt: Date | null;
}

/** Two tables of one row each. */
export async function readMirror(tx: Tx): Promise<MirrorRow> {
  const rows = await tx.query<MirrorRow[]>(
    `select paused_at as "pausedAt", paused_by as "pausedBy", fault_code as "faultCode", fault_at as "faultAt",
       wanted::float8, fetched::float8, missing::float8, not_image::float8 as "notImage", failed::float8,
       stored_images::float8 as "storedImages", stored_bytes::float8 as "storedBytes"
     from image_mirror, image_totals`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the row of image_mirror is gone');
  return row;
}

/** @param by who pauses; null: resume. @returns false where nothing changed */
export async function setPaused(tx: Tx, by: string | null): Promise<boolean> {
  const [, changed] = await tx.query<[unknown, number]>(
    `update image_mirror set paused_by = $1, paused_at = case when $1::text is null then null else now() end
     where (paused_at is null) <> ($1::text is null)`,
    [by],
  );
  return changed > 0;
}

/** @param code what keeps images from being fetched; null: nothing does */
export async function setFault(tx: Tx, code: string | null): Promise<void> {
  await tx.query(
    `update image_mirror set fault_code = $1, fault_at = case when $1::text is null then null else now() end
     where fault_code is distinct from $1`,
    [code],
  );
}
