import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { ListRunsQuery, RunDto, RunPageDto, StartRunBody } from './reconciliation.dto.js';
import { Reconciliation } from './reconciliation.service.js';

const ID = ApiParam({ name: 'id', format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' });

@ApiTags('Management: reconciliation')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS, 'ENROLL_NOT_CONFIGURED')
@UseGuards(ApiKeyGuard)
@RequiresScope('reconciliation:read')
@Controller('api/v1/reconciliation/runs')
export class RunsController {
  constructor(private readonly reconciliation: Reconciliation) {}

  @Get()
  @ApiOperation({
    operationId: 'listReconciliationRuns',
    summary: 'What eNROLL was asked and what came of it, newest first',
  })
  @ApiOkResponse({ type: RunPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: ListRunsQuery) {
    return this.reconciliation.list(query);
  }

  @Get(':id')
  @ID
  @ApiOperation({ operationId: 'readReconciliationRun', summary: 'One run' })
  @ApiOkResponse({ type: RunDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('id', UUID_OR_404) id: string) {
    return this.reconciliation.find(id);
  }

  @Post()
  @HttpCode(202)
  @RequiresScope('reconciliation:write')
  @ApiOperation({
    operationId: 'startReconciliationRun',
    summary: 'Ask eNROLL for everything enrolled in a range, and take what is missing or different',
    description:
      'It runs in the background and outlives every outage. While a run of the same range is unfinished that one is answered. ' +
      'What lies in the future is not asked about.',
  })
  @ApiAcceptedResponse({ type: RunDto })
  @ProblemResponses('BAD_REQUEST')
  async start(@Body(VALID_BODY) body: StartRunBody, @Req() { actor }: ActorRequest): Promise<RunDto> {
    const { isNew: _, ...run } = await this.reconciliation.start(body, 'api', actor.name);
    this.reconciliation.wake();
    return run;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequiresScope('reconciliation:write')
  @ID
  @ApiOperation({
    operationId: 'cancelReconciliationRun',
    summary: 'End a run that is not over',
    description: 'What it has put right stays; its part of the range counts as not asked about.',
  })
  @ApiOkResponse({ type: RunDto })
  @ProblemResponses('NOT_FOUND', 'CONFLICT')
  async cancel(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.reconciliation.cancel(id, actor.name);
  }
}
