import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ApplicantErasure, type Named } from '../applicants/applicant-erasure.service.js';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import { QuarantinedPeople } from '../inbox/quarantined-people.service.js';
import { Holds } from '../retention/holds.service.js';
import type { ErasureRow } from './erasures.types.js';

/** Whom a request means. */
export interface Meant {
  /** As kept. */
  applicantIds: string[];
  /** Folded; only where elements show it that name nobody. */
  idNumber: string | null;
}

/** Finds whom a request names, also where quarantine alone knows them. */
@Injectable()
export class Persons {
  constructor(
    private readonly connection: EntityManager,
    private readonly applicants: ApplicantErasure,
    private readonly quarantined: QuarantinedPeople,
    private readonly holds: Holds,
    private readonly sealer: Sealer,
  ) {}

  /** @throws Problem BAD_REQUEST where both ids are given, or none */
  async named(named: Named): Promise<Meant> {
    const applicantIds = await this.applicants.named(this.connection, named);
    if (named.nationalId === undefined) return { applicantIds, idNumber: null };
    const shown = await this.quarantined.showing(named.nationalId);
    const known = await this.connection.transaction((tx) => this.applicants.lock(tx, shown.applicantIds));
    // an element may show the number of somebody else, whose applicant it does not name
    const others = new Set(known.filter((one) => one.erasureId === null).map((one) => one.applicantId));
    const kept = await this.applicants.kept(this.connection, shown.applicantIds);
    const parked = kept.filter((id) => !others.has(id));
    return {
      applicantIds: [...new Set([...applicantIds, ...parked])],
      idNumber: shown.idNumber,
    };
  }

  /** Whether quarantine holds something of them. */
  async areQuarantined({ applicantIds, idNumber }: Meant): Promise<boolean> {
    return idNumber !== null || (await this.quarantined.knows(applicantIds));
  }

  /** The national id of an erasure, for as long as it is needed. */
  sealed(erasureId: string, idNumber: string | null): Buffer | null {
    return idNumber === null ? null : this.sealer.seal(idNumber, placeOf(erasureId));
  }

  /** @returns folded */
  idNumberOf({ id, idNumber }: Pick<ErasureRow, 'id' | 'idNumber'>): string | null {
    return idNumber && this.sealer.reveal(idNumber, placeOf(id)).toString();
  }

  /** Until `tx` ends no further hold is placed. */
  async isHeld(tx: Tx, erasure: ErasureRow): Promise<boolean> {
    const idNumber = this.idNumberOf(erasure);
    if ((await this.holds.isHeld(tx, erasure.applicantIds)).size > 0) return true;
    return idNumber !== null && this.holds.isNumberHeld(tx, idNumber);
  }
}

function placeOf(erasureId: string): string {
  return `erasures|${erasureId}`;
}
