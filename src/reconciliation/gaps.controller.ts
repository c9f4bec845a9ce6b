import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { Gaps } from './gaps.service.js';
import {
  GapDto,
  GapPageDto,
  HealedDto,
  HealGapsBody,
  IgnoreGapBody,
  ListGapsQuery,
} from './reconciliation.dto.js';

const ID = ApiParam({ name: 'id', format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' });
const ASKING = [
  'ENROLL_AUTH',
  'ENROLL_FORBIDDEN',
  'ENROLL_REFUSED',
  'ENROLL_UNAVAILABLE',
  'ENROLL_BAD_ANSWER',
  'ENROLL_ANSWER_TOO_LARGE',
  'ENROLL_BUSY',
  'ENROLL_NOT_FOUND',
  'ENROLL_TIMEOUT',
  'OVERLOADED',
] as const satisfies ProblemCode[];

@ApiTags('Management: reconciliation')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS, 'ENROLL_NOT_CONFIGURED')
@UseGuards(ApiKeyGuard)
@RequiresScope('reconciliation:write')
@Controller('api/v1/reconciliation/gaps')
export class GapsController {
  constructor(private readonly gaps: Gaps) {}

  @Get()
  @RequiresScope('reconciliation:read')
  @ApiOperation({
    operationId: 'listReconciliationGaps',
    summary: 'What one side has and the other has not, newest first',
  })
  @ApiOkResponse({ type: GapPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: ListGapsQuery) {
    return this.gaps.list(query);
  }

  @Post('heal')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'healReconciliationGaps',
    summary: 'Ask eNROLL once more for the applicants of all open gaps',
    description:
      'Oldest first, up to 1,000 at a time: go on with `nextCursor`. What eNROLL still does not know stays open.',
  })
  @ApiOkResponse({ type: HealedDto })
  @ProblemResponses('BAD_REQUEST', 'BAD_CURSOR', 'ENROLL_NOT_CONFIGURED', 'DATABASE_UNAVAILABLE', ...ASKING)
  async healAll(@Body(VALID_BODY) { cursor }: HealGapsBody, @Req() { actor }: ActorRequest) {
    return this.gaps.healOpen(actor.name, cursor);
  }

  @Post(':id/heal')
  @HttpCode(200)
  @ID
  @ApiOperation({
    operationId: 'healReconciliationGap',
    summary: 'Ask eNROLL once more for the applicant of an open gap',
    description: 'It stays open where eNROLL still does not know the applicant.',
  })
  @ApiOkResponse({ type: GapDto })
  @ProblemResponses('NOT_FOUND', 'CONFLICT', 'ENROLL_NOT_CONFIGURED', 'DATABASE_UNAVAILABLE', ...ASKING)
  async heal(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.gaps.heal(id, actor.name);
  }

  @Post(':id/ignore')
  @HttpCode(200)
  @ID
  @ApiOperation({
    operationId: 'ignoreReconciliationGap',
    summary: 'Put an open gap aside, with a reason',
    description:
      'What eNROLL does not know stays aside; what is missing or different here is healed by the next run all the same.',
  })
  @ApiOkResponse({ type: GapDto })
  @ProblemResponses('BAD_REQUEST', 'NOT_FOUND', 'CONFLICT')
  async ignore(
    @Param('id', UUID_OR_404) id: string,
    @Body(VALID_BODY) { reason }: IgnoreGapBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.gaps.ignore(id, reason, actor.name);
  }
}
