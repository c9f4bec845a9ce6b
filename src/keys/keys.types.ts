import type { Tx } from '../db/tx.js';
import type { Unopened } from '../crypto/crypto.types.js';

/** The key of a row, column by column, as Postgres spells it. */
export type Position = readonly string[];

/** What one batch did. */
export interface Batch {
  /** The last row that was looked at; null where there was none: the place is done. */
  last: Position | null;
  seen: number;
  rewritten: number;
  /** Hashes of deliveries whose received bytes are gone: another such delivery counts as new content. */
  forgotten?: number;
  /** Rows that stay as they are, because no key opens them or they were changed. */
  unopened: Unopened[];
}

/** Where something is kept that was made with a key of the ring, and how it goes over to the first one. */
export interface Place {
  /** As progress and `retire` name it. */
  readonly name: string;
  /** How many rows there are. */
  total(tx: Tx): Promise<number>;
  /** Brings the next rows over. */
  next(tx: Tx, after: Position | null): Promise<Batch>;
  /** How many rows are of this key. */
  uses(tx: Tx, keyId: string): Promise<number>;
}
