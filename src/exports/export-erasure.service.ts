import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { withdrawExports } from './export-erasure.repository.js';
import { ExportFiles } from './export-files.service.js';
import { listLeftovers } from './exports.repository.js';
import { Exports } from './exports.service.js';

/** The store has not removed all parts that it was to remove; what is left is noted. */
class PartsLeft extends Error {
  readonly code = 'IMAGE_STORE_UNAVAILABLE';
}

/** Withdraws the files that may show somebody who is erased. */
@Injectable()
export class ExportErasure {
  constructor(
    private readonly connection: EntityManager,
    private readonly files: ExportFiles,
    private readonly exports: Exports,
  ) {}

  /**
   * Which people a file shows is not known, so all go that were begun before the people were restricted: their filter may have let
   * them in. Files live for days, and whoever needs one asks again. One that is being written begins anew. Once more finds nothing.
   * @returns how many files it withdrew
   * @throws PartsLeft
   */
  async withdraw(since: Date, restrictedAt: Date, signal: AbortSignal): Promise<number> {
    const withdrawn = await withdrawExports(this.connection, since, restrictedAt);
    if (withdrawn > 0) this.exports.wake();
    await this.files.remove(signal);
    if ((await listLeftovers(this.connection, 1)).length > 0)
      throw new PartsLeft('parts of exports are still in the store');
    return withdrawn;
  }
}
