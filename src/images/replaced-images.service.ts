import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Jobs } from '../jobs/jobs.service.js';
import { StoreFault } from './image-store.js';
import { holdTotals } from './mirror.repository.js';
import type { Tx } from '../db/tx.js';
import {
  clearFetched,
  dropReplaced,
  forgetUnshown,
  holdReplaced,
  holdStored,
  nextReplaced,
} from './replaced-images.repository.js';
import { SealedImageStore } from './sealed-image-store.service.js';
import { StoreMark } from './store-mark.service.js';

const REMOVE_REPLACED = 'images.remove-replaced';
/** A process that found these bytes in the store just before they were replaced has written down by then that it shows them. */
const AFTER_SECONDS = 600;

/**
 * Removes the former bytes of images that were fetched again and changed, unless the same bytes are shown elsewhere:
 * noted (with the new image, in one commit) → forgotten by `image_blobs` → removed from the store → note removed.
 * If a process ends in between, the next one goes on. If the same bytes are fetched meanwhile, the note is removed.
 */
@Injectable()
export class ReplacedImages {
  private readonly log = new Logger('images');

  constructor(
    private readonly connection: EntityManager,
    private readonly sealedStore: SealedImageStore,
    private readonly mark: StoreMark,
    jobs: Jobs,
  ) {
    jobs.work(REMOVE_REPLACED, { policy: 'exclusive' }, async (_, { signal }) => ({
      removed: await this.remove(signal),
    }));
    jobs.schedule(REMOVE_REPLACED, '*/10 * * * *');
  }

  /** If the store does not answer, the rest is left for the next time. @returns how many it removed */
  async remove(signal: AbortSignal, olderThanSeconds = AFTER_SECONDS): Promise<number> {
    let removed = 0;
    let sha256: string | undefined = '';
    while (!signal.aborted) {
      sha256 = await nextReplaced(this.connection, sha256, olderThanSeconds);
      if (sha256 === undefined) break;
      try {
        if (removed === 0) await this.mark.requirePresent();
        if (await this.removeOne(sha256)) removed += 1;
      } catch (error) {
        if (!(error instanceof StoreFault)) throw error;
        this.log.warn({ code: error.code }, 'Replaced images stay in the store for now');
        break;
      }
    }
    return removed;
  }

  /**
   * Clears images that were fetched before that time, none of these applicants, and notes their bytes: the job removes them. A
   * cleared image shows no other in its place. @returns how many, at most `limit`
   */
  async clear(tx: Tx, before: Date, but: readonly string[], limit: number): Promise<number> {
    await holdTotals(tx);
    return clearFetched(tx, before, but, limit);
  }

  /** Those of these bytes that nobody removes until `tx` ends: whoever seals others anew would bring them back. */
  async hold(tx: Tx, sha256s: readonly string[]): Promise<string[]> {
    return holdStored(tx, sha256s);
  }

  /** In two commits: the database must forget the bytes before the store loses them. */
  private async removeOne(sha256: string): Promise<boolean> {
    await this.connection.transaction(async (tx) => {
      if ((await holdReplaced(tx, sha256)) === undefined) return;
      await holdTotals(tx);
      await forgetUnshown(tx, sha256);
    });
    return this.connection.transaction(async (tx) => {
      const held = await holdReplaced(tx, sha256);
      if (held === undefined) return false;
      if (held.isForgotten) await this.sealedStore.store.remove(sha256);
      await dropReplaced(tx, sha256);
      return held.isForgotten;
    });
  }
}
