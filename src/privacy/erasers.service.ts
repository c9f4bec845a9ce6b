import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ApplicantErasure } from '../applicants/applicant-erasure.service.js';
import type { Tx } from '../db/tx.js';
import { ExportErasure } from '../exports/export-erasure.service.js';
import { ImageErasure } from '../images/image-erasure.service.js';
import { ReceiptRedactions } from '../inbox/receipt-redactions.service.js';
import { findErasureById } from './erasures.repository.js';
import type { ErasureCounts, ErasureRow } from './erasures.types.js';

/** So long after a request began it has committed at the latest: until then an export may still read the person. */
const REQUEST_MS = 60_000;

/** The services that the inventory names, in the order in which they work. */
@Injectable()
export class Erasers {
  constructor(
    private readonly connection: EntityManager,
    private readonly applicants: ApplicantErasure,
    private readonly receipts: ReceiptRedactions,
    private readonly images: ImageErasure,
    private readonly exports: ExportErasure,
  ) {}

  /**
   * Everything but the versions, which tell by what the rest is found. Nothing is done before it is asked for.
   * @param idNumber of somebody whom elements of nobody name
   */
  async *outsideOfVersions(
    { id, applicantIds, requestedAt }: ErasureRow,
    idNumber: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<ErasureCounts> {
    const tx = this.connection;
    const traces = await this.applicants.tracesOf(tx, applicantIds, idNumber);
    const erased = { erasureId: id, applicantIds, traces };
    const known = await this.connection.transaction((lock) => this.applicants.lock(lock, applicantIds));
    const since = known.reduce(
      (first, one) => (one.firstReceivedAt < first ? one.firstReceivedAt : first),
      new Date(),
    );
    // what came since the beginning is parked, and people decide on it
    const before = (await findErasureById(tx, id))?.beganAt ?? new Date();
    const span = { since, before };
    const restrictedAt = new Date(Math.min(before.getTime(), requestedAt.getTime() + REQUEST_MS));
    const receipts = await this.receipts.redact(erased, span, signal);
    yield { receipts: receipts.changed };
    const quarantined = await this.receipts.emptyQuarantine(erased, span, signal);
    const unopened = receipts.unopened + quarantined.unopened;
    yield { quarantined: quarantined.changed, ...(unopened > 0 && { unopened }) };
    yield { images: await this.images.erase(applicantIds, signal) };
    yield { exports: await this.exports.withdraw(since, restrictedAt, signal) };
  }

  /** @returns how many */
  async versions(tx: Tx, applicantIds: readonly string[]): Promise<number> {
    return this.applicants.empty(tx, applicantIds);
  }
}
