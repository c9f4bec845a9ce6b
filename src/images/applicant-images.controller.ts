import { Get, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiResponse } from '@nestjs/swagger';
import { RevealReasonBody, RevealRequestDto } from '../applicants/reveals.dto.js';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { MAX_APPLICANT_ID_LENGTH } from '../enroll-contract/limits.js';
import { IMAGE_FIELDS, type ImageField } from '../enroll-contract/types.js';
import { textOr404 } from '../problem/id.pipe.js';
import { Problem } from '../problem/problem.js';
import { ImageListDto, ImageQuery } from './images.dto.js';
import { Images } from './images.service.js';

const APPLICANT = {
  name: 'applicantId',
  pipe: textOr404(2 * MAX_APPLICANT_ID_LENGTH),
  description: "eNROLL's id of the application.",
};
const FIELD = {
  name: 'field',
  enum: IMAGE_FIELDS,
  description: 'Which image, by the field that names it.',
  pipe: { transform: imageField },
};
const BINARY = { schema: { type: 'string', format: 'binary' } } as const;
const UNREADABLE = [
  'IMAGE_MISSING',
  'IMAGE_NOT_FETCHED',
  'IMAGE_NOT_AN_IMAGE',
  'IMAGE_FAILED',
  'IMAGE_STORE_UNAVAILABLE',
  'OVERLOADED',
] as const;
const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};
const PICTURES = Object.fromEntries(Object.keys(EXTENSIONS).map((mediaType) => [mediaType, BINARY]));

/** The images of one applicant. */
@ManagementController('applicants/:applicantId/images', 'Management: images')
export class ApplicantImagesController {
  constructor(private readonly images: Images) {}

  @Get()
  @Scope('applicants:read')
  @Operation(
    'The images that any version of an applicant named, with their states; newest first in each field',
    'Says for each image whether it is wanted, fetched, missing or given up. The bytes have an operation of their own.',
  )
  @Answers(ImageListDto)
  async listImages(@ById('applicant', APPLICANT) applicantId: string, @Caller() actor: Actor) {
    return this.images.list(applicantId, actor);
  }

  @Get(':field')
  @Scope('images:read', 'pii:read')
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'The `ETag` of the image that the caller has.',
  })
  @Operation(
    'One image; the reading is recorded',
    'Needs the scopes `images:read` and `pii:read`. An image that is not there says why: still wanted, missing at eNROLL, not an image, or given up.',
  )
  @ApiOkResponse({
    description: 'The bytes.',
    headers: { ETag: { schema: { type: 'string' } }, 'Cache-Control': { schema: { type: 'string' } } },
    content: PICTURES,
  })
  @ApiResponse({ status: 304, description: 'The caller has it already.' })
  @ProblemResponses(...UNREADABLE, 'IMAGE_NO_THUMBNAIL')
  async readImage(
    @ById('applicant', APPLICANT) applicantId: string,
    @ById('image', FIELD) field: ImageField,
    @ValidQuery() query: ImageQuery,
    @Caller() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    const has = reply.request.headers['if-none-match'];
    const { etag, mediaType, bytes } = await this.images.show({ ...query, applicantId, field, has }, actor);
    void reply.header('etag', etag);
    if (bytes === null) return reply.status(304).send();
    return reply.headers(headersOf(field, mediaType)).send(bytes);
  }

  @Post(':field/reveal')
  @Scope('applicants:reveal', 'images:read')
  @Operation(
    'One image as it is now, for a reason',
    'The same as a reveal of fields, for a picture: recorded before it leaves, counted with the other reveals of a caller, and with ' +
      '`ROLLCALL_REVEAL_TWO_PERSONS` answered 202 until somebody else has approved it. Needs the scopes `applicants:reveal` and ' +
      '`images:read`.',
  )
  @ApiOkResponse({ description: 'The bytes, whole.', content: PICTURES })
  @ApiResponse({ status: 202, type: RevealRequestDto, description: 'A second person has to approve it.' })
  @ProblemResponses(...UNREADABLE, 'REVEAL_NOT_APPROVED', 'AUDIT_UNAVAILABLE')
  async revealImage(
    @ById('applicant', APPLICANT) applicantId: string,
    @ById('image', FIELD) field: ImageField,
    @ValidBody() body: RevealReasonBody,
    @Caller() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    const answer = await this.images.reveal({ applicantId, field }, body, actor);
    if ('state' in answer) return reply.status(202).send(answer);
    return reply.status(200).headers(headersOf(field, answer.mediaType)).send(answer.bytes);
  }
}

function headersOf(field: ImageField, mediaType: string): Record<string, string> {
  return {
    'content-type': mediaType,
    'content-disposition': `inline; filename="${field}.${EXTENSIONS[mediaType] ?? 'bin'}"`,
    // a PDF may hold scripts, and any image comes from outside
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

function imageField(text: string): ImageField {
  const field = IMAGE_FIELDS.find((name) => name === text);
  if (field === undefined) {
    throw new Problem('NOT_FOUND', `The image fields are ${IMAGE_FIELDS.join(', ')}`);
  }
  return field;
}
