import { Injectable, Logger } from '@nestjs/common';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { EntityManager } from 'typeorm';
import { RevealGrants } from '../applicants/reveal-grants.service.js';
import type { RevealReasonBody, RevealRequestDto } from '../applicants/reveals.dto.js';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { CryptoError } from '../crypto/crypto.errors.js';
import { asKept } from '../db/applicant-id.repository.js';
import type { ImageField } from '../enroll-contract/types.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { requireReadable } from '../problem/readable.js';
import { StoreFault } from './image-store.js';
import type { ImageDto, ImageListDto, ImageQuery } from './images.dto.js';
import { findImage, type ImageRow, listImages, newestVersion } from './images.repository.js';
import type { ImageSize, ImageState } from './images.types.js';
import { LostImages } from './lost-images.service.js';
import { makeThumbnail, THUMBNAIL_MEDIA_TYPE } from './thumbnail.js';
import { SealedImageStore } from './sealed-image-store.service.js';

const STORE_RETRY_SECONDS = 10;
const WANTED_RETRY_SECONDS = 15;
/** Each takes 15 MiB at most, sealed and open. A thumbnail keeps one of libuv's four threads busy: one is left for others. */
const OPENED_AT_ONCE = 3;
const WAITING = 100;

const REFUSALS = {
  wanted: 'IMAGE_NOT_FETCHED',
  missing: 'IMAGE_MISSING',
  not_image: 'IMAGE_NOT_AN_IMAGE',
  failed: 'IMAGE_FAILED',
} as const satisfies Record<Exclude<ImageState, 'fetched'>, ProblemCode>;

/** Which image a caller wants to see. */
export interface ImageQuestion extends ImageQuery {
  applicantId: string;
  field: ImageField;
  /** Entity tags that the caller has, as in `If-None-Match`. */
  has: string | undefined;
}

type Asked = Pick<ImageQuestion, 'applicantId' | 'field' | 'version'>;

/** An image for a caller; without bytes if the caller has them already. */
export interface ShownBytes {
  etag: string;
  mediaType: string;
  bytes: Buffer | null;
}

/** An image that somebody sees for a reason. */
export interface RevealedBytes {
  mediaType: string;
  bytes: Buffer;
}

/** An image whose bytes are in the store. */
interface FetchedImage {
  applicantId: string;
  version: number;
  sha256: string;
  mediaType: string;
}

/** Shows the images of applicants that are fetched. */
@Injectable()
export class Images {
  private readonly log = new Logger('images');
  private readonly slots = bulkhead(OPENED_AT_ONCE, WAITING);

  constructor(
    private readonly connection: EntityManager,
    private readonly sealedStore: SealedImageStore,
    private readonly lost: LostImages,
    private readonly audit: Audit,
    private readonly grants: RevealGrants,
  ) {}

  /** States of all images that any version named. @throws Problem NOT_FOUND where there is no such applicant, RESTRICTED, APPLICANT_ERASED */
  async list(asked: string, actor: Actor): Promise<ImageListDto> {
    const applicantId = await asKept(this.connection, asked);
    await requireReadable(this.connection, applicantId);
    const rows = await listImages(this.connection, applicantId);
    if (rows.length === 0 && (await newestVersion(this.connection, applicantId)) === undefined) {
      throw new Problem('NOT_FOUND');
    }
    const isRevealed = actor.can('pii:read');
    if (isRevealed && rows.length > 0) {
      // by its hash a picture is known again
      const subject = `applicant:${applicantId}`;
      await this.audit.record(null, { actor: actor.name, action: 'image.list', subject });
    }
    // newest first within a field
    const items = rows.flatMap((row, at) =>
      row.state === 'cleared' ? [] : [itemOf(row, rows[at - 1]?.field !== row.field, isRevealed)],
    );
    return { items };
  }

  /**
   * One image. The reading is recorded in the audit before the image leaves.
   * @throws Problem NOT_FOUND (no such applicant, version or image), IMAGE_NOT_FETCHED, IMAGE_MISSING,
   *   RESTRICTED, APPLICANT_ERASED, IMAGE_NOT_AN_IMAGE, IMAGE_FAILED, IMAGE_NO_THUMBNAIL, IMAGE_STORE_UNAVAILABLE, OVERLOADED
   */
  async show(question: ImageQuestion, actor: Actor): Promise<ShownBytes> {
    const { field, size, version } = question;
    const { applicantId, sha256, mediaType, ...image } = await this.fetched(question);
    const etag = `"${sha256.slice(0, 32)}-${size}"`;
    const detail = { field, size, version: version ?? image.version };
    await this.audit.record(null, {
      actor: actor.name,
      action: 'image.read',
      subject: `applicant:${applicantId}`,
      detail,
    });
    const shownType = size === 'thumb' ? THUMBNAIL_MEDIA_TYPE : mediaType;
    if (holds(question.has, etag)) return { etag, mediaType: shownType, bytes: null };
    return { etag, mediaType: shownType, bytes: await this.open(sha256, size) };
  }

