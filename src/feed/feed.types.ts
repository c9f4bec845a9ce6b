/** What can happen to an applicant, as the feed, webhooks and brokers name it, and when. */
export const EVENT_MEANINGS = {
  'applicant.created': 'The first version of an applicant.',
  'applicant.updated': 'A later version with the same outcome.',
  'applicant.outcome_changed': 'A later version with another outcome (A18).',
  'applicant.flagged':
    "A version brought flags that the one before did not have; follows the version's own event.",
  'applicant.images_ready': 'No image that its versions name is left to fetch.',
  'applicant.erased': 'Its personal data was erased.',
} as const;

export type EventType = keyof typeof EVENT_MEANINGS;
export const EVENT_TYPES = Object.keys(EVENT_MEANINGS) as EventType[];

const VERSION_EVENTS: readonly EventType[] = [
  'applicant.created',
  'applicant.updated',
  'applicant.outcome_changed',
];

/** Whether the event is a version of its applicant. Other events only refer to one. */
export function isVersion({ event }: { event: EventType }): boolean {
  return VERSION_EVENTS.includes(event);
}
