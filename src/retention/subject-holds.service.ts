import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { foldId } from '../enroll-contract/lookups.js';
import { liftedHoldsOf, liveHolds } from './holds.repository.js';
import { Holds } from './holds.service.js';

/** A hold as the person may know of it: neither why, nor who placed it. */
export interface SubjectHold {
  on: 'applicantId' | 'nationalId';
  placedAt: Date;
  liftedAt: Date | null;
}

/** What a subject access says of holds. */
@Injectable()
export class SubjectHolds {
  constructor(
    private readonly connection: EntityManager,
    private readonly holds: Holds,
  ) {}

  /**
   * Whom a lifted hold on a national id held nobody knows any more.
   * @param nationalId undefined where none was named
   */
  async of(applicantIds: readonly string[], nationalId: string | undefined): Promise<SubjectHold[]> {
    const idNumber = nationalId && foldId(nationalId);
    const live = await liveHolds(this.connection);
    const held = await this.holds.heldBy(this.connection, live);
    const theirs = live.filter(
      (hold) =>
        held.get(hold.id)?.some((id) => applicantIds.includes(id)) ||
        (idNumber !== undefined && this.holds.idNumberOf(hold) === idNumber),
    );
    const over = await liftedHoldsOf(this.connection, applicantIds);
    return [...over, ...theirs].map(({ applicantId, placedAt, liftedAt }) => ({
      on: applicantId === null ? 'nationalId' : 'applicantId',
      placedAt,
      liftedAt,
    }));
  }
}
