import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import type { PollResult } from '../jobs/jobs.types.js';
import { lockNextSlice, rollUpReceipts } from './receipt-rollup.repository.js';

/** A receipt is committed within half a minute of its `received_at`, or never. The rest allows for differing clocks. */
export const LAG_SECONDS = 120;
const POLL_EVERY_MS = 30_000;
const SLICE_RECEIPTS = 10_000;

/** Counts receipts in the order of their arrival, once their numbers are final. */
@Injectable()
export class ReceiptRollup {
  constructor(
    private readonly connection: EntityManager,
    jobs: Jobs,
  ) {
    jobs.poll('stats.receipts', POLL_EVERY_MS, async (): Promise<PollResult> => {
      const receipts = await this.countNext();
      return { counts: { receipts }, ...(receipts >= SLICE_RECEIPTS && { pauseMs: 0 }) };
    });
  }

  /** Counts one slice. @returns how many receipts it held; 0 also if another process is counting */
  async countNext(lagSeconds = LAG_SECONDS, maxReceipts = SLICE_RECEIPTS): Promise<number> {
    return this.connection.transaction(async (tx) => {
      const slice = await lockNextSlice(tx, lagSeconds, maxReceipts);
      return slice === undefined ? 0 : rollUpReceipts(tx, slice);
    });
  }
}
