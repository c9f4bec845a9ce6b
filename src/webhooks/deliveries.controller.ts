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

const DELIVERY = {
  name: 'deliveryId',
  pipe: textOr404(200),
  description: 'The `webhook-id`.',
  example: 'msg_120457_901_9f86d081884c',
};

/** What was handed on to one endpoint, and doing it again. */
@ManagementController('endpoints/:id', 'Management: endpoints')
@Scope('endpoints:write')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get('deliveries')
  @Scope('endpoints:read')
  @Operation(
    'Events for this endpoint, newest first',
    'Each delivery is one event for one endpoint. They are kept for `ROLLCALL_DELIVERY_KEEP_DAYS` after they are over.',
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
  async readDelivery(
    @ById('endpoint') id: string,
    @ById('delivery', DELIVERY) deliveryId: string,
    @Caller() actor: Actor,
  ) {
    return this.deliveries.find(id, deliveryId, actor);
  }

  @Get('deliveries/:deliveryId/attempts')
  @Scope('endpoints:read')
  @Operation(
    'How one delivery was tried, newest first',
    'Each attempt with its status, its duration and the beginning of the answer.',
  )
  @Lists(AttemptPageDto)
  async listAttempts(
    @ById('endpoint') id: string,
    @ById('delivery', DELIVERY) deliveryId: string,
    @ValidQuery() query: PageQuery,
    @Caller() actor: Actor,
  ) {
    return this.deliveries.attempts(id, deliveryId, query, actor);
  }

  @Post('deliveries/:deliveryId/resend')
  @Operation(
    'Send once more, under the same id, whatever became of it',
    'The receiver sees the `webhook-id` it may have seen before. Recorded.',
  )
  @Answers(DeliveryDto)
  async resendDelivery(
    @ById('endpoint') id: string,
    @ById('delivery', DELIVERY) deliveryId: string,
    @Caller() actor: Actor,
  ) {
    return this.deliveries.resend(id, deliveryId, actor);
  }

  @Post('test')
  @Operation(
    'Send an event `rollcall.test`, on the way that all events take',
    'It is queued like any event; the answer does not wait for the receiver.',
  )
  @Answers(DeliveryDto, 202, 'Queued: read the delivery for what comes of it.')
  @ProblemResponses('CONFLICT')
  async testEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.deliveries.sendTest(id, actor);
  }

  @Post('recover')
  @Operation(
    'Try again what was given up since a time',
    'Up to 10,000 at a time: go on with `nextCursor`. Count them with `dryRun` first.',
  )
  @Answers(BulkDto)
  @ProblemResponses('BAD_CURSOR')
  async recoverDeliveries(@ById('endpoint') id: string, @ValidBody() body: BulkBody, @Caller() actor: Actor) {
    return this.deliveries.recover(id, body, actor);
  }

  @Post('replay')
  @Operation(
    'Queue the events since a time that this endpoint wants and has no delivery of',
    'From before the endpoint was made or while it was disabled. Looks at up to 10,000 events at a time: go on with `nextCursor`. ' +
      'Count with `dryRun` first. Reaches back as far as deliveries are kept.',
  )
  @Answers(BulkDto)
  @ProblemResponses('BAD_CURSOR')
  async replayEvents(@ById('endpoint') id: string, @ValidBody() body: BulkBody, @Caller() actor: Actor) {
    return this.deliveries.replay(id, body, actor);
  }
}
