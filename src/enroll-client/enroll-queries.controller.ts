import { Get, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { EnrollClient } from './enroll-client.service.js';
import { ENROLL_PROBLEMS } from './enroll-problems.js';
import {
  ApplicantIdDto,
  EnrolledByDateQuery,
  EnrolledByIdsBody,
  EnrolledByIdsDto,
  EnrolledImagesDto,
  EnrolledPageDto,
  EnrollTokenDto,
  FindEnrolledQuery,
  ImageQuery,
  ImagesBody,
  RequestIdQuery,
} from './enroll-queries.dto.js';
import { EnrollQueries } from './enroll-queries.service.js';

const MASKED = 'Without the scope `pii:read` sensitive values are masked. With it, the reading is recorded.';
const PICTURES = 'Needs the scopes `images:read` and `pii:read`. The reading is recorded.';

@ManagementController('enroll', 'Management: eNROLL queries')
@Scope('enroll:read')
export class EnrollQueriesController {
  constructor(
    private readonly client: EnrollClient,
    private readonly queries: EnrollQueries,
  ) {}

  @Get('token')
  @Operation(
    'Whether eNROLL gives us a token',
    'Asks eNROLL for one unless we hold one. The token itself is never shown.',
  )
  @Answers(EnrollTokenDto)
  @ProblemResponses(...ENROLL_PROBLEMS)
  async checkEnrollToken(): Promise<EnrollTokenDto> {
    const { expiresAt } = await this.client.token();
    return { dialect: this.client.dialect.title, expiresAt: expiresAt?.toISOString() ?? null };
  }

  @Get('applicant-id')
  @Operation(
    'The applicant of a request',
    'Asks eNROLL now. Works for requests that never led to a callback.',
  )
  @Answers(ApplicantIdDto)
  @ProblemResponses('ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async findEnrolledApplicantId(@ValidQuery() { requestId }: RequestIdQuery): Promise<ApplicantIdDto> {
    return { applicantId: await this.client.applicantIdByRequestId(requestId) };
  }

  @Get('applicants')
  @Operation('Applicants of a request or of one of your customers, as eNROLL has them', MASKED)
  @Answers(EnrolledPageDto)
  @ProblemResponses('ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async findEnrolled(@ValidQuery() query: FindEnrolledQuery, @Caller() actor: Actor) {
    return this.queries.find(query, actor);
  }

  @Get('applicants/by-date')
  @Operation(
    'Applicants of a date range, as eNROLL has them',
    `Pages are eNROLL's own. A page may be empty before the end, and an applicant may come twice. ${MASKED}`,
  )
  @Lists(EnrolledPageDto)
  @ProblemResponses('ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async listEnrolledByDate(@ValidQuery() query: EnrolledByDateQuery, @Caller() actor: Actor) {
    return this.queries.byDate(query, actor);
  }

  @Post('applicants/by-ids')
  @Operation(
    'Applicants by their ids, as eNROLL has them',
    `\`notFound\` lists the ids that eNROLL does not know. ${MASKED}`,
  )
  @Answers(EnrolledByIdsDto)
  @ProblemResponses('ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async listEnrolledByIds(@ValidBody() { applicantIds }: EnrolledByIdsBody, @Caller() actor: Actor) {
    return this.queries.byIds(applicantIds, actor);
  }

  @Get('image')
  @Scope('enroll:read', 'images:read', 'pii:read')
  @Operation('One image, by its path', PICTURES)
  @ApiProduces('image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'application/octet-stream')
  @ApiOkResponse({ description: 'The bytes.', schema: { type: 'string', format: 'binary' } })
  @ProblemResponses(
    'ENROLL_IMAGE_PATH',
    'ENROLL_NOT_FOUND',
    'ENROLL_IMAGE_TOO_LARGE',
    'ENROLL_IMAGE_DAMAGED',
    'ENROLL_IMAGE_HARMFUL',
    'SCANNER_UNAVAILABLE',
    ...ENROLL_PROBLEMS,
  )
  async readEnrollImage(
    @ValidQuery() { path, call }: ImageQuery,
    @Caller() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    const { bytes, mediaType, sha256 } = await this.queries.image(path, call, actor);
    return reply
      .type(mediaType ?? 'application/octet-stream')
      .headers({
        etag: `"${sha256}"`,
        'content-disposition': mediaType?.startsWith('image/') ? 'inline' : 'attachment',
        'x-content-type-options': 'nosniff',
      })
      .send(bytes);
  }

  @Post('images')
  @Scope('enroll:read', 'images:read', 'pii:read')
  @Operation(
    'Several images, by their paths',
    `An image that fails has a \`fault\`. Images after the first 32 MiB are refused. ${PICTURES}`,
  )
  @Answers(EnrolledImagesDto)
  @ProblemResponses('ENROLL_IMAGE_PATH', 'ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async readEnrollImages(
    @ValidBody() { paths }: ImagesBody,
    @Caller() actor: Actor,
  ): Promise<EnrolledImagesDto> {
    return { items: await this.queries.images(paths, actor) };
  }
}
