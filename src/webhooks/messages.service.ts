import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { FieldName } from '../enroll-contract/types.js';
import { EventFields } from '../feed/event-fields.service.js';
import { Feed } from '../feed/feed.service.js';
import type { DeliveryRef } from './endpoints.types.js';
import { isTest, type Message, messageOf, testMessageOf } from './message.js';

/** Makes messages out of what never changes: the event's row, and the version it tells of. */
@Injectable()
export class Messages {
  constructor(
    private readonly connection: EntityManager,
    private readonly feed: Feed,
    private readonly fields: EventFields,
  ) {}

  /** In the order of the deliveries; undefined where the event is not kept any more. */
  async of(
    deliveries: readonly DeliveryRef[],
    allowed: readonly FieldName[],
  ): Promise<(Message | undefined)[]> {
    const real = deliveries.filter((delivery) => !isTest(delivery));
    const events = await this.feed.at(real.map((one) => ({ ...one, changedAt: one.occurredAt })));
    const fields = allowed.length === 0 ? [] : await this.fields.of(this.connection, real, allowed);
    const made = new Map(
      real.map((delivery, at) => {
        const event = events[at];
        return [delivery, event && messageOf(delivery, event, fields[at])];
      }),
    );
    return deliveries.map((delivery) => (isTest(delivery) ? testMessageOf(delivery) : made.get(delivery)));
  }
}
