import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import { type Erased, cutOut, isStub, showsTrace, stubOf } from './cut-out.js';
import { sealedElements } from './quarantine.repository.js';
import {
  emptyQuarantined,
  listCandidates,
  listQuarantined,
  listRedactionsBy,
  type Redaction,
  redactBody,
  type SealedBody,
  sealedBodies,
} from './receipt-redactions.repository.js';

/** After this many bytes, callbacks get a turn of the event loop. */
const BYTES_PER_TURN = 1024 * 1024;

export type { Erased, Redaction };

/** When they were first heard of, and the end of what is looked at. */
export interface Span {
  since: Date;
  before: Date;
}

/** How many were changed, and how many no key opens: whose they are nobody can tell. */
export interface Done {
  changed: number;
  unopened: number;
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
   * @throws ReceiptPending
   */
  async redact(erased: Erased, { since, before }: Span, signal: AbortSignal): Promise<Done> {
    const done: Done = { changed: 0, unopened: 0 };
    let opened = 0;
    const candidates = await listCandidates(this.connection, erased.applicantIds, since, before);
    for await (const receipt of sealedBodies(this.connection, candidates)) {
      signal.throwIfAborted();
      opened += receipt.body.length;
      const bytes = this.sealer.revealIfReadable(receipt.body, placeOf(receipt.receiptId));
      if (bytes === undefined) done.unopened += 1;
      else if (await this.cut(erased, receipt, bytes)) done.changed += 1;
      if (opened < BYTES_PER_TURN) continue;
      opened = 0;
      await nextTurn();
    }
    return done;
  }

  /** Puts stubs in the place of quarantined elements. */
  async emptyQuarantine(erased: Erased, { before }: Span, signal: AbortSignal): Promise<Done> {
    const done: Done = { changed: 0, unopened: 0 };
    const rows = await listQuarantined(this.connection, erased.applicantIds, before);
    const people = new Map(rows.map(({ id, applicantId }) => [id, applicantId]));
    for await (const page of sealedElements(this.connection, [...people.keys()])) {
      signal.throwIfAborted();
      for (const { id, element } of page) {
        const applicantId = people.get(id) ?? null;
        const bytes = this.sealer.revealIfReadable(element, `quarantine|${id}`);
        if (bytes === undefined && applicantId === null) done.unopened += 1;
        else if (bytes === undefined || isTheirs(bytes, applicantId, erased)) {
          await this.putStub(erased.erasureId, id, applicantId);
          done.changed += 1;
        }
      }
      await nextTurn();
    }
    return done;
  }

  private async putStub(erasureId: string, id: string, applicantId: string | null): Promise<void> {
    const stub = stubOf(erasureId, applicantId);
    const element = this.sealer.seal(stub, `quarantine|${id}`);
    await emptyQuarantined(this.connection, { id, element, bytes: stub.length });
  }

  /** What an erasure cut out, in the order of the receipts. */
  async of(erasureId: string): Promise<Redaction[]> {
    return listRedactionsBy(this.connection, erasureId);
  }

  /** @returns whether something of theirs was in it @throws ReceiptPending */
  private async cut(erased: Erased, { receiptId, body, state }: SealedBody, bytes: Buffer): Promise<boolean> {
    const cut = cutOut(bytes, erased);
    if (cut === null) return false;
    if (state === 'pending') throw new ReceiptPending('a receipt is still being applied');
    const redaction = {
      receiptId,
      erasureId: erased.erasureId,
      elements: cut.elements,
      keptHash: this.keptHash(receiptId, cut.keptSha256),
    };
    const sealed = this.sealer.seal(cut.bytes, placeOf(receiptId));
    // its key was changed meanwhile, or another person was cut out: the next try finds it again
    if (!(await redactBody(this.connection, redaction, body, sealed))) throw new ReceiptPending(receiptId);
    return true;
  }

  /** @param sha256 of the bytes that stayed, without what was cut out and without the stub; hex */
  keptHash(receiptId: string, sha256: string): string {
    return this.keyedHash.of(`redaction|${receiptId}|${sha256}`);
  }
}

function isTheirs(element: Buffer, applicantId: string | null, erased: Erased): boolean {
  return !isStub(element) && (applicantId !== null || showsTrace(element, erased));
}

function placeOf(receiptId: string): string {
  return `receipt|${receiptId}`;
}
