import { Injectable } from '@nestjs/common';
import { CryptoError } from '../crypto/crypto.errors.js';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import { listWholeVersions } from './applicant-erasure.repository.js';
import type { VersionRecord } from './changes.repository.js';
import { type Opened, openVersion } from './content.js';

const VERSIONS_AT_ONCE = 50;

/** One version as it was written; not opened where it was changed, or its key is gone. */
export interface WholeVersion {
  row: VersionRecord;
  opened: Opened | null;
}

/** All versions of one applicant, also of one under erasure. The caller checks who may see them, and records it. */
@Injectable()
export class WholeHistory {
  constructor(private readonly sealer: Sealer) {}

  /** Oldest first. */
  async *versions(tx: Tx, applicantId: string): AsyncGenerator<WholeVersion> {
    for (let after = 0; ;) {
      const rows = await listWholeVersions(tx, applicantId, after, VERSIONS_AT_ONCE);
      for (const row of rows) yield { row, opened: this.open(row) };
      if (rows.length < VERSIONS_AT_ONCE) return;
      after = rows.at(-1)!.version;
    }
  }

  private open({ applicantId, version, sealed }: VersionRecord): Opened | null {
    try {
      return openVersion(this.sealer, applicantId, version, sealed);
    } catch (error) {
      if (error instanceof CryptoError) return null;
      throw error;
    }
  }
}
