import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import type { Looked } from '../jobs/jobs.types.js';
import { lockNextSlice, rollUpReceipts } from './receipt-rollup.repository.js';

/** A receipt is committed within half a minute of its `received_at` or never; the rest is for clocks that differ. */
export const LAG_SECONDS = 120;
const LOOK_EVERY_MS = 10_000;
const SLICE_RECEIPTS = 10_000;

/** Receipts, counted in the order of their arrival and once their numbers are final. */
@Injectable()
export class ReceiptRollup {
  constructor(
    private readonly connection: EntityManager,
    jobs: Jobs,
  ) {
    jobs.watch('stats.receipts', LOOK_EVERY_MS, async (): Promise<Looked> => {
      const receipts = await this.countNext();
      return { counts: { receipts }, ...(receipts >= SLICE_RECEIPTS && { pauseMs: 0 }) };
    });
  }

  /** One slice. @returns how many receipts it held; 0 also where another process is at it */
  async countNext(lagSeconds = LAG_SECONDS, maxReceipts = SLICE_RECEIPTS): Promise<number> {
    return this.connection.transaction(async (tx) => {
      const slice = await lockNextSlice(tx, lagSeconds, maxReceipts);
      return slice === undefined ? 0 : rollUpReceipts(tx, slice);
    });
  }
}
