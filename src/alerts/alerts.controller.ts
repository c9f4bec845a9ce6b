import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { AlertDto, AlertPageDto, ListAlertsQuery, TestedDto } from './alerts.dto.js';
import { Alerts } from './alerts.service.js';

@ManagementController('alerts', 'Management: alerts')
@Scope('alerts:read')
export class AlertsController {
  constructor(private readonly alerts: Alerts) {}

  @Get()
  @Operation(
    'What is wrong, or was; newest first',
    'One alert each time that a rule went wrong, with who was told of it. No personal data.',
  )
  @Lists(AlertPageDto)
  async listAlerts(@ValidQuery() query: ListAlertsQuery) {
    return this.alerts.list(query);
  }

  @Get(':id')
  @Operation('One alert', 'With every notification about it and what became of each.')
  @Answers(AlertDto)
  async readAlert(@ById('alert') id: string) {
    return this.alerts.find(id);
  }

  @Post('test')
  @Scope('alerts:write')
  @Operation(
    'Send a test over every channel and wait for what becomes of it',
    'At most half a minute. A channel that fails is not tried again: the answer says why it failed.',
  )
  @Answers(TestedDto)
  async testAlerts(@Caller() actor: Actor) {
    return this.alerts.test(actor.name);
  }

  @Post(':id/acknowledge')
  @Scope('alerts:write')
  @Operation(
    'Say that somebody looks after an open alert',
    'It is reminded of no more; that it is over is told all the same. Saying so twice is harmless.',
  )
  @Answers(AlertDto)
  @ProblemResponses('CONFLICT')
  async acknowledgeAlert(@ById('alert') id: string, @Caller() actor: Actor) {
    return this.alerts.acknowledge(id, actor.name);
  }
}
