import { findErasure } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import { Problem } from './problem.js';

/**
 * Every read of one applicant's data passes here. Lists and searches leave out whom nobody may read (`conditionsOf`), and the feed
 * shows no field of them (`readSealed`).
 * @param applicantIds in any spelling
 * @throws Problem RESTRICTED, APPLICANT_ERASED
 */
export async function requireReadable(tx: Tx, ...applicantIds: string[]): Promise<void> {
  const erasure = await findErasure(tx, applicantIds);
  if (erasure === undefined) return;
  const { applicantId, erasureId, erasedAt, firstReceivedAt, lastReceivedAt } = erasure;
  if (erasedAt === null) throw new Problem('RESTRICTED', undefined, { extra: { erasureId } });
  throw new Problem('APPLICANT_ERASED', undefined, {
    extra: { applicantId, erasureId, erasedAt, firstReceivedAt, lastReceivedAt },
  });
}

/** Of a thing that holds many people. @throws Problem RESTRICTED where one of them is under erasure, or erased */
export async function requireNoneErased(tx: Tx, applicantIds: readonly string[]): Promise<void> {
  const erasure = await findErasure(tx, applicantIds);
  if (erasure !== undefined)
    throw new Problem('RESTRICTED', undefined, { extra: { erasureId: erasure.erasureId } });
}

/** A hold that comes now would keep half a person. @throws Problem ERASURE_UNDER_WAY, APPLICANT_ERASED once something is gone */
export async function requireNotBegun(tx: Tx, applicantIds: readonly string[]): Promise<void> {
  const erasure = await findErasure(tx, applicantIds);
  if (erasure === undefined || erasure.beganAt === null) return;
  const { erasureId, erasedAt } = erasure;
  throw new Problem(erasedAt === null ? 'ERASURE_UNDER_WAY' : 'APPLICANT_ERASED', undefined, {
    extra: { erasureId },
  });
}
