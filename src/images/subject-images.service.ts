import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { CryptoError } from '../crypto/crypto.errors.js';
import { listImages } from './images.repository.js';
import { SealedImageStore, storeFaultOf } from './sealed-image-store.service.js';

/** One stored image of a person. */
export interface SubjectImage {
  field: string;
  version: number;
  mediaType: string;
  sha256: string;
}

/** All images of a person, of all versions. The caller checks who may see them, and records it. */
@Injectable()
export class SubjectImages {
  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
  ) {}

  async of(applicantId: string): Promise<SubjectImage[]> {
    const rows = await listImages(this.connection, applicantId);
    return rows.flatMap(({ field, version, mediaType, sha256 }) =>
      sha256 === null || mediaType === null ? [] : [{ field, version, mediaType, sha256 }],
    );
  }

  /** @returns null where the store does not give it */
  async open({ sha256 }: SubjectImage): Promise<Buffer | null> {
    try {
      return await this.store.reveal(sha256);
    } catch (error) {
      if (storeFaultOf(error) !== undefined || error instanceof CryptoError) return null;
      throw error;
    }
  }
}
