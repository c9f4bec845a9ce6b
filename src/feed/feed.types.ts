/**
 * What can happen to an applicant, as the feed, webhooks and brokers name it:
 *
 * | event | when |
 * |---|---|
 * | `applicant.created` | its first version |
 * | `applicant.updated` | a later version with the same outcome |
 * | `applicant.outcome_changed` | a later version with another outcome (A18) |
 * | `applicant.flagged` | a version brought flags that the one before did not have; comes behind the version's own event |
 * | `applicant.images_ready` | nothing is to be fetched any more of the images that its versions name |
 * | `applicant.erased` | its personal data was erased |
 */
export const EVENT_TYPES = [
  'applicant.created',
  'applicant.updated',
  'applicant.outcome_changed',
  'applicant.flagged',
  'applicant.images_ready',
  'applicant.erased',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

const VERSION_EVENTS: readonly EventType[] = [
  'applicant.created',
  'applicant.updated',
  'applicant.outcome_changed',
];

/** Whether an event is a version of its applicant; the others tell of one. */
export function isVersion({ event }: { event: EventType }): boolean {
  return VERSION_EVENTS.includes(event);
}
