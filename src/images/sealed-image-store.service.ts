import { createHash } from 'node:crypto';
import type { Sealer } from '../crypto/sealer.js';
import type { EnrollImage } from '../enroll-client/enroll-client.types.js';
import { type ImageStore, StoreFault, type StoreFaultReason } from './image-store.js';

/** One part of a file that is too large for one put: the name that its owner gave the file, and the part's number, from 0. */
export interface PartPlace {
  file: string;
  part: number;
}

/** Only an operator can end these. */
const LASTING: ReadonlySet<StoreFaultReason> = new Set(['full', 'read_only', 'refused']);

/**
 * Seals images into the store and reveals them again; and parts of large files of other features. A part is found, and
 * opens, only by the name of its file and its number, so parts cannot change places. Its owner remembers how many there are.
 */
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

  /** Seals a stored image anew, under the first key of the ring. @returns false where it is so already @throws StoreFault, CryptoError */
  async reseal(sha256: string): Promise<boolean> {
    return this.resealAt(sha256, aadOf(sha256));
  }

  /** The same for a part. @throws StoreFault, CryptoError */
  async resealPart(place: PartPlace): Promise<boolean> {
    return this.resealAt(keyOf(place), nameOf(place));
  }

  /** Durable once it resolves. @throws StoreFault */
  async keepPart(place: PartPlace, bytes: Uint8Array): Promise<void> {
    await this.store.put([{ sha256: keyOf(place), sealed: this.sealer.seal(bytes, nameOf(place)) }]);
  }

  /** @throws StoreFault, CryptoError */
  async revealPart(place: PartPlace): Promise<Buffer> {
    return this.sealer.reveal(await this.store.get(keyOf(place)), nameOf(place));
  }

  /** A part that is not there is no fault. @throws StoreFault */
  async removePart(place: PartPlace): Promise<void> {
    await this.store.remove(keyOf(place));
  }

  private async resealAt(key: string, aad: string): Promise<boolean> {
    const sealed = await this.store.get(key);
    if (this.sealer.isCurrent(sealed)) return false;
    await this.store.put([{ sha256: key, sealed: this.sealer.reseal(sealed, aad) }]);
    return true;
  }
}

/** What a fault of the store means to the owner of parts; undefined for every other error. */
export function storeFaultOf(error: unknown): { code: string; lasts: boolean } | undefined {
  if (!(error instanceof StoreFault)) return undefined;
  return { code: error.code, lasts: LASTING.has(error.reason) };
}

/** A sealed image opens only as the image whose hash it is stored under. */
function aadOf(sha256: string): string {
  return `image|${sha256}`;
}

function nameOf({ file, part }: PartPlace): string {
  return `part|${file}|${part}`;
}

function keyOf(place: PartPlace): string {
  return createHash('sha256').update(nameOf(place)).digest('hex');
}
