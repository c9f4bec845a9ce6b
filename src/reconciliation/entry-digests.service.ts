import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { KeyedHash, type KeyedHashes } from '../crypto/keyed-hash.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { knownUnreadable, readPlainDigests, replaceDigests } from './reported.repository.js';

const KEY_DIGESTS = 'reconciliation.key-digests';
const BATCH = 500;

/**
 * Digests that identify unusable entries. They are keyed because an entry is a whole applicant: nobody may find its values
 * by trying until a digest fits. Input of the key is the plain digest, all that releases up to 0.1 stored: a job at boot
 * keys those.
 */
@Injectable()
export class EntryDigests implements OnApplicationBootstrap {
  constructor(
    private readonly connection: EntityManager,
    private readonly keyedHash: KeyedHash,
    private readonly jobs: Jobs,
  ) {
    jobs.work(KEY_DIGESTS, { policy: 'exclusive' }, async () => ({ keyed: await this.keyPlain() }));
  }

  onApplicationBootstrap(): void {
    // a command or an API replica leaves it to the workers
    if (this.jobs.works) this.jobs.sendOnceStarted(KEY_DIGESTS, {});
  }

  /** @param plain SHA-256 of an entry, as hex */
  of(plain: string): KeyedHashes {
    return this.keyedHash.candidates(`entry|${plain}`);
  }

  /** Which of these entries are known, with any key or none. By their plain digest. */
  async known(tx: Tx, plain: readonly string[]): Promise<string[]> {
    const byDigest = new Map<string, string>();
    for (const one of plain) for (const digest of [one, ...this.of(one)]) byDigest.set(digest, one);
    const known = await knownUnreadable(tx, [...byDigest.keys()]);
    return known.flatMap((digest) => byDigest.get(digest) ?? []);
  }

  /** @returns how many digests it keyed */
  async keyPlain(): Promise<number> {
    for (let keyed = 0; ;) {
      const plain = await readPlainDigests(this.connection, BATCH);
      if (plain.length === 0) return keyed;
      await replaceDigests(
        this.connection,
        plain.map((before) => ({ before, after: this.of(before)[0] })),
      );
      keyed += plain.length;
    }
  }
}
