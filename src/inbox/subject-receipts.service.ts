import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Sealer } from '../crypto/sealer.js';
import { elementsOf } from './cut-out.js';
import { readElementBytes, readQuarantine } from './quarantine.repository.js';
import { listCandidates, listQuarantined, readSealedBody } from './receipt-redactions.repository.js';
import { timeOf } from './receipts.repository.js';

/** What a receipt holds of a person: their elements alone, as they were received. */
export interface SubjectElement {
  receiptId: string;
  receivedAt: string;
  /** Place in the list. */
  index: number;
  element: string;
}

/** What came about a person, without what came about others beside it. The caller checks who may see it, and records it. */
@Injectable()
export class SubjectReceipts {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
  ) {}

  /** @param since when they were first heard of */
  async elements(applicantIds: readonly string[], since: Date): Promise<SubjectElement[]> {
    const found: SubjectElement[] = [];
    for (const receiptId of await listCandidates(this.connection, applicantIds, since, new Date())) {
      const sealed = await readSealedBody(this.connection, receiptId);
      if (sealed === undefined) continue;
      const body = this.sealer.reveal(sealed.body, `receipt|${receiptId}`);
      for (const { index, bytes } of elementsOf(body, { applicantIds, traces: [] })) {
        const element = bytes.toString('utf8');
        found.push({ receiptId, receivedAt: timeOf(receiptId).toISOString(), index, element });
      }
    }
    return found.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  }

  async quarantined(applicantIds: readonly string[]): Promise<unknown[]> {
    const known = await listQuarantined(this.connection, applicantIds, new Date());
    const theirs = known.filter(({ applicantId }) => applicantId !== null).map(({ id }) => id);
    const rows = await readQuarantine(this.connection, theirs);
    const opened: unknown[] = [];
    for (const row of rows) {
      const sealed = await readElementBytes(this.connection, row.id);
      const element = sealed && this.sealer.reveal(sealed, `quarantine|${row.id}`).toString('utf8');
      opened.push({ ...row, element });
    }
    return opened;
  }
}
