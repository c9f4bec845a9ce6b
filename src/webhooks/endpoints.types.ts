import type { FieldName, Outcome } from '../enroll-contract/types.js';
import { EVENT_TYPES, type EventType } from '../feed/feed.types.js';

export const OUTCOMES = ['accepted', 'rejected', 'conflict', 'unknown'] as const satisfies Outcome[];

export const ENDPOINT_KINDS = ['http', 'nats'] as const;
export type EndpointKind = (typeof ENDPOINT_KINDS)[number];

/**
 * | state | events are | moves |
 * |---|---|---|
 * | `active` | queued and delivered | `paused` by hand; `disabled` by 410 (`GONE`) or after days of failures (`FAILING`) |
 * | `paused` | queued | `active` by hand |
 * | `disabled` | neither; queued events wait | `active` by hand; a replay queues the missed events |
 */
export const ENDPOINT_STATES = ['active', 'paused', 'disabled'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/**
 * | state | | moves |
 * |---|---|---|
 * | `due` | waits for its next attempt, or for an earlier event of its applicant | `delivered` by a 2xx; `dead` when its tries are used up |
 * | `delivered` | succeeded | `due` by a resend |
 * | `dead` | was given up | `due` by a resend or recovery |
 *
 * A delivery is purged `ROLLCALL_DELIVERY_KEEP_DAYS` after it was delivered or died.
 */
export const DELIVERY_STATES = ['due', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Sent on request, to see whether an endpoint works. */
export const TEST_EVENT = 'rollcall.test';
export const DELIVERED_EVENTS = [...EVENT_TYPES, TEST_EVENT] as const;
export type DeliveredEvent = (typeof DELIVERED_EVENTS)[number];

/** Which events an endpoint receives, and with which data. */
export interface Subscription {
  /** Empty: all. */
  events: EventType[];
  /** Empty: all. */
  outcomes: Outcome[];
  /** Of the applicant, in addition to the content of every event. */
  fields: FieldName[];
}

/** Identifies a delivery within its endpoint. `seq` alone is never used twice, in any history. */
export interface Place {
  tx: string;
  seq: string;
}

/** The event of a delivery. */
export interface DeliveryRef extends Place {
  /** With `tx` and `seq` the place of the event in the feed. */
  history: string;
  event: DeliveredEvent;
  applicantId: string;
  version: number;
  /** To the millisecond. */
  occurredAt: Date;
}
