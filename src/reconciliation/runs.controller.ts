import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { ListRunsQuery, RunDto, RunPageDto, StartRunBody } from './reconciliation.dto.js';
import { Reconciliation } from './reconciliation.service.js';

@ManagementController('reconciliation/runs', 'Management: reconciliation')
@Scope('reconciliation:read')
@ProblemResponses('ENROLL_NOT_CONFIGURED')
export class RunsController {
  constructor(private readonly reconciliation: Reconciliation) {}

  @Get()
  @Operation(
    'List runs and their results, newest first',
    'Runs started by the schedule, the API and the command line.',
  )
  @Lists(RunPageDto)
  async listReconciliationRuns(@ValidQuery() query: ListRunsQuery) {
    return this.reconciliation.list(query);
  }

  @Get(':id')
  @Operation('Read one run', 'Its progress, and what it has found and healed so far.')
  @Answers(RunDto)
  async readReconciliationRun(@ById('run') id: string) {
    return this.reconciliation.find(id);
  }

  @Post()
  @Scope('reconciliation:write')
  @Operation(
    'Ask eNROLL for all applicants enrolled in a range, and take what is missing or different',
    'It runs in the background and survives outages. If a run of the same range is unfinished, the answer is that run. ' +
      'It does not ask about the future.',
  )
  @Answers(RunDto, 202)
  async startReconciliationRun(@ValidBody() body: StartRunBody, @Caller() actor: Actor): Promise<RunDto> {
    const { isNew: _, ...run } = await this.reconciliation.start(body, 'api', actor.name);
    this.reconciliation.wake();
    return run;
  }

  @Post(':id/cancel')
  @Scope('reconciliation:write')
  @Operation('Cancel an unfinished run', 'What it healed stays healed. Its range counts as not asked about.')
  @Answers(RunDto)
  @ProblemResponses('CONFLICT')
  async cancelReconciliationRun(@ById('run') id: string, @Caller() actor: Actor) {
    return this.reconciliation.cancel(id, actor.name);
  }
}
