import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import { MAX_APPLICANT_ID_LENGTH } from '../enroll-contract/limits.js';
import { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { ApplicantDto, ApplicantPageDto } from './applicants.dto.js';
import { Applicants } from './applicants.service.js';
import { History } from './history.service.js';
import { AsOfQuery, ExactValues, ListApplicantsQuery } from './list-applicants.dto.js';
import { VersionPageDto } from './versions.dto.js';

const LOOKUP_LIMIT = 200;
const APPLICANT_ID = ApiParam({
  name: 'applicantId',
  description: "eNROLL's id of the application.",
  example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
});

@ApiTags('Management: applicants')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('applicants:read')
@Controller('api/v1/applicants')
export class ApplicantsController {
  constructor(
    private readonly applicants: Applicants,
    private readonly history: History,
    private readonly sessions: SessionTokens,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listApplicants',
    summary: 'Applicants, newest first; filtered, looked up by an exact value, or searched by name',
    description:
      'Filters are joined by *and*. Newest first goes by the first receipt; a search by name (`q`) goes by closeness and ' +
      'name. Sensitive values are masked without the scope `pii:read`.',
  })
  @ApiOkResponse({ type: ApplicantPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR', 'SEARCH_TOO_SLOW', 'DATABASE_UNAVAILABLE')
  async list(@Query(VALID_QUERY) query: ListApplicantsQuery, @Req() { actor }: ActorRequest) {
    const { correlationId } = query;
    const among = correlationId === undefined ? undefined : await this.sessions.applicantsOf(correlationId);
    return this.applicants.list({ ...query, among }, actor);
  }

  @Post('lookup')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'lookUpApplicants',
    summary: 'Applicants that have an exact value, without writing it into a URL',
    description: 'All values given must match, each in any spelling. At most 200 applicants, newest first.',
  })
  @ApiOkResponse({ type: ApplicantPageDto })
  @ProblemResponses(...BODY_PROBLEMS)
  async lookUp(@Body(VALID_BODY) values: ExactValues, @Req() { actor }: ActorRequest) {
    if (Object.values(values).every((value) => value === undefined)) {
      throw new Problem('BAD_REQUEST', 'one of idNumber, phone, email, documentNumber must be given');
    }
    return this.applicants.list({ ...values, limit: LOOKUP_LIMIT }, actor);
  }

  @Get(':applicantId')
  @APPLICANT_ID
  @ApiOperation({
    operationId: 'readApplicant',
    summary: 'One applicant, as it is now or as it was known at a time',
    description:
      'Sensitive values are masked without the scope `pii:read`; with it, the reading is recorded.',
  })
  @ApiOkResponse({ type: ApplicantDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'NOT_FOUND')
  async read(
    @Param('applicantId') applicantId: string,
    @Query(VALID_QUERY) { asOf }: AsOfQuery,
    @Req() { actor }: ActorRequest,
  ) {
    return this.applicants.find(
      knowable(applicantId),
      actor,
      asOf === undefined ? undefined : new Date(asOf),
    );
  }

  @Get(':applicantId/versions')
  @APPLICANT_ID
  @ApiOperation({
    operationId: 'listVersions',
    summary: 'What an applicant was, version by version, oldest first',
    description:
      'Each version names the callback it came from and how its fields differ from the version before.',
  })
  @ApiOkResponse({ type: VersionPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR', 'NOT_FOUND')
  async versions(
    @Param('applicantId') applicantId: string,
    @Query(VALID_QUERY) page: PageQuery,
    @Req() { actor }: ActorRequest,
  ) {
    return this.history.versions(knowable(applicantId), page, actor);
  }
}

/** Ids that cannot have been taken need no look (U+0000 would be an error of the database). */
function knowable(applicantId: string): string {
  const isTooLong = applicantId.length > 2 * MAX_APPLICANT_ID_LENGTH;
  if (isTooLong || applicantId.includes('\0')) throw new Problem('NOT_FOUND');
  return applicantId;
}
