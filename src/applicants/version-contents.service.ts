import { Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import type { Content } from '../enroll-contract/types.js';
import { readSealed } from './changes.repository.js';
import { openContent } from './content.js';

/** One version of one applicant. */
export interface VersionRef {
  applicantId: string;
  version: number;
}

/** Opens what versions hold, for those who hand it on. Who may see it is for the caller to know, and to record. */
@Injectable()
export class VersionContents {
  constructor(private readonly sealer: Sealer) {}

  /**
   * Of the first of these versions, in the order of the question: as many as a page may hold, and at least one.
   * Undefined where the version is not kept any more.
   */
  async read(tx: Tx, refs: readonly VersionRef[]): Promise<(Content | undefined)[]> {
    const sealed = await readSealed(tx, refs);
    return refs.slice(0, sealed.length).map(({ applicantId, version }, at) => {
      const bytes = sealed[at];
      return bytes && openContent(this.sealer, applicantId, version, bytes);
    });
  }
}
