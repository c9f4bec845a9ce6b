import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import { type Erased, cutOut, isStub, showsTrace, stubOf } from './cut-out.js';
import { readElementBytes } from './quarantine.repository.js';
import {
  emptyQuarantined,
  listCandidates,
  listQuarantined,
  listRedactionsBy,
  readSealedBody,
  type Redaction,
  redactBody,
} from './receipt-redactions.repository.js';

/** After this many bytes, callbacks get a turn of the event loop. */
const BYTES_PER_TURN = 1024 * 1024;

export type { Erased, Redaction };

/** When they were first heard of, and the end of what is looked at. */
export interface Span {
  since: Date;
  before: Date;
}

/** A receipt that holds an element of theirs is still being applied: whoever applies it would bring the element back. */
class ReceiptPending extends Error {
  readonly code = 'RECEIPT_PENDING';
}

/**
 * Takes what receipts and quarantine hold of one person out of them. Of a body, every other byte stays as it was received; the hash
 * of these bytes is kept, under the key of the installation, so that they can still be told from others.
 */
@Injectable()
export class ReceiptRedactions {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
    private readonly keyedHash: KeyedHash,
  ) {}

  /**
   * Once more finds nothing left.
   * @returns how many receipts it changed
   * @throws ReceiptPending
   */
  async redact(erased: Erased, { since, before }: Span, signal: AbortSignal): Promise<number> {
    let redacted = 0;
    let opened = 0;
    for (const receiptId of await listCandidates(this.connection, erased.applicantIds, since, before)) {
      signal.throwIfAborted();
      const found = await readSealedBody(this.connection, receiptId);
      if (found === undefined) continue;
      opened += found.body.length;
      const cut = cutOut(this.sealer.reveal(found.body, placeOf(receiptId)), erased);
      if (cut !== null) {
        if (found.state === 'pending') throw new ReceiptPending('a receipt is still being applied');
        const redaction = {
          receiptId,
          erasureId: erased.erasureId,
          elements: cut.elements,
          keptHash: this.keptHash(receiptId, cut.keptSha256),
        };
        const body = this.sealer.seal(cut.bytes, placeOf(receiptId));
        // its key was changed meanwhile, or another person was cut out: the next try finds it again
        if (!(await redactBody(this.connection, redaction, found.body, body)))
          throw new ReceiptPending(receiptId);
        redacted += 1;
      }
      if (opened < BYTES_PER_TURN) continue;
      opened = 0;
      await nextTurn();
    }
    return redacted;
  }

  /** Puts stubs in the place of quarantined elements. @returns how many it changed */
  async emptyQuarantine(erased: Erased, { before }: Span, signal: AbortSignal): Promise<number> {
    let emptied = 0;
    for (const { id, applicantId } of await listQuarantined(this.connection, erased.applicantIds, before)) {
      signal.throwIfAborted();
      const sealed = await readElementBytes(this.connection, id);
      if (sealed === undefined) continue;
      const bytes = this.sealer.reveal(sealed, `quarantine|${id}`);
      if (isStub(bytes) || (applicantId === null && !showsTrace(bytes, erased))) continue;
      const stub = stubOf(erased.erasureId, applicantId);
      const element = this.sealer.seal(stub, `quarantine|${id}`);
      await emptyQuarantined(this.connection, { id, element, bytes: stub.length });
      emptied += 1;
    }
    return emptied;
  }

  /** What an erasure cut out, in the order of the receipts. */
  async of(erasureId: string): Promise<Redaction[]> {
    return listRedactionsBy(this.connection, erasureId);
  }

  /** @param sha256 of the bytes that stayed, without what was cut out and without the stub; hex */
  keptHash(receiptId: string, sha256: string): string {
    return this.keyedHash.of(`redaction|${receiptId}|${sha256}`);
  }
}

function placeOf(receiptId: string): string {
  return `receipt|${receiptId}`;
}
