/** Current values by which applicants are counted, in the hour of their first receipt. */
export const APPLICANT_ASPECTS = [
  'outcome',
  'status',
  'governorate',
  'nationality',
  'documentType',
  'flag',
] as const;
export type ApplicantAspect = (typeof APPLICANT_ASPECTS)[number];

/** Values by which events of the feed are counted, in the hour of the change. */
export const EVENT_ASPECTS = ['type', 'source', 'outcome'] as const;
export type EventAspect = (typeof EVENT_ASPECTS)[number];

/** Where lists of applicants come from; receipts are counted separately for each. */
export const SOURCES = ['callback', 'replay', 'reconciliation'] as const;
export type ReceiptSource = (typeof SOURCES)[number];

/** Counts of receipts: by kind of URL, those that could not be read, and their elements. */
export const RECEIPT_MEASURES = [
  'count',
  'rejected',
  'received',
  'applied',
  'duplicates',
  'quarantined',
] as const;
export type ReceiptMeasure = (typeof RECEIPT_MEASURES)[number];

/** What a row of `stats` counts. Its values are those of the aspect, kinds of URL, numbers of latency buckets, or codes. */
export type Topic =
  | `applicant.${ApplicantAspect}`
  | `event.${EventAspect}`
  | `${ReceiptSource}.${ReceiptMeasure}`
  | MeasuredTopic;

/** Only measured: no table allows a recount. */
export const LATENCY = 'callback.latency';
/** Values are the codes of the answers. */
export const REFUSED_TOKENS = 'refused.tokens';
export const REFUSED_CALLBACKS = 'refused.callbacks';
export const MEASURED_TOPICS = [LATENCY, REFUSED_TOKENS, REFUSED_CALLBACKS] as const;
type MeasuredTopic = (typeof MEASURED_TOPICS)[number];

/** How a range is cut; `none`: not at all. */
export const BUCKETS = ['hour', 'day', 'none'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Whole hours of UTC, `to` excluded. */
export interface Range {
  from: Date;
  to: Date;
}
