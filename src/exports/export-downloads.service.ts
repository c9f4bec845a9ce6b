import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { CryptoError } from '../crypto/crypto.errors.js';
import { SealedImageStore, storeFaultOf } from '../images/sealed-image-store.service.js';
import { Problem } from '../problem/problem.js';
import { findExport } from './exports.repository.js';
import { deedOf } from './exports.service.js';
import type { Export } from './exports.types.js';
import { FORMATS } from './formats.js';

const STORE_RETRY_SECONDS = 10;

/** A file on its way out. */
export interface Download {
  name: string;
  mediaType: string;
  bytes: number;
  /** One part at a time is read; who stops early leaves nothing open. */
  chunks: AsyncGenerator<Buffer>;
}

/** Gives files of exports away. */
@Injectable()
export class ExportDownloads {
  private readonly log = new Logger('exports');

  constructor(
    private readonly connection: EntityManager,
    private readonly store: SealedImageStore,
    private readonly audit: Audit,
  ) {}

  /**
   * The file of an export that is ready, recorded before its first byte leaves.
   * @throws Problem NOT_FOUND, EXPORT_NOT_READY, INSUFFICIENT_SCOPE, IMAGE_STORE_UNAVAILABLE
   */
  async open(id: string, actor: Actor): Promise<Download> {
    const found = await findExport(this.connection, id);
    if (found === undefined) throw new Problem('NOT_FOUND');
    const { state, errorCode, format, rows, bytes, createdAt } = found;
    if (found.holdsPii && !actor.can('pii:read')) throw insufficientScope('pii:read');
    if (state !== 'ready') throw new Problem('EXPORT_NOT_READY', undefined, { extra: { state, errorCode } });
    const first = found.parts === 0 ? Buffer.alloc(0) : await this.reveal(found, 0);
    const deed = deedOf('export.download', actor.name, found);
    await this.audit.record(null, { ...deed, detail: { ...deed.detail, rows, bytes } });
    const day = createdAt.toISOString().slice(0, 10);
    return {
      name: `applicants-${day}-${id.slice(0, 8)}.${format}`,
      mediaType: FORMATS[format].mediaType,
      bytes,
      chunks: this.chunks(found, first),
    };
  }

  private async *chunks(of: Export, first: Buffer): AsyncGenerator<Buffer> {
    yield first;
    for (let part = 1; part < of.parts; part += 1) yield await this.reveal(of, part);
  }

  private async reveal({ id, attempt }: Export, part: number): Promise<Buffer> {
    if (attempt === null) throw new Error('an export that is ready without its parts');
    try {
      return await this.store.revealPart({ file: attempt, part });
    } catch (cause) {
      const code = cause instanceof CryptoError ? cause.code : storeFaultOf(cause)?.code;
      if (code === undefined) throw cause;
      this.log.error({ code, exportId: id, part }, 'A part of an export cannot be had');
      throw new Problem('IMAGE_STORE_UNAVAILABLE', undefined, {
        cause,
        retryAfterSeconds: STORE_RETRY_SECONDS,
      });
    }
  }
}
