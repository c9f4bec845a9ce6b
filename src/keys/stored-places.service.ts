import { Injectable } from '@nestjs/common';
import { SealedImageStore } from '../images/sealed-image-store.service.js';
import { ErasureLedger } from '../privacy/ledger.service.js';
import type { Place } from './keys.types.js';
import { ExportFilesPlace, ImagesPlace, LedgerPlace } from './store.places.js';

/** The places outside of the database. */
@Injectable()
export class StoredPlaces {
  readonly all: readonly Place[];

  constructor(store: SealedImageStore, ledger: ErasureLedger) {
    this.all = [new ImagesPlace(store), new ExportFilesPlace(store), new LedgerPlace(store, ledger)];
  }
}
