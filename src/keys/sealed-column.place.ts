import { CryptoError } from '../crypto/crypto.errors.js';
import type { Unopened } from '../crypto/crypto.types.js';
import { keyIdOf, type Sealer } from '../crypto/sealer.js';
import type { Tx } from '../db/tx.js';
import type { SealedColumn } from './inventory.js';
import type { Batch, Place, Position } from './keys.types.js';
import { countRows, countSealedBy, readSealedCells, writeSealedCells } from './sealed-columns.repository.js';

const BATCH_ROWS = 250;
/** By its first bytes, with 12 random ones among them, a sealed value is known again. */
const KNOWN_BY_BYTES = 62;

/** A column of sealed bytes. */
export class SealedColumnPlace implements Place {
  readonly name: string;

  constructor(
    private readonly column: SealedColumn,
    private readonly sealer: Sealer,
  ) {
    this.name = `${column.table}.${column.column}`;
  }

  total(tx: Tx): Promise<number> {
    return countRows(tx, this.column.table);
  }

  uses(tx: Tx, keyId: string): Promise<number> {
    return countSealedBy(tx, this.column.table, this.column.column, keyId);
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const cells = await readSealedCells(tx, this.column, this.sealer.keyId, after, BATCH_ROWS);
    const unopened: Unopened[] = [];
    const resealed = cells.flatMap(({ key, owner, sealed }) => {
      if (sealed === null) return [];
      try {
        const bytes = this.sealer.reseal(sealed, `${this.column.aad}|${owner}`);
        return [{ key, before: sealed.subarray(0, KNOWN_BY_BYTES), sealed: bytes }];
      } catch (error) {
        if (!(error instanceof CryptoError)) throw error;
        unopened.push({ rowKey: key.join(' '), keyId: keyIdOf(sealed), code: error.code });
        return [];
      }
    });
    const rewritten = await writeSealedCells(tx, this.column, resealed);
    return { last: cells.at(-1)?.key ?? null, seen: cells.length, rewritten, unopened };
  }
}
