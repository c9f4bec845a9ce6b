import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { Config, ConfigError } from '../config/config.js';
import { StoreFault } from './image-store.js';
import { listBlobs } from './mirror.repository.js';
import { holdMark, readMark, setMarked } from './store-mark.repository.js';
import { Vault } from './vault.js';

const KNOWN_IMAGES = 5;
const MARK = Buffer.from('Rollcall: the image store of one installation\n');

/**
 * Whether the store is the one that the database means. The first server to start puts a mark into it, under an id that is
 * made once and kept in the database; who starts later must find it. So a folder that replicas do not share, that is not
 * mounted, or that a dump was restored without, is noticed at boot and not image by image.
 */
@Injectable()
export class StoreMark {
  private readonly log = new Logger('images');

  constructor(
    private readonly connection: EntityManager,
    private readonly vault: Vault,
    private readonly config: Config,
    private readonly audit: Audit,
  ) {}

  /**
   * A store that does not answer, or takes no mark, is no other store: that is told, and callbacks are taken all the same.
   * @throws ConfigError naming the setting, where the mark is missing
   */
  async check(): Promise<void> {
    try {
      const { sha256, markedAt } = await this.connection.transaction(async (tx) => {
        const row = await holdMark(tx);
        if (row.markedAt !== null) return row;
        await this.put(row.sha256);
        await setMarked(tx);
        return row;
      });
      if (markedAt !== null && !(await this.has(sha256))) throw this.fault(markedAt);
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      this.log.warn({ code: error.code }, 'Whether the image store is the right one could not be seen');
    }
  }

  /** Whether a store has it no more. @throws StoreFault */
  async isLost(): Promise<boolean> {
    const { sha256, markedAt } = await readMark(this.connection);
    return markedAt !== null && !(await this.has(sha256));
  }

  /** Takes the configured store for this installation's from now on. @throws StoreFault */
  async adopt(by: string): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const { sha256 } = await holdMark(tx);
      await this.put(sha256);
      await setMarked(tx);
      await this.audit.record(tx, { actor: by, action: 'images.adopt', subject: 'images', detail: {} });
    });
  }

  private put(sha256: string): Promise<void> {
    return this.vault.store.put([{ sha256, sealed: MARK }]);
  }

  private async has(sha256: string): Promise<boolean> {
    try {
      return await this.vault.store.has(sha256);
    } catch (error) {
      // without s3:ListBucket a missing object is refused like one that may not be read
      if (error instanceof StoreFault && error.reason === 'refused' && (await this.reads())) return false;
      throw error;
    }
  }

  /** Whether what is put can be read. */
  private async reads(): Promise<boolean> {
    const { store } = this.vault;
    const sha256 = randomBytes(32).toString('hex');
    try {
      await this.put(sha256);
      return await store.has(sha256).finally(() => store.remove(sha256));
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
          `${place} is not the image store of this database: the mark of ${markedAt.toISOString()} is not there. ` +
          `Either ${remedy}; or, where it was emptied or left behind on purpose, run \`rollcall images adopt\``,
      },
    ]);
  }
}

/** Some that should be in the store, for one that must tell what is missing from what may not be read. */
export async function knownObjects(connection: EntityManager): Promise<string[]> {
  const { sha256, markedAt } = await readMark(connection);
  const images = await listBlobs(connection, null, KNOWN_IMAGES);
  return markedAt === null ? images : [sha256, ...images];
}
