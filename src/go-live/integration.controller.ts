import { Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, Operation, ValidBody } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { IntegrationCheck } from './integration-check.service.js';
import { CheckIntegrationBody, IntegrationCheckDto } from './integration.dto.js';

@ManagementController('integration', 'Management: clients')
export class IntegrationController {
  constructor(private readonly checks: IntegrationCheck) {}

  @Post('check')
  @Scope('clients:read')
  @Operation(
    'Play eNROLL at the own public URL, and say what stands in the way; recorded',
    'Rollcall calls itself, as eNROLL would, and waits for all answers: half a minute at most. It calls the public URL of this ' +
      'installation and no other. One check runs at a time (409), and a few a minute. It leaves Callback-Tests, and with a ' +
      'secret a token and a receipt of an empty list for each callback URL. It sees what this server sees: `rollcall doctor ' +
      '--public` does the same from another network.',
  )
  @Answers(IntegrationCheckDto)
  @ProblemResponses('CONFLICT')
  async checkIntegration(@ValidBody() body: CheckIntegrationBody, @Caller() actor: Actor) {
    return this.checks.run(body, actor.name);
  }
}
