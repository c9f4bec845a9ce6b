/** What may need somebody, the gravest first. A page or a program goes by these; words may change. */
export const ATTENTION_CODES = [
  'NOT_READY',
  'CALLBACKS_SILENT',
  'NEVER_CALLED',
  'TOKENS_REFUSED',
  'CALLBACKS_REFUSED',
  'RECEIPTS_REJECTED',
  'RECEIPTS_PENDING',
  'QUARANTINE_OPEN',
  'ENDPOINT_FAILING',
  'DELIVERIES_DEAD',
  'IMAGES_PAUSED',
  'IMAGES_FAULT',
  'IMAGES_LATE',
  'IMAGES_FAILED',
  'GAPS_OPEN',
  'ALERTS_OPEN',
] as const;

export type AttentionCode = (typeof ATTENTION_CODES)[number];
