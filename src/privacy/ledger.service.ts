import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Tx } from '../db/tx.js';
import { ApplicantErasure } from '../applicants/applicant-erasure.service.js';
import { type PartPlace, SealedImageStore } from '../images/sealed-image-store.service.js';
import { EntryFile } from './entry-file.js';
import {
  insertFromLedger,
  lastLedgerPlace,
  lockLedger,
  repeatErasure,
  setLedgerPlace,
  storeIdOf,
} from './erasures.repository.js';
import type { ErasureRow } from './erasures.types.js';
import { HoldLedger } from './hold-ledger.service.js';

const ENTRY = z.object({
  erasureId: z.guid(),
  applicantIds: z.array(z.string()),
  requestedAt: z.iso.datetime(),
  requestedBy: z.string(),
});
const RESTORED = 'Asked for before this database was restored; the reason is in the audit of that time.';

/**
 * The erasures, once more outside of the database: ids and dates, sealed, in the image store. A database that was restored
 * from an older backup finds there whom to restrict and erase again. Entries are numbered without a gap, so those that the database
 * does not know are found one after the other.
 */
@Injectable()
export class ErasureLedger {
  private readonly log = new Logger('privacy');

  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
    private readonly applicants: ApplicantErasure,
    private readonly holds: HoldLedger,
  ) {}

  /**
   * Enters one that waits, unless it names no applicant, and learns first what others have entered: a hold among them. Durable once it
   * resolves. @throws StoreFault
   */
  async enter({ id, applicantIds, requestedAt, requestedBy, ledgerPlace }: ErasureRow): Promise<void> {
    await this.readOn();
    if (ledgerPlace !== null || applicantIds.length === 0) return;
    const entry: z.infer<typeof ENTRY> = {
      erasureId: id,
      applicantIds,
      requestedAt: requestedAt.toISOString(),
      requestedBy,
    };
    await this.connection.transaction(async (tx) => {
      await lockLedger(tx);
      const place = (await lastLedgerPlace(tx)) + 1;
      await (await this.file(tx)).write(place, entry);
      await setLedgerPlace(tx, id, place);
    });
  }

  /**
   * Takes in what the ledgers tell and the database does not know, and begins anew what somebody set back. From its commit on nobody
   * reads these people.
   * @returns how many erasures it found
   * @throws StoreFault
   */
  async readOn(): Promise<number> {
    // holds first: whoever is held is not erased again
    await this.holds.readOn();
    const file = await this.file(this.connection);
    let found = 0;
    for (let place = (await lastLedgerPlace(this.connection)) + 1; ; place += 1) {
      const entry = await file.read(place);
      if (entry === undefined) break;
      found += await this.takeIn(ENTRY.parse(entry), place);
    }
    for (const { erasureId, applicantIds } of await this.applicants.resurrected(this.connection)) {
      await this.connection.transaction(async (tx) => {
        await repeatErasure(tx, erasureId);
        await this.applicants.restrict(tx, erasureId, applicantIds);
      });
      found += 1;
    }
    if (found > 0)
      this.log.warn(
        { code: 'ERASED_AGAIN', erasures: found },
        'People who were under erasure before a restore are so again',
      );
    return found;
  }

  /** How many entries it has. */
  async length(tx: Tx): Promise<number> {
    return lastLedgerPlace(tx);
  }

  /** Where the next entries are, by their number. */
  async placesAfter(tx: Tx, part: number, limit: number): Promise<PartPlace[]> {
    return (await this.file(tx)).placesAfter(part, await lastLedgerPlace(tx), limit);
  }

  private async takeIn(entry: z.infer<typeof ENTRY>, ledgerPlace: number): Promise<number> {
    const { erasureId: id, applicantIds, requestedBy } = entry;
    return this.connection.transaction(async (tx) => {
      const requestedAt = new Date(entry.requestedAt);
      const row = { id, applicantIds, reason: RESTORED, requestedBy, requestedAt, ledgerPlace };
      if (!(await insertFromLedger(tx, row))) return 0;
      await this.applicants.restrict(tx, id, applicantIds);
      return 1;
    });
  }

  private async file(tx: Tx): Promise<EntryFile> {
    return new EntryFile(this.store, `erasure-ledger|${await storeIdOf(tx)}`);
  }
}
