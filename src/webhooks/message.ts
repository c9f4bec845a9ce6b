import { createHash } from 'node:crypto';
import type { ChangeEventDto } from '../feed/feed.dto.js';
import { type DeliveryRef, type Place, TEST_EVENT } from './endpoints.types.js';

/** What an endpoint is sent: every attempt has the same bytes and the same id. */
export interface Message {
  id: string;
  type: string;
  body: string;
  /** The event is older than the last restore or failover of the database: it may have been sent already. */
  mayBeRepeated?: boolean;
}

const ID = /^msg_(\d{1,18})_(\d{1,18})_[0-9a-f]{12}$/;

/**
 * `webhook-id`: the place of the event in the feed, by which a delivery is found, and a hash of the event. A database that
 * was restored from a backup may use a place again: without the hash a receiver would drop the new event as the old one.
 */
export function messageIdOf({ tx, seq, event, applicantId, version, occurredAt }: DeliveryRef): string {
  const identity = JSON.stringify([tx, seq, event, applicantId, version, occurredAt]);
  return `msg_${tx}_${seq}_${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
}

/** Undefined for text that is not an id of ours. */
export function placeOf(messageId: string): Place | undefined {
  const [, tx, seq] = ID.exec(messageId) ?? [];
  return tx === undefined || seq === undefined ? undefined : { tx, seq };
}

/** @param fields of the applicant that the endpoint receives; undefined: the body has no such key */
export function messageOf(
  delivery: DeliveryRef,
  event: Omit<ChangeEventDto, 'event' | 'changedAt'>,
  fields?: Record<string, unknown>,
): Message {
  return {
    id: messageIdOf(delivery),
    type: delivery.event,
    mayBeRepeated: event.mayBeRepeated === true,
    body: JSON.stringify({
      type: delivery.event,
      timestamp: delivery.occurredAt.toISOString(),
      data: {
        applicantId: event.applicantId,
        version: event.version,
        outcome: event.outcome,
        previousOutcome: event.previousOutcome,
        status: event.status,
        changedFields: event.changedFields,
        flags: event.flags,
        receiptId: event.receiptId,
        cursor: event.cursor,
        tampered: event.tampered,
        tamperedFields: event.tamperedFields,
        fields,
      },
    }),
  };
}

/** A test event, in the form of real ones. */
export function testMessageOf(delivery: DeliveryRef): Message {
  return messageOf(delivery, {
    applicantId: delivery.applicantId,
    version: delivery.version,
    outcome: 'unknown',
    previousOutcome: null,
    status: null,
    changedFields: [],
    flags: [],
    receiptId: null,
    cursor: '',
  });
}

export function isTest({ event }: DeliveryRef): boolean {
  return event === TEST_EVENT;
}
