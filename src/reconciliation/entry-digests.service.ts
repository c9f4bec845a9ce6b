import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { KeyedHash, type KeyedHashes } from '../crypto/keyed-hash.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { knownUnreadable, readPlainDigests, replaceDigests } from './reported.repository.js';

const KEY_DIGESTS = 'reconciliation.key-digests';
const BATCH = 500;

/**
 * Digests by which an entry that nobody can use is known again. Keyed, since an entry is a whole applicant: whoever has a
 * digest must not be able to try values until it fits. What is keyed is the plain digest, which is all that releases up to
 * 0.1 kept: a job at boot keys theirs.
 */
@Injectable()
export class EntryDigests implements OnApplicationBootstrap {
  private readonly log = new Logger('reconciliation');

  constructor(
    private readonly connection: EntityManager,
    private readonly keyedHash: KeyedHash,
    private readonly jobs: Jobs,
  ) {
    jobs.work(KEY_DIGESTS, { policy: 'exclusive' }, async () => ({ keyed: await this.keyPlain() }));
  }

  onApplicationBootstrap(): void {
    if (!this.jobs.works) return; // a command or an API replica leaves it to those that do the work
    this.jobs.send(KEY_DIGESTS, {}).catch((error: unknown) => {
      this.log.warn({ code: 'JOB_NOT_SENT', job: KEY_DIGESTS, error });
    });
  }

  /** @param plain SHA-256 of an entry, as hex */
  of(plain: string): KeyedHashes {
    return this.keyedHash.candidates(`entry|${plain}`);
  }

  /** Which of these entries are known, under whatever digest; by their plain digest. */
  async known(tx: Tx, plain: readonly string[]): Promise<string[]> {
    const byDigest = new Map<string, string>();
    for (const one of plain) for (const digest of [one, ...this.of(one)]) byDigest.set(digest, one);
    const known = await knownUnreadable(tx, [...byDigest.keys()]);
    return known.flatMap((digest) => byDigest.get(digest) ?? []);
  }

  /** @returns how many digests were plain */
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
