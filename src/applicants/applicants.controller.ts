import { Get, Post, UseGuards } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint } from '@nestjs/swagger';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { SessionTokens } from '../enroll-client/session-tokens.service.js';
import { instantOf, PageQuery } from '../problem/page.dto.js';
import { ApplicantDto, ApplicantPageDto } from './applicants.dto.js';
import { ApplicantSearch } from './applicant-search.service.js';
import { Applicants } from './applicants.service.js';
import { APPLICANT } from './fields.dto.js';
import { History } from './history.service.js';
import { AsOfQuery, ListApplicantsQuery, SearchApplicantsBody } from './list-applicants.dto.js';
import { searchMoved, SearchMoved } from './search-moved.guard.js';
import { VersionPageDto } from './versions.dto.js';

/** An example made of all fields would have a name and values at once, which is refused. */
const SEARCHES = {
  name: { value: { q: 'احمد حسن' } },
  value: { value: { idNumber: '29703012357788' } },
};

@ManagementController('applicants', 'Management: applicants')
@Scope('applicants:read')
export class ApplicantsController {
  constructor(
    private readonly applicants: Applicants,
    private readonly searching: ApplicantSearch,
    private readonly history: History,
    private readonly sessions: SessionTokens,
  ) {}

  @Get()
  @UseGuards(SearchMoved)
  @Operation(
    'Applicants by their first receipt, newest first',
    'Filters are joined by *and*. Sensitive values are masked without the scope `pii:read`. By name or by a value: ' +
      '`searchApplicants`.',
  )
  @Lists(ApplicantPageDto)
  @ProblemResponses('GONE')
  async listApplicants(@ValidQuery() query: ListApplicantsQuery, @Caller() actor: Actor) {
    const { correlationId } = query;
    const among = correlationId === undefined ? undefined : await this.sessions.applicantsOf(correlationId);
    return this.applicants.list({ ...query, among }, actor);
  }

  @Post('search')
  @Scope('applicants:search')
  @Operation(
    'Applicants by name or by exact values, kept out of URLs',
    'Give either `q`, which finds the closest names first, or exact values in any spelling, which must all match, newest ' +
      'first. Filters are joined by *and*. Sensitive values are masked without the scope `pii:read`. Enough searches would ' +
      'tell what the masks hide, so searching has its own scope, each search is recorded with a keyed hash of what was ' +
      'asked, and a key may search 60 times a minute (`ROLLCALL_SEARCHES_PER_MINUTE`).',
  )
  @ApiBody({ type: SearchApplicantsBody, examples: SEARCHES })
  @Answers(ApplicantPageDto)
  @ProblemResponses('BAD_CURSOR', 'TOO_MANY_REQUESTS', 'SEARCH_TOO_SLOW')
  async searchApplicants(@ValidBody() body: SearchApplicantsBody, @Caller() actor: Actor) {
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
  @Operation(
    'One applicant, as it is now or as it was known at a time',
    'Sensitive values are masked without the scope `pii:read`; with it, the reading is recorded.',
  )
  @Answers(ApplicantDto)
  async readApplicant(
    @ById('applicant', APPLICANT) applicantId: string,
    @ValidQuery() { asOf }: AsOfQuery,
    @Caller() actor: Actor,
  ) {
    return this.applicants.find(applicantId, actor, instantOf(asOf));
  }

  @Get(':applicantId/versions')
  @Operation(
    'What an applicant was, version by version, oldest first',
    'Each version names the callback it came from and how its fields differ from the version before.',
  )
  @Lists(VersionPageDto)
  async listVersions(
    @ById('applicant', APPLICANT) applicantId: string,
    @ValidQuery() page: PageQuery,
    @Caller() actor: Actor,
  ) {
    return this.history.versions(applicantId, page, actor);
  }
}
