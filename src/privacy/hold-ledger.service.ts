import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Tx } from '../db/tx.js';
import { type PartPlace, SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { HoldCopies } from '../retention/hold-copies.service.js';
import { EntryFile } from './entry-file.js';
import { lockLedger, storeIdOf } from './erasures.repository.js';
import {
  findHoldPlace,
  findUnentered,
  HAS_UNENTERED_HOLDS,
  type HoldDeed,
  lastHoldPlace,
  noteHoldEntry,
} from './hold-ledger.repository.js';

const PLACED = z.object({
  deed: z.literal('placed'),
  holdId: z.guid(),
  /** Null once it is lifted: neither reason nor national id stays. */
  hold: z
    .object({
      applicantId: z.string().nullable(),
      idNumber: z.string().nullable(),
      reason: z.string(),
      placedBy: z.string(),
      placedAt: z.iso.datetime(),
    })
    .nullable(),
});
const LIFTED = z.object({
  deed: z.literal('lifted'),
  holdId: z.guid(),
  liftedBy: z.string(),
  liftedAt: z.iso.datetime(),
});
const ENTRY = z.discriminatedUnion('deed', [PLACED, LIFTED]);

const ENTER_HOLDS = 'privacy.enter-holds';
const LOOK_EVERY_MS = 1_000;
const STORE_AWAY_MS = 30_000;

/**
 * The holds, once more outside of the database: sealed, in the image store, within seconds. A database that was restored from an older
 * backup finds there whom it must not erase. Their numbers are in `hold_ledger`, those of erasures with the erasures: two files.
 */
@Injectable()
export class HoldLedger {
  private readonly log = new Logger('privacy');

  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
    private readonly holds: HoldCopies,
    jobs: Jobs,
  ) {
    jobs.poll(ENTER_HOLDS, LOOK_EVERY_MS, () => this.look(), HAS_UNENTERED_HOLDS);
  }

  /** Takes in what the ledger tells and the database does not know. @returns how many holds it changed @throws StoreFault */
  async readOn(): Promise<number> {
    const file = await this.file(this.connection);
    let changed = 0;
    for (let place = (await lastHoldPlace(this.connection)) + 1; ; place += 1) {
      const entry = await file.read(place);
      if (entry === undefined) break;
      if (await this.takeIn(place, ENTRY.parse(entry))) changed += 1;
    }
    if (changed > 0)
      this.log.warn({ code: 'HELD_AGAIN', holds: changed }, 'Holds of before a restore are there again');
    return changed;
  }

  /** How many entries it has. */
  async length(tx: Tx): Promise<number> {
    return lastHoldPlace(tx);
  }

  /** Where the next entries are, by their number. */
  async placesAfter(tx: Tx, part: number, limit: number): Promise<PartPlace[]> {
    return (await this.file(tx)).placesAfter(part, await lastHoldPlace(tx), limit);
  }

  private async look() {
    let entered = 0;
    try {
      await this.readOn();
      while (await this.enterOne()) entered += 1;
    } catch (error) {
      const code = storeFaultOf(error)?.code;
      if (code === undefined) throw error;
      this.log.warn({ code }, 'The ledger of holds goes on later');
      return { counts: { entered }, pauseMs: STORE_AWAY_MS };
    }
    return { counts: { entered } };
  }

  /** Once more after a kill does the same. @returns whether there was something to enter @throws StoreFault */
  private async enterOne(): Promise<boolean> {
    return this.connection.transaction(async (tx) => {
      await lockLedger(tx);
      const next = await findUnentered(tx);
      if (next === undefined) return false;
      const { holdId, deed } = next;
      const place = (await lastHoldPlace(tx)) + 1;
      const file = await this.file(tx);
      if (deed === 'lifted') await this.forget(tx, file, holdId);
      await file.write(place, await this.entryOf(tx, holdId, deed));
      await noteHoldEntry(tx, place, holdId, deed);
      return true;
    });
  }

  /** Whom it held is not kept any longer than in the database. */
  private async forget(tx: Tx, file: EntryFile, holdId: string): Promise<void> {
    const place = await findHoldPlace(tx, holdId, 'placed');
    if (place !== undefined) await file.write(place, { deed: 'placed', holdId, hold: null });
  }

  private async entryOf(tx: Tx, holdId: string, deed: HoldDeed): Promise<z.infer<typeof ENTRY>> {
    if (deed === 'placed') return { deed, holdId, hold: await this.holds.placed(tx, holdId) };
    return { deed, holdId, ...(await this.holds.lifted(tx, holdId)) };
  }

  private async takeIn(place: number, entry: z.infer<typeof ENTRY>): Promise<boolean> {
    const { holdId } = entry;
    return this.connection.transaction(async (tx) => {
      await noteHoldEntry(tx, place, holdId, entry.deed);
      if (entry.deed === 'lifted') return this.holds.liftAgain(tx, holdId, entry);
      return entry.hold !== null && this.holds.placeAgain(tx, holdId, entry.hold);
    });
  }

  private async file(tx: Tx): Promise<EntryFile> {
    return new EntryFile(this.store, `hold-ledger|${await storeIdOf(tx)}`);
  }
}
