import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.js';
import { type ImageStore, StoreFault } from './image-store.js';
import { openStore } from './open-store.js';

/** The configured store, to be tried by what it does before anybody depends on it. */
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
   * Puts, reads and removes a few bytes that nobody looks for, and closes the store.
   * @returns what went wrong, by its stable code; undefined where nothing did
   */
  async run(): Promise<string | undefined> {
    const { store } = this;
    const sha256 = randomBytes(32).toString('hex');
    const sealed = randomBytes(32);
    try {
      await store.put([{ sha256, sealed }]);
      const found = await store.get(sha256).finally(() => store.remove(sha256));
      return found.equals(sealed) ? undefined : 'what was put is not what is read';
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      return error.code;
    } finally {
      store.close();
    }
  }
}
