import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Config, ConfigError } from '../config/config.js';
import { within } from '../observability/within.js';
import { StoreFault } from './image-store.js';
import { listBlobs } from './mirror.repository.js';
import { markOf, type MarkRow, readMark, setFirstMark, setMark } from './store-mark.repository.js';
import { SealedImageStore } from './sealed-image-store.service.js';

const KNOWN_IMAGES = 5;
/** How long the start waits for a store. */
const CHECK_WITHIN_MS = 3_000;
const MARK = Buffer.from('Rollcall: the image store of one installation\n');

class StoreSlowError extends Error {}

/**
 * Checks that the configured store belongs to the database. The first server to start puts a mark into it, under an id that
 * the database keeps; every server that starts later must find it. So a folder that replicas do not share, that is not
 * mounted, or that was not restored with the dump, is noticed at boot and not image by image.
 */
@Injectable()
export class StoreMark {
  private readonly log = new Logger('images');

  constructor(
    private readonly connection: EntityManager,
    private readonly sealedStore: SealedImageStore,
    private readonly config: Config,
    private readonly audit: Audit,
  ) {}

  /**
   * If the store takes no mark or does not answer, it is not necessarily a wrong one: that is logged, and callbacks are taken
   * all the same. Nor does the start wait for a slow store: its result is logged once it is known.
   * @throws ConfigError naming the setting, if the mark is missing
   */
  async check(withinMs = CHECK_WITHIN_MS): Promise<void> {
    const looking = this.look();
    try {
      await within(withinMs, looking, new StoreSlowError());
    } catch (error) {
      if (error instanceof StoreSlowError) void this.tellLater(looking);
      else if (!(error instanceof StoreFault)) throw error;
      else this.unseen(error.code);
    }
  }

  /** Whether the store has lost its mark. @throws StoreFault */
  async isLost(): Promise<boolean> {
    const { storeId, markedAt } = await readMark(this.connection);
    return markedAt !== null && !(await this.has(storeId));
  }

  /**
   * Before anything is removed: from a folder that is not mounted nothing is, and it would come back with the folder.
   * @throws StoreFault where the mark is missing, or the store does not answer
   */
  async requirePresent(): Promise<void> {
    if (await this.isLost()) throw new StoreFault('unreachable', new Error('The store has not its mark'));
  }

  /** Makes the configured store that of this installation. @throws StoreFault */
  async adopt(by: string): Promise<void> {
    const { storeId } = await readMark(this.connection);
    await this.put(storeId);
    await this.connection.transaction(async (tx) => {
      await setMark(tx, storeId);
      await this.audit.record(tx, { actor: by, action: 'images.adopt', subject: 'images', detail: {} });
    });
  }

  private async look(): Promise<void> {
    const { storeId, markedAt } = await this.ensure();
    if (markedAt !== null && !(await this.has(storeId))) throw this.fault(markedAt);
  }

  /**
   * Replicas that start at once each put a mark of their own into their store, and the database takes one of them: the others
   * must find that one in theirs. So nothing is locked while a store is asked.
   */
  private async ensure(): Promise<MarkRow> {
    const known = await readMark(this.connection);
    if (known.markedAt !== null) return known;
    const own = randomUUID();
    await this.put(own);
    if (await setFirstMark(this.connection, own)) return { storeId: own, markedAt: null };
    await this.sealedStore.store.remove(markOf(own)).catch(() => undefined);
    return readMark(this.connection);
  }

  /** The server is running by now, so a wrong store is only logged as an error; it ends the next boot. */
  private async tellLater(looking: Promise<void>): Promise<void> {
    this.unseen('STORE_SLOW');
    try {
      await looking;
    } catch (error) {
      if (error instanceof StoreFault) this.unseen(error.code);
      else if (error instanceof ConfigError) this.log.error({ code: 'STORE_NOT_OURS' }, error.message);
      else this.log.error({ err: error }, 'The image store could not be checked');
    }
  }

  private unseen(code: string): void {
    this.log.warn({ code }, 'Whether the image store is the right one could not be checked');
  }

  private put(storeId: string): Promise<void> {
    return this.sealedStore.store.put([{ sha256: markOf(storeId), sealed: MARK }]);
  }

  private async has(storeId: string): Promise<boolean> {
    try {
      return await this.sealedStore.store.has(markOf(storeId));
    } catch (error) {
      // without s3:ListBucket a missing object is refused like one that may not be read
      if (error instanceof StoreFault && error.reason === 'refused' && (await this.reads())) return false;
      throw error;
    }
  }

  /** Whether an object that was just put can be read. */
  private async reads(): Promise<boolean> {
    const { store } = this.sealedStore;
    const trial = randomUUID();
    try {
      await this.put(trial);
      return await store.has(markOf(trial)).finally(() => store.remove(markOf(trial)));
    } catch {
      return false;
    }
  }

  private fault(markedAt: Date): ConfigError {
    const { env, imageDir } = this.config;
    const isDisk = env.ROLLCALL_IMAGE_STORE === 'disk';
    const place = isDisk ? imageDir : env.ROLLCALL_IMAGE_STORE.replace(/\?.*/, '');
    const remedy = isDisk
      ? 'share one folder among all replicas, or mount it'
      : 'name the one bucket and prefix';
    return new ConfigError([
      {
        name: isDisk ? 'ROLLCALL_IMAGE_DIR' : 'ROLLCALL_IMAGE_STORE',
        message:
          `${place} is not the image store of this database: its mark of ${markedAt.toISOString()} is missing. ` +
          `Either ${remedy}; or, if it was emptied or left behind on purpose, run \`rollcall images adopt\``,
      },
    ]);
  }
}

/** Keys of some objects that should be in the store, by which S3 can tell a missing object from one that may not be read. */
export async function knownObjects(connection: EntityManager): Promise<string[]> {
  const { storeId, markedAt } = await readMark(connection);
  const images = await listBlobs(connection, null, KNOWN_IMAGES);
  return markedAt === null ? images : [markOf(storeId), ...images];
}
