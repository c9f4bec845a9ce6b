import { Injectable } from '@nestjs/common';
import type { FieldName } from '../enroll-contract/types.js';
import { Feed } from '../feed/feed.service.js';
import type { DeliveryRef } from './endpoints.types.js';
import { isTest, type Message, messageOf, testMessageOf } from './message.js';

/** Makes messages from rows that never change: the event and its version. */
@Injectable()
export class Messages {
  constructor(private readonly feed: Feed) {}

  /**
   * Messages of the first of these deliveries, in their order: as many as a page may hold, and at least one. Undefined
   * where the event is not kept any more.
   */
  async of(
    deliveries: readonly DeliveryRef[],
    allowed: readonly FieldName[],
  ): Promise<(Message | undefined)[]> {
    const real = deliveries.filter((delivery) => !isTest(delivery));
    const events = await this.feed.at(
      real.map((one) => ({ ...one, changedAt: one.occurredAt })),
      allowed,
    );
    const next = real[events.length];
    const made = new Map(
      real.map((delivery, at) => {
        const event = events[at];
        return [delivery, event && messageOf(delivery, event, event.fields)];
      }),
    );
    const answered = next === undefined ? deliveries : deliveries.slice(0, deliveries.indexOf(next));
    return answered.map((delivery) => (isTest(delivery) ? testMessageOf(delivery) : made.get(delivery)));
  }
}
