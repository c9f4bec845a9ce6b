import { Controller, Get, Headers, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { MAX_APPLICANT_ID_LENGTH } from '../enroll-contract/limits.js';
import { Problem } from '../problem/problem.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import { ImageListDto, ImageQuery } from './images.dto.js';
import { Images } from './images.service.js';
import { IMAGE_FIELDS, type ImageField } from './images.types.js';

const BINARY = { schema: { type: 'string', format: 'binary' } } as const;
const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** The images of one applicant. */
@ApiTags('Management: images')
@ApiBearerAuth('apiKey')
@ApiParam({ name: 'applicantId', description: "eNROLL's id of the application." })
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@Controller('api/v1/applicants/:applicantId/images')
export class ApplicantImagesController {
  constructor(private readonly images: Images) {}

  @Get()
  @RequiresScope('applicants:read')
  @ApiOperation({
    operationId: 'listImages',
    summary:
      'The images that any version of an applicant named, with their states; newest first in each field',
  })
  @ApiOkResponse({ type: ImageListDto })
  @ProblemResponses('NOT_FOUND')
  async list(@Param('applicantId') applicantId: string, @Req() { actor }: ActorRequest) {
    return this.images.list(knowable(applicantId), actor);
  }

  @Get(':field')
  @RequiresScope('images:read', 'pii:read')
  @ApiParam({ name: 'field', enum: IMAGE_FIELDS })
  @ApiHeader({ name: 'If-None-Match', required: false })
  @ApiOperation({
    operationId: 'readImage',
    summary: 'One image; the reading is recorded',
    description:
      'Needs the scopes `images:read` and `pii:read`. An image that is not there says why: still wanted, missing at eNROLL, not an image, or given up.',
  })
  @ApiOkResponse({
    description: 'The bytes.',
    headers: { ETag: { schema: { type: 'string' } }, 'Cache-Control': { schema: { type: 'string' } } },
    content: {
      'image/jpeg': BINARY,
      'image/png': BINARY,
      'image/webp': BINARY,
      'application/pdf': BINARY,
    },
  })
  @ApiResponse({ status: 304, description: 'The caller has it already.' })
  @ProblemResponses(
    'BAD_REQUEST',
    'UNKNOWN_FILTER',
    'NOT_FOUND',
    'IMAGE_MISSING',
    'IMAGE_NOT_FETCHED',
    'IMAGE_NOT_AN_IMAGE',
    'IMAGE_FAILED',
    'IMAGE_NO_THUMBNAIL',
    'IMAGE_STORE_UNAVAILABLE',
    'OVERLOADED',
  )
  async read(
    @Param() { applicantId, field }: { applicantId: string; field: string },
    @Query(VALID_QUERY) { size, version }: ImageQuery,
    @Headers('if-none-match') has: string | undefined,
    @Req() { actor }: ActorRequest,
    @Res() reply: FastifyReply,
  ) {
    const question = { applicantId: knowable(applicantId), field: imageField(field), version, size, has };
    const { etag, mediaType, bytes } = await this.images.show(question, actor);
    void reply.headers({ etag, 'cache-control': 'private, no-store' });
    if (bytes === null) return reply.status(304).send();
    return reply
      .headers({
        'content-type': mediaType,
        'content-disposition': `inline; filename="${field}.${EXTENSIONS[mediaType] ?? 'bin'}"`,
        // a PDF may hold scripts, and whatever it is it came from outside
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .send(bytes);
  }
}

/** Ids that cannot have been taken need no look (U+0000 would be an error of the database). */
function knowable(applicantId: string): string {
  const isTooLong = applicantId.length > 2 * MAX_APPLICANT_ID_LENGTH;
  if (isTooLong || applicantId.includes('\0')) throw new Problem('NOT_FOUND');
  return applicantId;
}

function imageField(text: string): ImageField {
  const field = IMAGE_FIELDS.find((name) => name === text);
  if (field === undefined) {
    throw new Problem('NOT_FOUND', `The image fields are ${IMAGE_FIELDS.join(', ')}`);
  }
  return field;
}
