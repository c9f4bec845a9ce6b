import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { sha256 } from '../crypto/constant-time.js';
import { KeyedHash, type KeyedHashes } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import {
  knownUnreadable,
  readDigestsAfter,
  readPlainDigests,
  replaceDigests,
} from './reported.repository.js';

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
    private readonly sealer: Sealer,
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

  /**
   * Keys the next digests anew, by the elements that went to quarantine. One whose element is gone gets a digest that nothing
   * has: such an entry counts as new.
   * @param after hex; digests that were written by this come again, and stay
   */
  async rekey(tx: Tx, after: string) {
    const rows = await readDigestsAfter(tx, after, BATCH);
    const replaced = rows.flatMap(({ digest, quarantineId, element }) => {
      const plain = element === null ? null : this.digestOf(quarantineId, element);
      const known = plain === null ? undefined : this.of(plain);
      if (known?.includes(digest) === true)
        return known[0] === digest ? [] : [{ before: digest, after: known[0], isForgotten: false }];
      return [{ before: digest, after: this.of(`gone|${digest}`)[0], isForgotten: true }];
    });
    await replaceDigests(tx, replaced);
    const forgotten = replaced.filter(({ isForgotten }) => isForgotten).length;
    return { last: rows.at(-1)?.digest ?? null, seen: rows.length, rewritten: replaced.length, forgotten };
  }

  private digestOf(quarantineId: string | null, element: Buffer): string | null {
    const bytes = this.sealer.revealIfReadable(element, `quarantine|${quarantineId}`);
    return bytes === undefined ? null : sha256(bytes).toString('hex');
  }
}
