import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { purgeSettled } from './purge.repository.js';

/** Deliveries that are over, for the retention. */
@Injectable()
export class SettledDeliveries {
  /** Removes the oldest with their attempts, none about these applicants. @returns how many, at most `limit` */
  remove(tx: Tx, before: Date, but: readonly string[], limit: number): Promise<number> {
    return purgeSettled(tx, before, but, limit);
  }
}
