import { Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import type { Element } from '../enroll-contract/types.js';
import { readList } from './read-elements.js';
import { readReceiptBody } from './receipts.repository.js';

/** Elements as they were received, out of the bytes of their receipts. */
@Injectable()
export class ReceivedElements {
  constructor(private readonly sealer: Sealer) {}

  /** A reader that keeps the list that it has read last: neighbours often came in one list. Undefined where the bytes are gone. */
  reader(tx: Tx): (place: { receiptId: string; elementIndex: number }) => Promise<Element | undefined> {
    let held: { receiptId: string; elements: Map<number, Element> } | undefined;
    return async ({ receiptId, elementIndex }) => {
      if (held?.receiptId !== receiptId) held = { receiptId, elements: await this.elementsOf(tx, receiptId) };
      return held.elements.get(elementIndex);
    };
  }

  private async elementsOf(tx: Tx, receiptId: string): Promise<Map<number, Element>> {
    const found = await readReceiptBody(tx, receiptId);
    if (found === undefined) return new Map();
    const bytes = this.sealer.revealIfReadable(found.body, `receipt|${receiptId}`);
    if (bytes === undefined) return new Map();
    const list = readList(bytes);
    return new Map(list.ok ? list.candidates.map(({ element }) => [element.index, element]) : []);
  }
}
