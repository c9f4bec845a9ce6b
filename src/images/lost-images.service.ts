import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { CryptoError } from '../crypto/crypto.errors.js';
import { STORE_FAULT_CODES, type StoreFault } from './image-store.js';
import { holdTotals, listBlobs, wantLost } from './mirror.repository.js';
import { ImageMirror } from './mirror.service.js';
import { StoreMark } from './store-mark.service.js';
import { SealedImageStore } from './sealed-image-store.service.js';

/** How many other images are looked for before one is called lost. */
const NEIGHBOURS = 5;
const LOOKED_FOR_AT_ONCE = 16;
const GONE = STORE_FAULT_CODES.absent;

/** What a look through the whole store found. */
export interface StoreCheck {
  stored: number;
  lost: number;
  /** Images that are fetched again. */
  wanted: number;
}

/** Stored images that the store does not have any more, or whose bytes do not open. */
@Injectable()
export class LostImages {
  private readonly log = new Logger('images');

  constructor(
    private readonly connection: EntityManager,
    private readonly sealedStore: SealedImageStore,
    private readonly mirror: ImageMirror,
    private readonly audit: Audit,
    private readonly mark: StoreMark,
  ) {}

  /**
   * A reading met such bytes: the images that show them are fetched again. Not if other images are gone as well: then the
   * store itself is away, perhaps a folder that is not mounted, and what it holds is not lost.
   */
  async report(sha256: string, { code }: StoreFault | CryptoError): Promise<void> {
    if (code === 'UNSEAL_FAILED' || (code === GONE && (await this.othersAreThere(sha256)))) {
      await this.wantAgain(sha256, code);
    }
  }

  /**
   * Looks for every stored image, without opening it, and for the mark of the store, which counts as a lost image if it is
   * missing.
   * @param repairBy who wants missing images fetched again; null: only look
   * @throws StoreFault where the store does not answer
   */
  async verify(repairBy: string | null, onStep: (check: StoreCheck) => void): Promise<StoreCheck> {
    const check = { stored: 0, lost: 0, wanted: 0 };
    if (await this.mark.isLost()) {
      check.lost += 1;
      if (repairBy !== null) await this.mark.adopt(repairBy);
    }
    for (let after: string | null = null; ;) {
      const page: string[] = await listBlobs(this.connection, after, LOOKED_FOR_AT_ONCE);
      const found = await Promise.all(page.map((sha256) => this.sealedStore.store.has(sha256)));
      const lost = page.filter((_, at) => found[at] === false);
      for (const sha256 of repairBy === null ? [] : lost) check.wanted += await this.wantAgain(sha256, GONE);
      check.stored += page.length;
      check.lost += lost.length;
      onStep({ ...check });
      after = page.at(-1) ?? null;
      if (after === null) break;
    }
    if (repairBy !== null) {
      await this.audit.record(null, {
        actor: repairBy,
        action: 'images.repair',
        subject: 'images',
        detail: { ...check },
      });
    }
    return check;
  }

  private async othersAreThere(sha256: string): Promise<boolean> {
    const behind = await listBlobs(this.connection, sha256, NEIGHBOURS);
    const others = behind.length > 0 ? behind : await listBlobs(this.connection, null, NEIGHBOURS);
    const alone = others.every((other) => other === sha256);
    if (alone) return true;
    for (const other of others) if (await this.sealedStore.store.has(other).catch(() => false)) return true;
    this.log.error({ code: 'IMAGE_STORE_AWAY' }, 'The image store has none of the images it should have');
    return false;
  }

  /** Several reports at once have the effect of one. @returns how many images are fetched again */
  private async wantAgain(sha256: string, code: string): Promise<number> {
    const images = await this.connection.transaction(async (tx) => {
      await holdTotals(tx);
      return wantLost(tx, sha256, code);
    });
    if (images > 0) {
      this.log.error(
        { event: 'image_lost', code, sha256, images },
        'A stored image is lost and will be fetched again',
      );
      this.mirror.wake();
    }
    return images;
  }
}
