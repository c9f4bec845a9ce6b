/** An entry of the audit as it was written. */
export interface WrittenEntry {
  id: string;
  /** ISO 8601 in UTC with microseconds. */
  at: string;
  actor: string;
  action: string;
  subject: string;
  reason: string | null;
  address: string | null;
  requestId: string | null;
  detail: Record<string, unknown>;
}

/** An entry with its link of the chain. `n` counts from 1; `hash` is 64 hexadecimal digits. */
export interface ChainedEntry extends WrittenEntry {
  n: number;
  hash: string;
}

/** What can be wrong with a link. */
export const TAMPERINGS = ['changed', 'removed', 'inserted', 'signature'] as const;

/** What a file holds of the chain: its first and last number, the hash before the first, and that of the last. */
export interface ExportedStretch {
  first: number;
  before: string;
  n: number;
  hash: string;
}

/** The end of the chain at some time, as it is signed. */
export interface ChainHead {
  issuer: string;
  statedAt: string;
  n: number;
  hash: string;
}
