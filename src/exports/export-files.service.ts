import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { CryptoError } from '../crypto/crypto.errors.js';
import type { Tx } from '../db/tx.js';
import { SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import { StoreMark } from '../images/store-mark.service.js';
import { Problem } from '../problem/problem.js';
import {
  deleteExpired,
  deleteLeftover,
  type Export,
  findExport,
  leaveUnlessKept,
  type Leftover,
  listLeftovers,
} from './exports.repository.js';
import { deedOf } from './exports.service.js';
import { FORMATS } from './formats.js';

const STORE_RETRY_SECONDS = 10;
const LEFTOVERS_AT_ONCE = 20;

/** A file for a caller. */
export interface Download {
  name: string;
  mediaType: string;
  bytes: number;
  /** Reads one part at a time. A caller that stops early leaves nothing open. */
  chunks: AsyncGenerator<Buffer>;
}

/** Gives the files of exports to callers, and removes from the image store what belongs to no export any more. */
@Injectable()
export class ExportFiles {
  private readonly log = new Logger('exports');

  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
    private readonly mark: StoreMark,
    private readonly audit: Audit,
  ) {}

  /**
   * The file of an export that is ready. The download is recorded before its first byte leaves.
   * @param again who calls, asked before each further part: a download lasts as long as the caller likes
   * @throws Problem NOT_FOUND, EXPORT_NOT_READY, INSUFFICIENT_SCOPE, IMAGE_STORE_UNAVAILABLE
   */
  async open(id: string, actor: Actor, again: () => Promise<Actor>): Promise<Download> {
    const found = await findExport(this.connection, id);
    if (found === undefined) throw new Problem('NOT_FOUND');
    const { state, errorCode, format, rows, bytes, createdAt } = found;
    requireRightsTo(found, actor);
    if (state !== 'ready') throw new Problem('EXPORT_NOT_READY', undefined, { extra: { state, errorCode } });
    const first = found.parts === 0 ? Buffer.alloc(0) : await this.reveal(found, 0);
    const deed = deedOf('export.download', actor.name, found);
    await this.audit.record(null, { ...deed, detail: { ...deed.detail, rows, bytes } });
    const day = createdAt.toISOString().slice(0, 10);
    return {
      name: `applicants-${day}-${id.slice(0, 8)}.${format}`,
      mediaType: FORMATS[format].mediaType,
      bytes,
      chunks: this.chunks(found, first, again),
    };
  }

  /** If the store does not answer, the rest is left for the next time. @returns counts of exports and files */
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

  /** What was sealed anew of a file that was withdrawn meanwhile is removed like the rest of it. */
  async leaveUnlessKept(tx: Tx, id: string, leftover: Leftover): Promise<void> {
    await leaveUnlessKept(tx, id, leftover);
  }

  private async expire(): Promise<number> {
    return this.connection.transaction(async (tx) => {
      const ids = await deleteExpired(tx);
      const deed = { actor: 'system', action: 'export.expire' } as const;
      await this.audit.record(tx, ...ids.map((id) => ({ ...deed, subject: `export:${id}` })));
      return ids.length;
    });
  }

  private async removeParts(leftover: Leftover): Promise<boolean> {
    const { attempt, parts } = leftover;
    try {
      await this.mark.requirePresent();
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

  private async *chunks(of: Export, first: Buffer, again: () => Promise<Actor>): AsyncGenerator<Buffer> {
    yield first;
    for (let part = 1; part < of.parts; part += 1) {
      requireRightsTo(of, await again());
      yield await this.reveal(of, part);
    }
  }

  private async reveal({ id, attempt }: Export, part: number): Promise<Buffer> {
    if (attempt === null) throw new Error('an export that is ready without its parts');
    try {
      return await this.store.revealPart({ file: attempt, part });
    } catch (cause) {
      const code = cause instanceof CryptoError ? cause.code : storeFaultOf(cause)?.code;
      if (code === undefined) throw cause;
      this.log.error({ code, exportId: id, part }, 'A part of an export cannot be read');
      throw new Problem('IMAGE_STORE_UNAVAILABLE', undefined, {
        cause,
        retryAfterSeconds: STORE_RETRY_SECONDS,
      });
    }
  }
}

/** @throws Problem INSUFFICIENT_SCOPE */
function requireRightsTo({ holdsPii }: Export, actor: Actor): void {
  if (holdsPii && !actor.can('pii:read')) throw insufficientScope('pii:read');
}
