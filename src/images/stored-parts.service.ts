import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sealer } from '../crypto/sealer.js';
import { StoreFault, type StoreFaultReason } from './image-store.js';
import { SealedImageStore } from './sealed-image-store.js';

/** One part of a file that is too large for one put: its owner's name for the file, and the number of the part, from 0. */
export interface PartPlace {
  file: string;
  part: number;
}

/** What an operator must change before the store takes anything. */
const LASTING: ReadonlySet<StoreFaultReason> = new Set(['full', 'read_only', 'refused']);

/**
 * Files of other features in the image store, as sealed parts. A part is found, and opens, only by the name of its file
 * and its number, so parts cannot change places; how many there are is for the owner to remember.
 */
@Injectable()
export class StoredParts {
  constructor(
    private readonly sealedStore: SealedImageStore,
    private readonly sealer: Sealer,
  ) {}

  /** Durable once it resolves. @throws StoreFault */
  async keep(place: PartPlace, bytes: Uint8Array): Promise<void> {
    await this.sealedStore.store.put([
      { sha256: keyOf(place), sealed: this.sealer.seal(bytes, nameOf(place)) },
    ]);
  }

  /** @throws StoreFault, CryptoError */
  async reveal(place: PartPlace): Promise<Buffer> {
    return this.sealer.reveal(await this.sealedStore.store.get(keyOf(place)), nameOf(place));
  }

  /** Removing what is not there is no fault. @throws StoreFault */
  async remove(place: PartPlace): Promise<void> {
    await this.sealedStore.store.remove(keyOf(place));
  }
}

/** What a fault of the store means to whoever keeps parts; undefined for every other error. */
export function storeFaultOf(error: unknown): { code: string; lasts: boolean } | undefined {
  if (!(error instanceof StoreFault)) return undefined;
  return { code: error.code, lasts: LASTING.has(error.reason) };
}

function nameOf({ file, part }: PartPlace): string {
  return `part|${file}|${part}`;
}

function keyOf(place: PartPlace): string {
  return createHash('sha256').update(nameOf(place)).digest('hex');
}
