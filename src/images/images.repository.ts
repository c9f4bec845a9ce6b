import type { Tx } from '../db/tx.js';
import type { ImageField } from '../enroll-contract/types.js';
import type { ImageDto } from './images.dto.js';

export interface ImageRow extends Omit<ImageDto, 'isCurrent' | 'nextAttemptAt' | 'wantedAt' | 'settledAt'> {
  nextAttemptAt: Date | null;
  wantedAt: Date;
  settledAt: Date | null;
}

/** A version that cleared the field is a row too, and shows no image. */
export type ShownImage = ImageRow | (Omit<ImageRow, 'path' | 'state'> & { path: null; state: 'cleared' });

const COLUMNS = `i.field, i.version, i.path, i.state, i.attempts, i.error_code as "errorCode",
  case when i.claimed_by is null then i.next_attempt_at end as "nextAttemptAt", encode(i.sha256, 'hex') as sha256,
  b.media_type as "mediaType", b.bytes, i.wanted_at as "wantedAt", i.settled_at as "settledAt"`;
const IMAGES = 'images i left join image_blobs b using (sha256)';

/** All images of an applicant, of all versions, newest first within a field. Primary key. */
export async function listImages(tx: Tx, applicantId: string): Promise<ShownImage[]> {
  return tx.query<ShownImage[]>(
    `select ${COLUMNS} from ${IMAGES} where i.applicant_id = $1 order by i.field, i.version desc`,
    [applicantId],
  );
}

/** What a field showed at a version; null: now. Primary key. */
export async function findImage(
  tx: Tx,
  applicantId: string,
  field: ImageField,
  version: number | null,
): Promise<ShownImage | undefined> {
  const rows = await tx.query<ShownImage[]>(
    `select ${COLUMNS} from ${IMAGES}
     where i.applicant_id = $1 and i.field = $2 and ($3::int is null or i.version <= $3)
     order by i.version desc limit 1`,
    [applicantId, field, version],
  );
  return rows[0];
}

/** The newest version of an applicant; undefined where there is no such applicant. Primary key. */
export async function newestVersion(tx: Tx, applicantId: string): Promise<number | undefined> {
  const rows = await tx.query<{ version: number }[]>(
    'select version from applicants where applicant_id = $1',
    [applicantId],
  );
  return rows[0]?.version;
}
