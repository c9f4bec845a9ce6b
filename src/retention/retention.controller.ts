import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidQuery } from '../problem/operation.js';
import { PageQuery } from '../problem/page.dto.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import {
  PolicyDto,
  PreviewDto,
  RetentionRunDto,
  RetentionRunPageDto,
  SignedCertificateDto,
} from './retention.dto.js';
import { RetentionPolicy } from './retention-policy.service.js';
import { RetentionRuns } from './retention-runs.service.js';

@ManagementController('retention', 'Management: retention')
@Scope('retention:read')
export class RetentionController {
  constructor(
    private readonly policy: RetentionPolicy,
    private readonly runs: RetentionRuns,
  ) {}

  @Get()
  @Operation(
    'The policy in force',
    'How long each class of data is kept, from when, by which law, and by which setting.',
  )
  @Answers(PolicyDto)
  readRetentionPolicy(): PolicyDto {
    return this.policy.inForce();
  }

  @Post('preview')
  @Operation(
    'Count what a run would remove now',
    'With the oldest of each class, and what stays because of a hold. Removes nothing. Recorded.',
  )
  @Answers(PreviewDto)
  @ProblemResponses('AUDIT_UNAVAILABLE')
  async previewRetention(@Caller() actor: Actor) {
    return this.policy.preview(actor.name);
  }

  @Post('runs')
  @Scope('retention:write')
  @Operation(
    'Remove what is due now',
    'It runs in the background, as every night, piece by piece, and goes on after outages and kills. Nothing of a held person is ' +
      'removed. If a run is unfinished, the answer is that run. Recorded.',
  )
  @Answers(RetentionRunDto, 202)
  @ProblemResponses('AUDIT_UNAVAILABLE')
  async startRetentionRun(@Caller() actor: Actor) {
    return this.runs.start('api', actor.name);
  }

  @Get('runs')
  @Operation(
    'Runs, newest first',
    'Those of the schedule, the API and the command line, with what they have removed.',
  )
  @Lists(RetentionRunPageDto)
  async listRetentionRuns(@ValidQuery() page: PageQuery) {
    return this.runs.list(page);
  }

  @Get('runs/:id')
  @Operation('One run, and how far it is', 'Ask again until `state` is no longer `running`.')
  @Answers(RetentionRunDto)
  async readRetentionRun(@ById('run') id: string) {
    return this.runs.find(id);
  }

  @Get('runs/:id/certificate')
  @Operation(
    'The certificate of a run that is over',
    'What was removed, class by class, signed with a key of `/.well-known/jwks.json`.',
  )
  @Answers(SignedCertificateDto)
  @ProblemResponses('CONFLICT')
  async readRetentionCertificate(@ById('run') id: string) {
    return this.runs.certificate(id);
  }
}
