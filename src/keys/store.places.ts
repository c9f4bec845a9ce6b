import { CryptoError } from '../crypto/crypto.errors.js';
import type { Unopened } from '../crypto/crypto.types.js';
import type { Tx } from '../db/tx.js';
import type { ExportFiles } from '../exports/export-files.service.js';
import type { ReplacedImages } from '../images/replaced-images.service.js';
import { type PartPlace, type SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import type { Batch, Place, Position } from './keys.types.js';
import { countRows } from './sealed-columns.repository.js';
import { readFileAfter, readImagesAfter } from './stored-files.repository.js';

const FILES_AT_ONCE = 8;
/** Of 4 MB each: a transaction that waits longer than ten seconds for the store is ended by Postgres. */
const PARTS_AT_ONCE = 4;
const NO_FILE = '00000000-0000-0000-0000-000000000000';

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

  constructor(
    store: SealedImageStore,
    private readonly replaced: ReplacedImages,
  ) {
    super(store);
  }

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'image_blobs');
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const images = await readImagesAfter(tx, after?.[0] ?? '', FILES_AT_ONCE);
    const held = await this.replaced.hold(tx, images);
    const results = await Promise.all(
      held.map((sha256) => this.reseal(sha256, () => this.store.reseal(sha256))),
    );
    return { ...batchOf(results, images.at(-1)), seen: images.length };
  }
}

/** Numbered entries beside the images. */
interface Ledger {
  length(tx: Tx): Promise<number>;
  placesAfter(tx: Tx, part: number, limit: number): Promise<PartPlace[]>;
}

/** A ledger of erasures or holds, which lies beside the images. */
export class LedgerPlace extends StorePlace {
  constructor(
    readonly name: 'erasures.ledger' | 'holds.ledger',
    store: SealedImageStore,
    private readonly ledger: Ledger,
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

/** The files of exports, some parts at a time. One that is being written is of the first key already. */
export class ExportFilesPlace extends StorePlace {
  readonly name = 'exports';

  constructor(
    store: SealedImageStore,
    private readonly files: ExportFiles,
  ) {
    super(store);
  }

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'exports');
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const [before = NO_FILE, done = '0'] = after ?? [];
    const file = await readFileAfter(tx, before, Number(done));
    if (file === undefined) return batchOf([], undefined);
    const { id, attempt, parts } = file;
    const from = id === before ? Number(done) : 0;
    const to = Math.min(parts, from + PARTS_AT_ONCE);
    const results: (boolean | Unopened)[] = [];
    for (let part = from; part < to; part += 1)
      results.push(await this.reseal(`${id} ${part}`, () => this.store.resealPart({ file: attempt, part })));
    await this.files.leaveUnlessKept(tx, id, { attempt, parts });
    return { ...batchOf(results), last: [id, String(to)], seen: to < parts ? 0 : 1 };
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
