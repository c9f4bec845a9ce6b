/** What applicants are counted by: their current values, in the hour of their first receipt. */
export const APPLICANT_ASPECTS = [
  'outcome',
  'status',
  'governorate',
  'nationality',
  'documentType',
  'flag',
] as const;
export type ApplicantAspect = (typeof APPLICANT_ASPECTS)[number];

/** What events of the feed are counted by, in the hour of the change. */
export const EVENT_ASPECTS = ['type', 'source', 'outcome'] as const;
export type EventAspect = (typeof EVENT_ASPECTS)[number];

/** Who puts lists of applicants into the inbox; their receipts are counted apart. */
export const SOURCES = ['callback', 'replay', 'reconciliation'] as const;
export type ReceiptSource = (typeof SOURCES)[number];

/** What is counted of receipts: themselves by kind of URL, those of which nothing could be read, and their elements. */
export const RECEIPT_MEASURES = [
  'count',
  'rejected',
  'received',
  'applied',
  'duplicates',
  'quarantined',
] as const;
export type ReceiptMeasure = (typeof RECEIPT_MEASURES)[number];

/** What a row of `stats` counts. Its values are those of the aspect, kinds of URL, or numbers of latency buckets. */
export type Topic =
  | `applicant.${ApplicantAspect}`
  | `event.${EventAspect}`
  | `${ReceiptSource}.${ReceiptMeasure}`
  | typeof LATENCY;

/** Only measured, in no table to be counted anew. */
export const LATENCY = 'callback.latency';

/** How a range of time is cut; `none`: not at all. */
export const BUCKETS = ['hour', 'day', 'none'] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Whole hours of UTC, `to` excluded. */
export interface Range {
  from: Date;
  to: Date;
}
