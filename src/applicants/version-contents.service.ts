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

/** Opens the contents of versions. The caller checks who may see them, and records it. */
@Injectable()
export class VersionContents {
  constructor(private readonly sealer: Sealer) {}

  /**
   * The contents of these versions, in their order: as many as a page may hold, and at least one. Undefined where a version is
   * no longer kept.
   */
  async read(tx: Tx, refs: readonly VersionRef[]): Promise<(Content | undefined)[]> {
    const sealed = await readSealed(tx, refs);
    return refs.slice(0, sealed.length).map(({ applicantId, version }, at) => {
      const bytes = sealed[at];
      return bytes && openContent(this.sealer, applicantId, version, bytes);
    });
  }
}
