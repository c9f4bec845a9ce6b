import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.js';
import { type ImageStore, StoreFault } from './image-store.js';
import { openStore } from './open-store.js';

export const CANNOT_LIST = 'IMAGE_STORE_CANNOT_LIST';

/** Tries the configured store before anybody depends on it. */
export class StoreTrial {
  constructor(private readonly store: ImageStore) {}

  /** @throws ConfigError naming ROLLCALL_IMAGE_STORE */
  static async of(config: Config): Promise<StoreTrial> {
    return new StoreTrial(await openStore(config));
  }

  get kind(): ImageStore['kind'] {
    return this.store.kind;
  }

  /**
   * Puts, reads and removes a few random bytes, and closes the store.
   * @returns the stable code of what went wrong; undefined if nothing did. CANNOT_LIST: all went well, but the store answers
   * for a missing object as for one that may not be read.
   */
  async run(): Promise<string | undefined> {
    const { store } = this;
    const sha256 = randomBytes(32).toString('hex');
    const sealed = randomBytes(32);
    try {
      await store.put([{ sha256, sealed }]);
      const found = await store.get(sha256).finally(() => store.remove(sha256));
      if (!found.equals(sealed)) return 'the bytes read are not those that were put';
      return await store.has(sha256).then(() => undefined, whenMissing);
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      return error.code;
    } finally {
      store.close();
    }
  }
}

function whenMissing(error: unknown): string {
  if (error instanceof StoreFault && error.reason === 'refused') return CANNOT_LIST;
  throw error;
}