  /**
   * What a field shows now, whole, for a reason; or the request for it, where a second person has to approve it first. It is opened
   * before it is granted: nobody is asked for what cannot be read, and no grant is used up by it.
   * @throws Problem as `show`; TOO_MANY_REQUESTS, AUDIT_UNAVAILABLE, REVEAL_NOT_APPROVED
   */
  async reveal(
    asked: Pick<ImageQuestion, 'applicantId' | 'field'>,
    { reason, requestId }: RevealReasonBody,
    actor: Actor,
  ): Promise<RevealedBytes | RevealRequestDto> {
    await this.grants.count(actor);
    const { applicantId, version, sha256, mediaType } = await this.fetched(asked);
    const bytes = await this.open(sha256, 'full');
    const image = asked.field;
    const question = { applicantId, fields: [], image, quarantineId: null, reason, askedBy: actor.name };
    const detail = { image, version };
    const waiting = await this.grants.grant(question, requestId, { action: 'image.reveal', detail });
    return waiting ?? { mediaType, bytes };
  }

  private async fetched({ applicantId: asked, field, version }: Asked): Promise<FetchedImage> {
    const applicantId = await asKept(this.connection, asked);
    await requireReadable(this.connection, applicantId);
    const image = await this.find({ applicantId, field, version });
    return { applicantId, version: image.version, ...fetchedOr(image) };
  }

  private async open(sha256: string, size: ImageSize): Promise<Buffer> {
    try {
      return await this.slots.execute(async () => {
        const full = await this.unseal(sha256);
        return size === 'thumb' ? makeThumbnail(full) : full;
      });
    } catch (cause) {
      if (!(cause instanceof BulkheadRejectedError)) throw cause;
      throw new Problem('OVERLOADED', 'Too many images are being read', { retryAfterSeconds: 1, cause });
    }
  }

  private async find({ applicantId, field, version }: Asked): Promise<ImageRow> {
    const newest = await newestVersion(this.connection, applicantId);
    if (newest === undefined) throw new Problem('NOT_FOUND');
    if (version !== undefined && version > newest) throw new Problem('NOT_FOUND', 'There is no such version');
    const image = await findImage(this.connection, applicantId, field, version ?? null);
    if (image === undefined || image.state === 'cleared') {
      throw new Problem('NOT_FOUND', 'No image of this field is known');
    }
    return image;
  }

  private async unseal(sha256: string): Promise<Buffer> {
    try {
      return await this.sealedStore.reveal(sha256);
    } catch (cause) {
      if (!(cause instanceof StoreFault || cause instanceof CryptoError)) throw cause;
      this.log.error({ code: cause.code, sha256 }, 'A stored image cannot be read');
      await this.lost.report(sha256, cause);
      if (cause.code === 'KEY_UNKNOWN') throw cause;
      throw new Problem('IMAGE_STORE_UNAVAILABLE', undefined, {
        cause,
        retryAfterSeconds: STORE_RETRY_SECONDS,
      });
    }
  }
}

/** Hash and type of an image that is fetched, or was before it was asked for again. @throws Problem by the state of any other */
function fetchedOr(image: ImageRow): { sha256: string; mediaType: string } {
  const { sha256, mediaType } = image;
  if (sha256 !== null && mediaType !== null) return { sha256, mediaType };
  const { state, errorCode } = image;
  if (state === 'fetched') throw new Error('a fetched image without its bytes');
  throw new Problem(REFUSALS[state], undefined, {
    extra: { state, errorCode },
    ...(state === 'wanted' && { retryAfterSeconds: WANTED_RETRY_SECONDS }),
  });
}

/** `If-None-Match` compares weakly (RFC 9110, 13.1.2). */
function holds(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
}

/** Without `pii:read` it shows nothing by which a picture could be recognized as this one. */
function itemOf(row: ImageRow, isCurrent: boolean, isRevealed: boolean): ImageDto {
  return {
    ...row,
    ...(!isRevealed && { sha256: null, bytes: null }),
    isCurrent,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    wantedAt: row.wantedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
