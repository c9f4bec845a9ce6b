import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Sealer } from '../crypto/sealer.js';
import { foldId } from '../enroll-contract/lookups.js';
import { showsTrace } from './cut-out.js';
import { listOfUnknown, listQuarantine, sealedElements } from './quarantine.repository.js';

/** A shorter one would be found in the elements of others. */
const MIN_ID_NUMBER_LENGTH = 6;

/** Whom elements name that show a national id. */
export interface Shown {
  /** As the elements spell them. */
  applicantIds: string[];
  /** Folded; only where one of them names nobody. */
  idNumber: string | null;
}

/** Finds people of whom quarantine alone knows. */
@Injectable()
export class QuarantinedPeople {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
  ) {}

  /**
   * Opens every element of those who are no applicants, or were erased: no index knows what is in them. 10,000 elements take about a
   * second, in which callbacks get their turns.
   */
  async showing(nationalId: string): Promise<Shown> {
    const applicantIds = new Set<string>();
    const idNumber = foldId(nationalId);
    let isNobodys = false;
    if (idNumber.length < MIN_ID_NUMBER_LENGTH) return { applicantIds: [], idNumber: null };
    const traces = [idNumber.toLowerCase()];
    const rows = await listOfUnknown(this.connection);
    const ids = new Map(rows.map(({ id, applicantId }) => [id, applicantId]));
    for await (const page of sealedElements(this.connection, [...ids.keys()])) {
      for (const { id, element } of page) {
        const bytes = this.sealer.revealIfReadable(element, `quarantine|${id}`);
        if (bytes === undefined || !showsTrace(bytes, { traces })) continue;
        const applicantId = ids.get(id) ?? null;
        if (applicantId === null) isNobodys = true;
        else applicantIds.add(applicantId);
      }
      await nextTurn();
    }
    return { applicantIds: [...applicantIds], idNumber: isNobodys ? idNumber : null };
  }

  /** Whether an element names one of these applicants. */
  async knows(applicantIds: readonly string[]): Promise<boolean> {
    for (const applicantId of applicantIds)
      if ((await listQuarantine(this.connection, { applicantId }, null, 1)).length > 0) return true;
    return false;
  }
}
