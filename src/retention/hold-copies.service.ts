import { Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import { findHold, insertToldHold, liftHold, lockToPlace } from './holds.repository.js';
import { placeOf } from './holds.service.js';

/** A live hold as it is kept outside of the database, where it is sealed as a whole. */
export interface HoldCopy {
  applicantId: string | null;
  idNumber: string | null;
  reason: string;
  placedBy: string;
  placedAt: string;
}

interface Lifting {
  liftedBy: string;
  liftedAt: string;
}

/** Holds on their way to a place outside of the database, and back into one that was restored. */
@Injectable()
export class HoldCopies {
  constructor(private readonly sealer: Sealer) {}

  /** Null where it is lifted. */
  async placed(tx: Tx, id: string): Promise<HoldCopy | null> {
    const hold = await findHold(tx, id);
    if (hold === undefined || hold.liftedAt !== null) return null;
    const { applicantId, reason, placedBy, placedAt } = hold;
    const idNumber = hold.idNumber && this.sealer.reveal(hold.idNumber, placeOf(id)).toString();
    return { applicantId, idNumber, reason, placedBy, placedAt: placedAt.toISOString() };
  }

  /** @throws Error where it is not lifted */
  async lifted(tx: Tx, id: string): Promise<Lifting> {
    const { liftedBy, liftedAt } = (await findHold(tx, id)) ?? {};
    if (!liftedBy || !liftedAt) throw new Error(`the hold ${id} is not lifted`);
    return { liftedBy, liftedAt: liftedAt.toISOString() };
  }

  /** @returns whether the database did not know it */
  async placeAgain(tx: Tx, id: string, { idNumber, placedAt, ...hold }: HoldCopy): Promise<boolean> {
    await lockToPlace(tx);
    const sealed = idNumber === null ? null : this.sealer.seal(idNumber, placeOf(id));
    return insertToldHold(tx, { ...hold, id, idNumber: sealed, placedAt: new Date(placedAt) });
  }

  /** @returns whether it was still there */
  async liftAgain(tx: Tx, id: string, { liftedBy, liftedAt }: Lifting): Promise<boolean> {
    await lockToPlace(tx);
    return (await liftHold(tx, id, liftedBy, new Date(liftedAt))) !== undefined;
  }
}
