import { CryptoError } from '../crypto/crypto.errors.js';
import type { Unopened } from '../crypto/crypto.types.js';
import type { Tx } from '../db/tx.js';
import type { ErasureLedger } from '../privacy/ledger.service.js';
import { type SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import type { Batch, Place, Position } from './keys.types.js';
import { countRows } from './sealed-columns.repository.js';
import { readFilesAfter, readImagesAfter } from './stored-files.repository.js';

const FILES_AT_ONCE = 8;

/** What is stored outside the database is counted by the pass over it alone: the database does not know its keys. */
abstract class StorePlace implements Place {
  abstract readonly name: string;

  constructor(protected readonly store: SealedImageStore) {}

  abstract total(tx: Tx): Promise<number>;
  abstract next(tx: Tx, after: Position | null): Promise<Batch>;

  uses(): Promise<number> {
    return Promise.resolve(0);
  }

  /** @throws StoreFault where the store is away: the pass goes on once it is back */
  protected async reseal(rowKey: string, work: () => Promise<boolean>): Promise<boolean | Unopened> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof CryptoError) return { rowKey, keyId: null, code: error.code };
      const fault = storeFaultOf(error);
      if (fault?.code === 'IMAGE_STORE_LOST_IT') return { rowKey, keyId: null, code: fault.code };
      throw error;
    }
  }
}

/** The mirrored images, one file each. */
export class ImagesPlace extends StorePlace {
  readonly name = 'images';

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'image_blobs');
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const images = await readImagesAfter(tx, after?.[0] ?? '', FILES_AT_ONCE);
    const results = await Promise.all(
      images.map((sha256) => this.reseal(sha256, () => this.store.reseal(sha256))),
    );
    return batchOf(results, images.at(-1));
  }
}

/** The ledger of erasures, which lies beside the images. */
export class LedgerPlace extends StorePlace {
  readonly name = 'erasures.ledger';

  constructor(
    store: SealedImageStore,
    private readonly ledger: ErasureLedger,
  ) {
    super(store);
  }

  total(tx: Tx): Promise<number> {
    return this.ledger.length(tx);
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const places = await this.ledger.placesAfter(tx, Number(after?.[0] ?? 0), FILES_AT_ONCE);
    const results = await Promise.all(
      places.map((place) => this.reseal(String(place.part), () => this.store.resealPart(place))),
    );
    return batchOf(results, places.at(-1)?.part.toString());
  }
}

/** The files of exports, in parts. One that is being written is of the first key already. */
export class ExportFilesPlace extends StorePlace {
  readonly name = 'exports';

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'exports');
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const [file] = await readFilesAfter(tx, after?.[0] ?? '00000000-0000-0000-0000-000000000000', 1);
    if (file === undefined) return batchOf([], undefined);
    const { id, attempt, parts } = file;
    const results: (boolean | Unopened)[] = [];
    for (let part = 0; part < parts; part += 1)
      results.push(await this.reseal(`${id} ${part}`, () => this.store.resealPart({ file: attempt, part })));
    return { ...batchOf(results, id), seen: 1 };
  }
}

function batchOf(results: readonly (boolean | Unopened)[], last?: string): Batch {
  return {
    last: last === undefined ? null : [last],
    seen: results.length,
    rewritten: results.filter((result) => result === true).length,
    unopened: results.filter((result) => typeof result === 'object'),
  };
}
