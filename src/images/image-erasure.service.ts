import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { clearImages, holdBack, isFetching, isNoted } from './image-erasure.repository.js';
import { holdTotals } from './mirror.repository.js';
import { ReplacedImages } from './replaced-images.service.js';

/** Some image of theirs is being fetched: it would be stored after the others were removed. */
class ImageUnderWay extends Error {
  readonly code = 'IMAGE_UNDER_WAY';
}

/** The store has not removed all that it was to remove; what is left is noted. */
class ImagesLeft extends Error {
  readonly code = 'IMAGE_STORE_UNAVAILABLE';
}

/** Removes the images of people from the database and the store. */
@Injectable()
export class ImageErasure {
  constructor(
    private readonly connection: EntityManager,
    private readonly replaced: ReplacedImages,
  ) {}

  /**
   * Forgets their images, and removes the bytes that nobody else shows, with those that newer ones replaced. Once more finds
   * nothing left.
   * @returns how many images it forgot
   * @throws ImageUnderWay, ImagesLeft
   */
  async erase(applicantIds: readonly string[], signal: AbortSignal): Promise<number> {
    await holdBack(this.connection, applicantIds);
    if (await isFetching(this.connection, applicantIds)) throw new ImageUnderWay('an image is being fetched');
    const cleared = await this.connection.transaction(async (tx) => {
      await holdTotals(tx);
      return clearImages(tx, applicantIds);
    });
    await this.replaced.remove(signal, 0);
    if (await isNoted(this.connection)) throw new ImagesLeft('images are still to be removed from the store');
    return cleared;
  }
}
