import type { Sealer } from '../crypto/sealer.js';
import type { EnrollImage } from '../enroll-client/enroll-client.types.js';
import type { ImageStore } from './image-store.js';
import type { StoredBlob } from './mirror.repository.js';

/** A sealed image opens only as the image whose hash it is stored under. */
function aadOf(sha256: string): string {
  return `image|${sha256}`;
}

/** Seals images into the store and reveals them again. */
export class Vault {
  constructor(
    readonly store: ImageStore,
    private readonly sealer: Sealer,
  ) {}

  /** Durable once it resolves. @throws StoreFault */
  async keep(image: EnrollImage, mediaType: string): Promise<StoredBlob> {
    const sealed = this.sealer.seal(image.bytes, aadOf(image.sha256));
    await this.store.put(image.sha256, sealed);
    return {
      sha256: image.sha256,
      mediaType,
      bytes: image.bytes.length,
      sealedBytes: sealed.length,
    };
  }

  /**
   * The image, whole: not a byte may leave before the seal over all of them is checked, so it is not streamed.
   * @throws StoreFault, CryptoError
   */
  async reveal(sha256: string): Promise<Buffer> {
    return this.sealer.reveal(await this.store.get(sha256), aadOf(sha256));
  }
}
