import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Sealer } from '../crypto/sealer.js';
import { elementsOf, showsTrace } from './cut-out.js';
import { readQuarantine, sealedElements } from './quarantine.repository.js';
import { listCandidates, listQuarantined, sealedBodies } from './receipt-redactions.repository.js';
import { timeOf } from './receipts.repository.js';

/** What a receipt holds of a person: their elements alone, as they were received. */
export interface SubjectElement {
  receiptId: string;
  receivedAt: string;
  /** Place in the list. */
  index: number;
  element: string;
}

/** Whom it is about: their ids, and texts by which bytes that name no applicantId are known to be about them. */
export interface Whom {
  applicantIds: readonly string[];
  traces: readonly string[];
}

/** What came about a person, without what came about others beside it. The caller checks who may see it, and records it. */
@Injectable()
export class SubjectReceipts {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
  ) {}

  /**
   * @param since when they were first heard of
   * @returns with the names of what is not among them: receipts that no key opens, and bodies that are no list and show a trace of
   * them, which may hold others, too
   */
  async elements(whom: Whom, since: Date): Promise<{ found: SubjectElement[]; missing: string[] }> {
    const found: SubjectElement[] = [];
    const missing: string[] = [];
    const candidates = await listCandidates(this.connection, whom.applicantIds, since, new Date());
    for await (const { receiptId, body } of sealedBodies(this.connection, candidates)) {
      const opened = this.sealer.revealIfReadable(body, `receipt|${receiptId}`);
      const elements = opened && elementsOf(opened, whom);
      if (elements === undefined) missing.push(`receipts/${receiptId}`);
      for (const { index, bytes } of elements ?? []) {
        const element = bytes.toString('utf8');
        found.push({ receiptId, receivedAt: timeOf(receiptId).toISOString(), index, element });
      }
    }
    found.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
    return { found, missing };
  }

  /** Those that name them or show a trace of them. */
  async quarantined(whom: Whom): Promise<unknown[]> {
    const known = await listQuarantined(this.connection, whom.applicantIds, new Date());
    const namesNobody = new Set(known.filter(({ applicantId }) => applicantId === null).map(({ id }) => id));
    const theirs = new Map<string, string | null>();
    const ids = known.map(({ id }) => id);
    for await (const page of sealedElements(this.connection, ids)) {
      for (const { id, element } of page) {
        const bytes = this.sealer.revealIfReadable(element, `quarantine|${id}`);
        if (namesNobody.has(id) && (bytes === undefined || !showsTrace(bytes, whom))) continue;
        theirs.set(id, bytes?.toString('utf8') ?? null);
      }
      await nextTurn();
    }
    const rows = await readQuarantine(this.connection, [...theirs.keys()]);
    return rows.map((row) => ({ ...row, element: theirs.get(row.id) }));
  }
}
