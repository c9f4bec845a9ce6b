import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { AuditAction } from '../audit/audit.actions.js';
import type { Actor } from '../auth/auth.types.js';
import { equals } from '../crypto/constant-time.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { applicantKey } from '../enroll-contract/applicant-id.js';
import { instantInCairo } from '../enroll-contract/cairo-days.js';
import { MASK, maskField } from '../enroll-contract/mask.js';
import { readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { DateRange } from './date-slices.js';
import { APPLICANT_FIELDS } from './dialect.js';
import { EnrollClient } from './enroll-client.service.js';
import type { DatePosition, EnrolledApplicant, EnrollImage, ImageResult } from './enroll-client.types.js';
import type {
  EnrolledApplicantDto,
  EnrolledByIdsDto,
  EnrolledByDateQuery,
  EnrolledImageDto,
  EnrolledPageDto,
  FindEnrolledQuery,
} from './enroll-queries.dto.js';
import { checkId } from './enroll-requests.js';
import { checkImagePath } from './image-path.js';

const LIST = 'enrolled-by-date';
const CURSOR = z.tuple([
  z.iso.datetime(),
  z.iso.datetime(),
  z.iso.datetime(),
  z.int().min(0),
  z.int().min(0),
  z.string().nullable(),
  z.string(),
]);
/** Most bytes of decoded images in one answer. */
const MAX_IMAGE_BYTES_IN_ALL = 32 * 1024 * 1024;
const CONTRACT_FIELDS = new Set<string>(APPLICANT_FIELDS);

/** eNROLL's answers for the management API. They are masked without `pii:read`, and recorded with it. */
@Injectable()
export class EnrollQueries {
  constructor(
    private readonly client: EnrollClient,
    private readonly audit: Audit,
    private readonly keyedHash: KeyedHash,
  ) {}

  /** @throws Problem BAD_REQUEST unless exactly one of the two is given */
  async find({ requestId, correlationId }: FindEnrolledQuery, actor: Actor): Promise<EnrolledPageDto> {
    if ((requestId === undefined) === (correlationId === undefined)) {
      throw new Problem('BAD_REQUEST', 'give requestId or correlationId, one of the two');
    }
    const found = await this.client.applicants(
      requestId === undefined ? { correlationId: correlationId ?? '' } : { requestId },
    );
    return { items: await this.shown(found, actor), nextCursor: null };
  }

  /** @throws Problem BAD_CURSOR also for a cursor of another range */
  async byDate({ from, to, cursor }: EnrolledByDateQuery, actor: Actor): Promise<EnrolledPageDto> {
    const range = { from: instantInCairo(from), to: instantInCairo(to) };
    const position = cursor === undefined ? undefined : this.positionOf(cursor, range);
    const { items, next } = await this.client.datePage(range, position);
    return {
      items: await this.shown(items, actor),
      nextCursor: next ? this.cursorOf(next, range) : null,
    };
  }

  /** Ids are compared as ours are (A34). @throws Problem BAD_REQUEST for an id that cannot be one */
  async byIds(applicantIds: string[], actor: Actor): Promise<EnrolledByIdsDto> {
    const found: EnrolledApplicant[] = [];
    const wanted = applicantIds.map((id) => checkId(id, 'applicantId'));
    for await (const chunk of this.client.applicantsByIds(wanted)) found.push(...chunk);
    const known = new Set(found.map(({ applicantId }) => applicantId && applicantKey(applicantId)));
    const notFound = wanted.filter((id) => !known.has(applicantKey(id)));
    return { items: await this.shown(found, actor), nextCursor: null, notFound: [...new Set(notFound)] };
  }

  /** Recorded: a picture cannot be masked. */
  async image(path: string, call: 'image' | 'photo', actor: Actor): Promise<EnrollImage> {
    const image = await this.client[call](path);
    await this.record(actor, 'image.read', [`image:${path}`]);
    return image;
  }

  /** @throws Problem ENROLL_IMAGE_PATH for any path that is not acceptable */
  async images(paths: string[], actor: Actor): Promise<EnrolledImageDto[]> {
    for (const path of paths) checkImagePath(path);
    const items: EnrolledImageDto[] = [];
    let bytes = 0;
    for await (const results of this.client.images(paths)) {
      for (const result of results) {
        if ('image' in result) bytes += result.image.bytes.length;
        items.push(bytes > MAX_IMAGE_BYTES_IN_ALL ? tooMuch(result) : itemOf(result));
      }
    }
    const seen = items.filter((item) => item.image !== undefined).map((item) => `image:${item.path}`);
    await this.record(actor, 'image.read', seen);
    return items;
  }

  /** Signed, because it decides what we ask eNROLL next with our credentials, and nobody else may make one up. */
  private cursorOf(position: DatePosition, range: DateRange): string {
    const key = keyOf(position, range);
    return writeCursor(LIST, ...key, this.keyedHash.of(signedText(key)));
  }

  /** @throws Problem BAD_CURSOR for a cursor of another range or another installation */
  private positionOf(cursor: string, range: DateRange): DatePosition {
    const [, , from, page, seen, mark, signature] = readCursor(LIST, CURSOR, cursor);
    const position = { from, page, seen, ...(mark !== null && { mark }) };
    const text = signedText(keyOf(position, range));
    if (this.keyedHash.candidates(text).some((ours) => equals(ours, signature))) return position;
    throw new Problem('BAD_CURSOR');
  }

  private async shown(found: EnrolledApplicant[], actor: Actor): Promise<EnrolledApplicantDto[]> {
    const masked = !actor.can('pii:read');
    const subjects = found.map(({ applicantId }) => `applicant:${applicantId ?? 'unnamed'}`);
    if (!masked) await this.record(actor, 'applicant.read', subjects);
    return found.map((applicant) => viewOf(applicant, masked));
  }

  private async record(actor: Actor, action: AuditAction, subjects: string[]): Promise<void> {
    const detail = { via: 'enroll' };
    await this.audit.record(
      null,
      ...subjects.map((subject) => ({ actor: actor.name, action, subject, detail })),
    );
  }
}

/** An applicant of eNROLL as the management API shows it. */
function viewOf(applicant: EnrolledApplicant, masked: boolean): EnrolledApplicantDto {
  const { applicantId, requestId, correlationId, enrolledAt, element } = applicant;
  const content = typeof element === 'object' && element !== null && !Array.isArray(element) ? element : {};
  return {
    applicantId: applicantId ?? null,
    requestId: requestId ?? null,
    correlationId: correlationId ?? null,
    enrolledAt: enrolledAt?.toISOString() ?? null,
    masked,
    content: masked ? maskContent(content) : { ...content },
  };
}

/** Hides unknown fields and values of the wrong type, because they may hold anything. */
function maskContent(content: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([name, value]: [string, unknown]) => [
      name,
      CONTRACT_FIELDS.has(name) && (Array.isArray(value) || Object(value) !== value)
        ? maskField(name, value)
        : MASK,
    ]),
  );
}

/** The key of a cursor: range and position. */
function keyOf({ from, page, seen, mark }: DatePosition, range: DateRange) {
  return [range.from.toISOString(), range.to.toISOString(), from, page, seen, mark ?? null];
}

/** Begins with its purpose, so that no other keyed hash can stand for it. */
function signedText(key: readonly (string | number | null)[]): string {
  return JSON.stringify([`cursor:${LIST}`, ...key]);
}

function itemOf(result: ImageResult): EnrolledImageDto {
  if ('fault' in result) return result;
  const { path, image } = result;
  return {
    path,
    ...(image.mediaType !== undefined && { mediaType: image.mediaType }),
    sha256: image.sha256,
    image: image.bytes.toString('base64'),
  };
}

function tooMuch(result: ImageResult): EnrolledImageDto {
  return 'fault' in result ? result : { path: result.path, fault: 'ENROLL_ANSWER_TOO_LARGE' };
}
