import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExcludeEndpoint,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import { MAX_APPLICANT_ID_LENGTH } from '../enroll-contract/limits.js';
import { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { ApplicantDto, ApplicantPageDto } from './applicants.dto.js';
import { ApplicantSearch } from './applicant-search.service.js';
import { Applicants } from './applicants.service.js';
import { History } from './history.service.js';
import { AsOfQuery, ListApplicantsQuery, SearchApplicantsBody } from './list-applicants.dto.js';
import { searchMoved, SearchMoved } from './search-moved.guard.js';
import { VersionPageDto } from './versions.dto.js';

const APPLICANT_ID = ApiParam({
  name: 'applicantId',
  description: "eNROLL's id of the application.",
  example: '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1',
});

/** Made of all the fields an example would be a name and values at once, which is refused. */
const SEARCHES = {
  name: { value: { q: 'احمد حسن' } },
  value: { value: { idNumber: '29703012357788' } },
};

@ApiTags('Management: applicants')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('applicants:read')
@Controller('api/v1/applicants')
export class ApplicantsController {
  constructor(
    private readonly applicants: Applicants,
    private readonly searching: ApplicantSearch,
    private readonly history: History,
    private readonly sessions: SessionTokens,
  ) {}

  @Get()
  @UseGuards(SearchMoved)
  @ApiOperation({
    operationId: 'listApplicants',
    summary: 'Applicants by their first receipt, newest first',
    description:
      'Filters are joined by *and*. Sensitive values are masked without the scope `pii:read`. By name or by a value: ' +
      '`searchApplicants`.',
  })
  @ApiOkResponse({ type: ApplicantPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR', 'GONE', 'DATABASE_UNAVAILABLE')
  async list(@Query(VALID_QUERY) query: ListApplicantsQuery, @Req() { actor }: ActorRequest) {
    const { correlationId } = query;
    const among = correlationId === undefined ? undefined : await this.sessions.applicantsOf(correlationId);
    return this.applicants.list({ ...query, among }, actor);
  }

  @Post('search')
  @HttpCode(200)
  @RequiresScope('applicants:search')
  @ApiOperation({
    operationId: 'searchApplicants',
    summary: 'Applicants by name, or by an exact value; nothing of it in a URL',
    description:
      'Either `q`, which goes by closeness and name, or exact values in any spelling, which must all match and go newest ' +
      'first. Filters are joined by *and*. Sensitive values are masked without the scope `pii:read`; since masked answers ' +
      'to enough questions tell what they mask, searching is a scope of its own, each search is recorded with a keyed hash ' +
      'of what was asked, and a key may search 60 times a minute (`ROLLCALL_SEARCHES_PER_MINUTE`).',
  })
  @ApiBody({ type: SearchApplicantsBody, examples: SEARCHES })
  @ApiOkResponse({ type: ApplicantPageDto })
  @ProblemResponses(
    ...BODY_PROBLEMS,
    'BAD_CURSOR',
    'TOO_MANY_REQUESTS',
    'SEARCH_TOO_SLOW',
    'DATABASE_UNAVAILABLE',
  )
  async search(@Body(VALID_BODY) body: SearchApplicantsBody, @Req() { actor }: ActorRequest) {
    return this.searching.search(body, actor);
  }

  /** @throws Problem GONE */
  @Get('search')
  @ApiExcludeEndpoint()
  searchByQuery(): never {
    throw searchMoved();
  }

  /** @throws Problem GONE */
  @Post('lookup')
  @ApiExcludeEndpoint()
  lookUp(): never {
    throw searchMoved();
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
