import type { Sealer } from '../crypto/sealer.js';
import type { EnrollImage } from '../enroll-client/enroll-client.types.js';
import type { ImageStore } from './image-store.js';

/** A sealed image opens only as the image whose hash it is stored under. */
function aadOf(sha256: string): string {
  return `image|${sha256}`;
}

/** Seals images into the store and reveals them again. */
export class SealedImageStore {
  constructor(
    readonly store: ImageStore,
    private readonly sealer: Sealer,
  ) {}

  /** Durable once it resolves. @returns the sealed sizes by hash. @throws StoreFault, for all of them */
  async keep(images: readonly EnrollImage[]): Promise<Map<string, number>> {
    const sealed = images.map(({ sha256, bytes }) => ({
      sha256,
      sealed: this.sealer.seal(bytes, aadOf(sha256)),
    }));
    await this.store.put(sealed);
    return new Map(sealed.map((one) => [one.sha256, one.sealed.length]));
  }

  /**
   * The image, whole: not a byte may leave before the seal over all of them is checked, so it is not streamed.
   * @throws StoreFault, CryptoError
   */
  async reveal(sha256: string): Promise<Buffer> {
    return this.sealer.reveal(await this.store.get(sha256), aadOf(sha256));
  }
}
