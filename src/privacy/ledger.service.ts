import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Tx } from '../db/tx.js';
import { ApplicantErasure } from '../applicants/applicant-erasure.service.js';
import { type PartPlace, SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import {
  insertFromLedger,
  lastLedgerPlace,
  lockLedger,
  repeatErasure,
  setLedgerPlace,
  storeIdOf,
} from './erasures.repository.js';
import type { ErasureRow } from './erasures.types.js';

const ENTRY = z.object({
  erasureId: z.guid(),
  applicantIds: z.array(z.string()),
  requestedAt: z.iso.datetime(),
  requestedBy: z.string(),
});
const RESTORED = 'Erased before this database was restored; the reason is in the audit of that time.';

/**
 * The erasures, once more outside of the database: ids and dates, sealed, in the image store. A database that was restored
 * from an older backup finds there whom to erase again. Entries are numbered without a gap, so those that the database does
 * not know are found one after the other.
 */
@Injectable()
export class ErasureLedger {
  private readonly log = new Logger('privacy');

  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
    private readonly applicants: ApplicantErasure,
  ) {}

  /** Durable once it resolves. Before anything is overwritten. @throws StoreFault */
  async enter({ id, applicantIds, requestedAt, requestedBy, ledgerPlace }: ErasureRow): Promise<void> {
    if (ledgerPlace !== null) return;
    await this.readOn();
    await this.connection.transaction(async (tx) => {
      await lockLedger(tx);
      const place = await this.nextPlace(tx);
      const entry = { erasureId: id, applicantIds, requestedAt: requestedAt.toISOString(), requestedBy };
      await this.store.keepPart(place, Buffer.from(JSON.stringify(entry)));
      await setLedgerPlace(tx, id, place.part);
    });
  }

  /**
   * Takes in what the ledger tells and the database does not know, and begins anew what somebody set back. From its commit on nobody
   * reads these people.
   * @returns how many erasures it found
   * @throws StoreFault
   */
  async readOn(): Promise<number> {
    let found = 0;
    for (;;) {
      const place = await this.nextPlace(this.connection);
      const bytes = await this.read(place);
      if (bytes === undefined) break;
      const entry = ENTRY.parse(JSON.parse(bytes.toString('utf8')));
      found += await this.takeIn(entry, place.part);
    }
    for (const { erasureId, applicantIds } of await this.applicants.resurrected(this.connection)) {
      await this.connection.transaction(async (tx) => {
        await repeatErasure(tx, erasureId);
        await this.applicants.restrict(tx, erasureId, applicantIds);
      });
      found += 1;
    }
    if (found > 0)
      this.log.warn({ code: 'ERASED_AGAIN', erasures: found }, 'People who were erased are erased again');
    return found;
  }

  /** How many entries it has. */
  async length(tx: Tx): Promise<number> {
    return lastLedgerPlace(tx);
  }

  /** Where the next entries are, by their number. */
  async placesAfter(tx: Tx, part: number, limit: number): Promise<PartPlace[]> {
    const file = fileOf(await storeIdOf(tx));
    const n = Math.max(0, Math.min(limit, (await lastLedgerPlace(tx)) - part));
    return Array.from({ length: n }, (_, at) => ({ file, part: part + at + 1 }));
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

  /** A backup knows the id of the store that it was made beside; another installation in the same folder has another one. */
  private async nextPlace(tx: Tx): Promise<PartPlace> {
    return { file: fileOf(await storeIdOf(tx)), part: (await lastLedgerPlace(tx)) + 1 };
  }

  private async read(place: PartPlace): Promise<Buffer | undefined> {
    try {
      return await this.store.revealPart(place);
    } catch (error) {
      if (storeFaultOf(error)?.code === 'IMAGE_STORE_LOST_IT') return undefined;
      throw error;
    }
  }
}

function fileOf(storeId: string): string {
  return `erasure-ledger|${storeId}`;
}
