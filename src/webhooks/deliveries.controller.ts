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
import { PageQuery } from '../problem/page.dto.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import {
  AttemptPageDto,
  BulkBody,
  BulkDto,
  DeliveryDto,
  DeliveryPageDto,
  ListDeliveriesQuery,
} from './deliveries.dto.js';
import { Deliveries } from './deliveries.service.js';

const DELIVERY = ApiParam({
  name: 'deliveryId',
  description: 'The `webhook-id`.',
  example: 'msg_120457_901_9f86d081884c',
});

/** What was handed on to one endpoint, and doing it again. */
@ApiTags('Management: endpoints')
@ApiBearerAuth('apiKey')
@ApiParam({ name: 'id', format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' })
@ProblemResponses(...MANAGEMENT_PROBLEMS, 'NOT_FOUND')
@UseGuards(ApiKeyGuard)
@RequiresScope('endpoints:write')
@Controller('api/v1/endpoints/:id')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get('deliveries')
  @RequiresScope('endpoints:read')
  @ApiOperation({ operationId: 'listDeliveries', summary: 'Events for this endpoint, newest first' })
  @ApiOkResponse({ type: DeliveryPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(
    @Param('id', UUID_OR_404) id: string,
    @Query(VALID_QUERY) query: ListDeliveriesQuery,
    @Req() { actor }: ActorRequest,
  ) {
    return this.deliveries.list(id, query, actor);
  }

  @Get('deliveries/:deliveryId')
  @RequiresScope('endpoints:read')
  @DELIVERY
  @ApiOperation({ operationId: 'readDelivery', summary: 'One delivery' })
  @ApiOkResponse({ type: DeliveryDto })
  async read(
    @Param('id', UUID_OR_404) id: string,
    @Param('deliveryId') deliveryId: string,
    @Req() { actor }: ActorRequest,
  ) {
    return this.deliveries.find(id, deliveryId, actor);
  }

  @Get('deliveries/:deliveryId/attempts')
  @RequiresScope('endpoints:read')
  @DELIVERY
  @ApiOperation({ operationId: 'listAttempts', summary: 'How one delivery was tried, newest first' })
  @ApiOkResponse({ type: AttemptPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async attempts(
    @Param('id', UUID_OR_404) id: string,
    @Param('deliveryId') deliveryId: string,
    @Query(VALID_QUERY) query: PageQuery,
    @Req() { actor }: ActorRequest,
  ) {
    return this.deliveries.attempts(id, deliveryId, query, actor);
  }

  @Post('deliveries/:deliveryId/resend')
  @HttpCode(200)
  @DELIVERY
  @ApiOperation({
    operationId: 'resendDelivery',
    summary: 'Send once more, under the same id, whatever became of it',
  })
  @ApiOkResponse({ type: DeliveryDto })
  async resend(
    @Param('id', UUID_OR_404) id: string,
    @Param('deliveryId') deliveryId: string,
    @Req() { actor }: ActorRequest,
  ) {
    return this.deliveries.resend(id, deliveryId, actor);
  }

  @Post('test')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'testEndpoint',
    summary: 'Send an event `rollcall.test`, on the way that all events take',
  })
  @ApiAcceptedResponse({ type: DeliveryDto, description: 'Queued: read the delivery for what comes of it.' })
  @ProblemResponses('CONFLICT')
  async test(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.deliveries.sendTest(id, actor);
  }

  @Post('recover')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'recoverDeliveries',
    summary: 'Try again what was given up since a time',
    description: 'Up to 10,000 at a time: go on with `nextCursor`. Count them with `dryRun` first.',
  })
  @ApiOkResponse({ type: BulkDto })
  @ProblemResponses(...BODY_PROBLEMS, 'BAD_CURSOR')
  async recover(
    @Param('id', UUID_OR_404) id: string,
    @Body(VALID_BODY) body: BulkBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.deliveries.recover(id, body, actor);
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'replayEvents',
    summary: 'Queue the events since a time that this endpoint wants and has no delivery of',
    description:
      'From before the endpoint was made or while it was disabled. Looks at up to 10,000 events at a time: go on with `nextCursor`. ' +
      'Count with `dryRun` first. Reaches back as far as deliveries are kept.',
  })
  @ApiOkResponse({ type: BulkDto })
  @ProblemResponses(...BODY_PROBLEMS, 'BAD_CURSOR')
  async replay(
    @Param('id', UUID_OR_404) id: string,
    @Body(VALID_BODY) body: BulkBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.deliveries.replay(id, body, actor);
  }
}
