import { Injectable } from '@nestjs/common';
import { CryptoError } from '../crypto/crypto.errors.js';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import { listWholeVersions, readCurrentAlone } from './applicant-erasure.repository.js';
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

  /** Oldest first; with the current one in any case, also where its month is gone from the history. */
  async *versions(tx: Tx, applicantId: string): AsyncGenerator<WholeVersion> {
    for (let after = 0; ;) {
      const rows = await listWholeVersions(tx, applicantId, after, VERSIONS_AT_ONCE);
      for (const row of rows) yield { row, opened: this.open(row) };
      if (rows.length < VERSIONS_AT_ONCE) break;
      after = rows.at(-1)!.version;
    }
    const current = await readCurrentAlone(tx, applicantId);
    if (current === undefined) return;
    const opened = this.open(current);
    yield { row: { ...current, ...originOf(opened) }, opened };
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

/** Where a version came from, as it is sealed with it. */
function originOf(opened: Opened | null): Partial<VersionRecord> {
  if (!opened?.bound) return {};
  const { kind, source, receiptId, elementIndex, previousOutcome, receivedAtMs } = opened.bound;
  return { kind, source, receiptId, elementIndex, previousOutcome, receivedAt: new Date(receivedAtMs) };
}
