import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import { deleteExpired, deleteLeftover, type Leftover, listLeftovers } from './exports.repository.js';

const LEFTOVERS_AT_ONCE = 20;

/** Removes exports that have expired, and parts in the image store that belong to none. */
@Injectable()
export class ExportRemover {
  private readonly log = new Logger('exports');

  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
    private readonly audit: Audit,
  ) {}

  /** Where the store does not answer, the rest stays for the next time. @returns counts of exports and files */
  async remove(signal: AbortSignal): Promise<{ expired: number; files: number }> {
    const expired = await this.expire();
    let files = 0;
    for (;;) {
      const leftovers = await listLeftovers(this.connection, LEFTOVERS_AT_ONCE);
      for (const leftover of leftovers) {
        if (signal.aborted || !(await this.removeParts(leftover))) return { expired, files };
        files += 1;
      }
      if (leftovers.length < LEFTOVERS_AT_ONCE) return { expired, files };
    }
  }

  private async expire(): Promise<number> {
    return this.connection.transaction(async (tx) => {
      const ids = await deleteExpired(tx);
      const deeds = ids.map((id) => ({ actor: 'system', action: 'export.expire', subject: `export:${id}` }));
      await this.audit.record(tx, ...deeds);
      return ids.length;
    });
  }

  private async removeParts(leftover: Leftover): Promise<boolean> {
    const { attempt, parts } = leftover;
    try {
      for (let part = 0; part < parts; part += 1) await this.store.removePart({ file: attempt, part });
    } catch (error) {
      const fault = storeFaultOf(error);
      if (fault === undefined) throw error;
      this.log.warn({ code: fault.code }, 'Parts of exports cannot be removed');
      return false;
    }
    await deleteLeftover(this.connection, leftover);
    return true;
  }
}
