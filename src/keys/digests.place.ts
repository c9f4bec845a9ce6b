import type { Tx } from '../db/tx.js';
import type { EntryDigests } from '../reconciliation/entry-digests.service.js';
import type { Batch, Place, Position } from './keys.types.js';
import { countRows } from './sealed-columns.repository.js';

/** Digests of entries of eNROLL that nobody can use. A digest does not tell its key: the pass over all of them does. */
export class DigestsPlace implements Place {
  readonly name = 'reconciliation_unreadable';

  constructor(private readonly digests: EntryDigests) {}

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'reconciliation_unreadable');
  }

  uses(): Promise<number> {
    return Promise.resolve(0);
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const { last, ...batch } = await this.digests.rekey(tx, after?.[0] ?? '');
    return { ...batch, last: last === null ? null : [last], unopened: [] };
  }
}
