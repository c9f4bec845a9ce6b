import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { textOr404 } from '../problem/id.pipe.js';
import { PageQuery } from '../problem/page.dto.js';
import {
  AttemptPageDto,
  BulkBody,
  BulkDto,
  DeliveryDto,
  DeliveryPageDto,
  ListDeliveriesQuery,
} from './deliveries.dto.js';
import { Deliveries } from './deliveries.service.js';

const DeliveryId = () =>
  ById('delivery', {
    name: 'deliveryId',
    pipe: textOr404(200),
    description: 'The `webhook-id`.',
    example: 'msg_120457_901_9f86d081884c',
  });

/** The deliveries of one endpoint, and sending them again. */
@ManagementController('endpoints/:id', 'Management: endpoints')
@Scope('endpoints:write')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get('deliveries')
  @Scope('endpoints:read')
  @Operation(
    'Events for this endpoint, newest first',
    'Each delivery is one event for one endpoint. It is kept for `ROLLCALL_DELIVERY_KEEP_DAYS` after it was delivered or given up.',
  )
  @Lists(DeliveryPageDto)
  async listDeliveries(
    @ById('endpoint') id: string,
    @ValidQuery() query: ListDeliveriesQuery,
    @Caller() actor: Actor,
  ) {
    return this.deliveries.list(id, query, actor);
  }

  @Get('deliveries/:deliveryId')
  @Scope('endpoints:read')
  @Operation('One delivery', 'Its state, when it is tried next, and how the last attempt ended.')
  @Answers(DeliveryDto)
  async readDelivery(@ById('endpoint') id: string, @DeliveryId() deliveryId: string, @Caller() actor: Actor) {
    return this.deliveries.find(id, deliveryId, actor);
  }

  @Get('deliveries/:deliveryId/attempts')
  @Scope('endpoints:read')
  @Operation(
    'Attempts of one delivery, newest first',
    'Each attempt with its status, its duration and the beginning of the answer.',
  )
  @Lists(AttemptPageDto)
  async listAttempts(
    @ById('endpoint') id: string,
    @DeliveryId() deliveryId: string,
    @ValidQuery() query: PageQuery,
    @Caller() actor: Actor,
  ) {
    return this.deliveries.attempts(id, deliveryId, query, actor);
  }

  @Post('deliveries/:deliveryId/resend')
  @Operation(
    'Send one delivery again, under the same id, in whatever state it is',
    'The receiver may have seen this `webhook-id` before. Recorded.',
  )
  @Answers(DeliveryDto)
  async resendDelivery(
    @ById('endpoint') id: string,
    @DeliveryId() deliveryId: string,
    @Caller() actor: Actor,
  ) {
    return this.deliveries.resend(id, deliveryId, actor);
  }

  @Post('test')
  @Operation(
    'Send an event `rollcall.test` the way all events are sent',
    'It is queued like any event; the answer does not wait for the receiver.',
  )
  @Answers(DeliveryDto, 202, 'Queued: read the delivery for its result.')
  @ProblemResponses('CONFLICT')
  async testEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.deliveries.sendTest(id, actor);
  }

  @Post('recover')
  @Operation(
    'Try deliveries again that were given up since a time',
    'Up to 10,000 per call: continue with `nextCursor`. Count them with `dryRun` first.',
  )
  @Answers(BulkDto)
  @ProblemResponses('BAD_CURSOR')
  async recoverDeliveries(@ById('endpoint') id: string, @ValidBody() body: BulkBody, @Caller() actor: Actor) {
    return this.deliveries.recover(id, body, actor);
  }

  @Post('replay')
  @Operation(
    'Queue the events since a time that match this endpoint and have no delivery',
    'For events from before the endpoint existed or while it was disabled. Looks at up to 10,000 events per call: continue with `nextCursor`. ' +
      'Count with `dryRun` first. Reaches back as far as deliveries are kept.',
  )
  @Answers(BulkDto)
  @ProblemResponses('BAD_CURSOR')
  async replayEvents(@ById('endpoint') id: string, @ValidBody() body: BulkBody, @Caller() actor: Actor) {
    return this.deliveries.replay(id, body, actor);
  }
}
