import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { FieldName } from '../enroll-contract/types.js';
import { EventFields } from '../feed/event-fields.service.js';
import { Feed } from '../feed/feed.service.js';
import type { DeliveryRef } from './endpoints.types.js';
import { isTest, type Message, messageOf, testMessageOf } from './message.js';

/** Makes messages from rows that never change: the event and its version. */
@Injectable()
export class Messages {
  constructor(
    private readonly connection: EntityManager,
    private readonly feed: Feed,
    private readonly fields: EventFields,
  ) {}

  /**
   * Messages of the first of these deliveries, in their order: as many as a page may hold, and at least one. Undefined
   * where the event is not kept any more.
   */
  async of(
    deliveries: readonly DeliveryRef[],
    allowed: readonly FieldName[],
  ): Promise<(Message | undefined)[]> {
    const real = deliveries.filter((delivery) => !isTest(delivery));
    const events = await this.feed.at(real.map((one) => ({ ...one, changedAt: one.occurredAt })));
    const fields = await this.fields.ofFirst(this.connection, real, allowed);
    const next = real[fields.length];
    const made = new Map(
      real.map((delivery, at) => {
        const event = events[at];
        return [delivery, event && messageOf(delivery, event, allowed.length === 0 ? undefined : fields[at])];
      }),
    );
    const answered = next === undefined ? deliveries : deliveries.slice(0, deliveries.indexOf(next));
    return answered.map((delivery) => (isTest(delivery) ? testMessageOf(delivery) : made.get(delivery)));
  }
}
