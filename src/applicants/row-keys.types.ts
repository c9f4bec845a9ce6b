import type { Unopened } from '../crypto/crypto.types.js';
import type { Element } from '../enroll-contract/types.js';

/** Where an element was received. */
export interface ElementPlace {
  receiptId: string;
  elementIndex: number;
}

/** The element as it was delivered; undefined where its bytes are gone or cannot be read. */
export type ReadReceived = (place: ElementPlace) => Promise<Element | undefined>;

/** What became of the next rows of `applicants` or `changes`. */
export interface RekeyedRows<Last> {
  last: Last | null;
  seen: number;
  rewritten: number;
  /** Hashes of deliveries whose received bytes are gone. */
  forgotten: number;
  unopened: Unopened[];
}
