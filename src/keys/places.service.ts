import { Injectable } from '@nestjs/common';
import { RowKeys } from '../applicants/row-keys.service.js';
import { Sealer } from '../crypto/sealer.js';
import { ReceivedElements } from '../inbox/received-elements.service.js';
import { EntryDigests } from '../reconciliation/entry-digests.service.js';
import { SEALED_COLUMNS } from './inventory.js';
import type { Place } from './keys.types.js';
import { DigestsPlace } from './digests.place.js';
import { ApplicantsPlace, VersionsPlace } from './row.places.js';
import { SealedColumnPlace } from './sealed-column.place.js';
import { StoredPlaces } from './stored-places.service.js';

/** All places that go over to another key. */
@Injectable()
export class Places {
  readonly all: readonly Place[];

  constructor(
    sealer: Sealer,
    rows: RowKeys,
    received: ReceivedElements,
    stored: StoredPlaces,
    digests: EntryDigests,
  ) {
    this.all = [
      new ApplicantsPlace(rows, received),
      new VersionsPlace(rows),
      ...stored.all,
      new DigestsPlace(digests),
      ...SEALED_COLUMNS.map((column) => new SealedColumnPlace(column, sealer)),
    ];
  }

  named(name: string): Place {
    const place = this.all.find((one) => one.name === name);
    if (place === undefined) throw new Error(`no place is named ${name}`);
    return place;
  }
}
