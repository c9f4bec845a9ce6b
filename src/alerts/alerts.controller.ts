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
    'List current and past alerts, newest first',
    'One alert each time that a rule fires, with its notifications. No personal data.',
  )
  @Lists(AlertPageDto)
  async listAlerts(@ValidQuery() query: ListAlertsQuery) {
    return this.alerts.list(query);
  }

  @Get(':id')
  @Operation('Read one alert', 'With every notification about it and the result of each.')
  @Answers(AlertDto)
  async readAlert(@ById('alert') id: string) {
    return this.alerts.find(id);
  }

  @Post('test')
  @Scope('alerts:write')
  @Operation(
    'Send a test over every channel and wait for the result',
    'Takes at most half a minute. A channel that fails is not retried: the answer says why it failed.',
  )
  @Answers(TestedDto)
  async testAlerts(@Caller() actor: Actor) {
    return this.alerts.test(actor.name);
  }

  @Post(':id/acknowledge')
  @Scope('alerts:write')
  @Operation(
    'Acknowledge an open alert',
    'This ends its reminders; its end is still reported. Acknowledging it twice is harmless.',
  )
  @Answers(AlertDto)
  @ProblemResponses('CONFLICT')
  async acknowledgeAlert(@ById('alert') id: string, @Caller() actor: Actor) {
    return this.alerts.acknowledge(id, actor.name);
  }
}
