import { createHash } from 'node:crypto';
import type { ChangeEventDto } from '../feed/feed.dto.js';
import { type DeliveryRef, type Place, TEST_EVENT } from './endpoints.types.js';

/** What an endpoint is sent: the same bytes under the same id however often it is tried. */
export interface Message {
  id: string;
  type: string;
  body: string;
  /** Of an event from before the database was restored or failed over last: it may have been sent already. */
  mayBeRepeated?: boolean;
}

const ID = /^msg_(\d{1,18})_(\d{1,18})_[0-9a-f]{12}$/;

/**
 * `webhook-id`: the place of the event in the feed, so that a delivery is found by it, and a hash of what it is, because
 * places may be given out again after a database was restored from a backup, and a receiver would take the new event for the old.
 */
export function messageIdOf({ tx, seq, event, applicantId, version, occurredAt }: DeliveryRef): string {
  const identity = JSON.stringify([tx, seq, event, applicantId, version, occurredAt]);
  return `msg_${tx}_${seq}_${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
}

/** Undefined for what cannot be an id of ours. */
export function placeOf(messageId: string): Place | undefined {
  const [, tx, seq] = ID.exec(messageId) ?? [];
  return tx === undefined || seq === undefined ? undefined : { tx, seq };
}

/** @param fields what the endpoint is to be told of the applicant; none: the body has no such key */
export function messageOf(
  delivery: DeliveryRef,
  event: Omit<ChangeEventDto, 'event' | 'changedAt'>,
  fields: Record<string, unknown> | undefined,
): Message {
  const { cursor, applicantId, version, outcome, previousOutcome, status, changedFields, flags, receiptId } =
    event;
  const said = {
    applicantId,
    version,
    outcome,
    previousOutcome,
    status,
    changedFields,
    flags,
    receiptId,
    cursor,
  };
  return {
    id: messageIdOf(delivery),
    type: delivery.event,
    mayBeRepeated: event.mayBeRepeated === true,
    body: JSON.stringify({
      type: delivery.event,
      timestamp: delivery.occurredAt.toISOString(),
      data: fields === undefined ? said : { ...said, fields },
    }),
  };
}

/** An event that never happened, in the form of those that do. */
export function testMessageOf(delivery: DeliveryRef): Message {
  const nothing = {
    outcome: 'unknown',
    previousOutcome: null,
    status: null,
    receiptId: null,
    cursor: '',
  } as const;
  return messageOf(
    delivery,
    {
      applicantId: delivery.applicantId,
      version: delivery.version,
      changedFields: [],
      flags: [],
      ...nothing,
    },
    undefined,
  );
}

export function isTest({ event }: DeliveryRef): boolean {
  return event === TEST_EVENT;
}
