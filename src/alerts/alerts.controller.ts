import { Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import { AlertDto, AlertPageDto, ListAlertsQuery, TestedDto } from './alerts.dto.js';
import { Alerts } from './alerts.service.js';

const ID = ApiParam({ name: 'id', format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' });

@ApiTags('Management: alerts')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('alerts:read')
@Controller('api/v1/alerts')
export class AlertsController {
  constructor(private readonly alerts: Alerts) {}

  @Get()
  @ApiOperation({
    operationId: 'listAlerts',
    summary: 'What is wrong, or was; newest first',
    description: 'One alert each time that a rule went wrong, with who was told of it. No personal data.',
  })
  @ApiOkResponse({ type: AlertPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: ListAlertsQuery) {
    return this.alerts.list(query);
  }

  @Get(':id')
  @ID
  @ApiOperation({ operationId: 'readAlert', summary: 'One alert' })
  @ApiOkResponse({ type: AlertDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('id', UUID_OR_404) id: string) {
    return this.alerts.find(id);
  }

  @Post('test')
  @HttpCode(200)
  @RequiresScope('alerts:write')
  @ApiOperation({
    operationId: 'testAlerts',
    summary: 'Send a test over every channel and wait for what becomes of it',
    description:
      'At most half a minute. A channel that fails is not tried again: the answer says why it failed.',
  })
  @ApiOkResponse({ type: TestedDto })
  async test(@Req() { actor }: ActorRequest) {
    return this.alerts.test(actor.name);
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @RequiresScope('alerts:write')
  @ID
  @ApiOperation({
    operationId: 'acknowledgeAlert',
    summary: 'Say that somebody looks after an open alert',
    description:
      'It is reminded of no more; that it is over is told all the same. Saying so twice is harmless.',
  })
  @ApiOkResponse({ type: AlertDto })
  @ProblemResponses('NOT_FOUND', 'CONFLICT')
  async acknowledge(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.alerts.acknowledge(id, actor.name);
  }
}
