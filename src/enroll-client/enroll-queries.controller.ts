import { Body, Controller, Get, HttpCode, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
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

const MASKED = 'Sensitive values are masked without the scope `pii:read`; with it, the reading is recorded.';
const PICTURES = 'Needs the scopes `images:read` and `pii:read`; the reading is recorded.';

@ApiTags('Management: eNROLL queries')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('enroll:read')
@Controller('api/v1/enroll')
export class EnrollQueriesController {
  constructor(
    private readonly client: EnrollClient,
    private readonly queries: EnrollQueries,
  ) {}

  @Get('token')
  @ApiOperation({
    operationId: 'checkEnrollToken',
    summary: 'Whether eNROLL gives us a token',
    description: 'Asks for one unless one is held. The token itself is never shown.',
  })
  @ApiOkResponse({ type: EnrollTokenDto })
  @ProblemResponses(...ENROLL_PROBLEMS)
  async token(): Promise<EnrollTokenDto> {
    const { expiresAt } = await this.client.token();
    return { dialect: this.client.dialect.title, expiresAt: expiresAt?.toISOString() ?? null };
  }

  @Get('applicant-id')
  @ApiOperation({ operationId: 'findEnrolledApplicantId', summary: 'The applicant of a request' })
  @ApiOkResponse({ type: ApplicantIdDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async applicantId(@Query(VALID_QUERY) { requestId }: RequestIdQuery): Promise<ApplicantIdDto> {
    return { applicantId: await this.client.applicantIdByRequestId(requestId) };
  }

  @Get('applicants')
  @ApiOperation({
    operationId: 'findEnrolled',
    summary: 'Applicants of a request or of one of your customers, as eNROLL has them',
    description: MASKED,
  })
  @ApiOkResponse({ type: EnrolledPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async find(@Query(VALID_QUERY) query: FindEnrolledQuery, @Req() { actor }: ActorRequest) {
    return this.queries.find(query, actor);
  }

  @Get('applicants/by-date')
  @ApiOperation({
    operationId: 'listEnrolledByDate',
    summary: 'Applicants of a date range, as eNROLL has them',
    description: `In eNROLL's own pages; a page may be empty before the end. One on the border of two slices may come twice. ${MASKED}`,
  })
  @ApiOkResponse({ type: EnrolledPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR', 'ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async byDate(@Query(VALID_QUERY) query: EnrolledByDateQuery, @Req() { actor }: ActorRequest) {
    return this.queries.byDate(query, actor);
  }

  @Post('applicants/by-ids')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'listEnrolledByIds',
    summary: 'Applicants by their ids, as eNROLL has them',
    description: `Whom eNROLL does not know \`notFound\` names. ${MASKED}`,
  })
  @ApiOkResponse({ type: EnrolledByIdsDto })
  @ProblemResponses('BAD_REQUEST', 'ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async byIds(@Body(VALID_BODY) { applicantIds }: EnrolledByIdsBody, @Req() { actor }: ActorRequest) {
    return this.queries.byIds(applicantIds, actor);
  }

  @Get('image')
  @RequiresScope('enroll:read', 'images:read', 'pii:read')
  @ApiOperation({ operationId: 'readEnrollImage', summary: 'One image, by its path', description: PICTURES })
  @ApiProduces('image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'application/octet-stream')
  @ApiOkResponse({ description: 'The bytes.', schema: { type: 'string', format: 'binary' } })
  @ProblemResponses(
    'BAD_REQUEST',
    'UNKNOWN_FILTER',
    'ENROLL_IMAGE_PATH',
    'ENROLL_NOT_FOUND',
    'ENROLL_IMAGE_TOO_LARGE',
    'ENROLL_IMAGE_DAMAGED',
    ...ENROLL_PROBLEMS,
  )
  async image(
    @Query(VALID_QUERY) { path, call }: ImageQuery,
    @Req() { actor }: ActorRequest,
    @Res() reply: FastifyReply,
  ) {
    const { bytes, mediaType, sha256 } = await this.queries.image(path, call, actor);
    return reply
      .type(mediaType ?? 'application/octet-stream')
      .headers({
        etag: `"${sha256}"`,
        'cache-control': 'private, no-store',
        'content-disposition': mediaType?.startsWith('image/') ? 'inline' : 'attachment',
        'x-content-type-options': 'nosniff',
      })
      .send(bytes);
  }

  @Post('images')
  @HttpCode(200)
  @RequiresScope('enroll:read', 'images:read', 'pii:read')
  @ApiOperation({
    operationId: 'readEnrollImages',
    summary: 'Several images, by their paths',
    description: `What is wrong with one of them is its own \`fault\`; past 32 MiB the rest is refused. ${PICTURES}`,
  })
  @ApiOkResponse({ type: EnrolledImagesDto })
  @ProblemResponses('BAD_REQUEST', 'ENROLL_IMAGE_PATH', 'ENROLL_NOT_FOUND', ...ENROLL_PROBLEMS)
  async images(
    @Body(VALID_BODY) { paths }: ImagesBody,
    @Req() { actor }: ActorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EnrolledImagesDto> {
    void reply.header('cache-control', 'private, no-store');
    return { items: await this.queries.images(paths, actor) };
  }
}
