import { Injectable } from '@nestjs/common';
import { ExportFiles } from '../exports/export-files.service.js';
import { ReplacedImages } from '../images/replaced-images.service.js';
import { SealedImageStore } from '../images/sealed-image-store.service.js';
import { HoldLedger } from '../privacy/hold-ledger.service.js';
import { ErasureLedger } from '../privacy/ledger.service.js';
import type { Place } from './keys.types.js';
import { ExportFilesPlace, ImagesPlace, LedgerPlace } from './store.places.js';

/** The places outside of the database. */
@Injectable()
export class StoredPlaces {
  readonly all: readonly Place[];

  constructor(
    store: SealedImageStore,
    replaced: ReplacedImages,
    files: ExportFiles,
    erasures: ErasureLedger,
    holds: HoldLedger,
  ) {
    this.all = [
      new ImagesPlace(store, replaced),
      new ExportFilesPlace(store, files),
      new LedgerPlace('erasures.ledger', store, erasures),
      new LedgerPlace('holds.ledger', store, holds),
    ];
  }
}
