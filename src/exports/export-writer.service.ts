import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { SealedImageStore } from '../images/sealed-image-store.service.js';
import { Lease } from '../jobs/lease.js';
import { Metrics } from '../observability/metrics.js';
import { type ExportFile, ExportStream } from './export-stream.service.js';
import { exportVerdict, MAX_ATTEMPTS } from './export-verdict.js';
import {
  claimExport,
  completeExport,
  type Export,
  insertLeftover,
  type Release,
  releaseExport,
  saveProgress,
  type Written,
} from './exports.repository.js';
import { partsOf } from './parts.js';

/** `left`: the process stops and another goes on; `lost`: the export is cancelled, deleted, or another's by now. */
export type WriteEnd = 'ready' | 'failed' | 'waiting' | 'left' | 'lost';

/** One try at an export. */
interface Try {
  export: Export;
  attempt: string;
  /** Once its snapshot is open. */
  file?: ExportFile;
  bytes: number;
  parts: number;
  lease: Lease;
}

/** Writes exports into the image store, one at a time, in sealed parts. */
@Injectable()
export class ExportWriter {
  private readonly log = new Logger('exports');
  private readonly keepDays: number;

  constructor(
    private readonly connection: EntityManager,
    private readonly stream: ExportStream,
    private readonly store: SealedImageStore,
    private readonly metrics: Metrics,
    config: Config,
  ) {
    this.keepDays = config.env.ROLLCALL_EXPORT_DAYS;
  }

  /**
   * Claims the export that has waited longest and writes it. Never throws for what goes wrong with that export.
   * @returns undefined if nothing is due
   */
  async work(signal: AbortSignal): Promise<WriteEnd | undefined> {
    const attempt = randomUUID();
    const claimed = await claimExport(this.connection, attempt);
    if (claimed === undefined) return undefined;
    const lease = new Lease(() => this.saveProgress(current));
    const current: Try = { export: claimed, attempt, bytes: 0, parts: 0, lease };
    const end = await lease.hold(() => this.attempt(current, signal));
    if (end === 'ready' || end === 'failed') this.metrics.exports.add(end);
    return end;
  }

  private async attempt(current: Try, left: AbortSignal): Promise<WriteEnd> {
    const { export: claimed, attempt, lease } = current;
    // all workers before have died without saying why
    if (claimed.attempts > MAX_ATTEMPTS) {
      return this.release(current, { state: 'failed', errorCode: 'WORKER_LOST' });
    }
    try {
      await this.write(current, AbortSignal.any([left, lease.lost]));
      return 'ready';
    } catch (error) {
      if (lease.lost.aborted) {
        // a part may have been stored after the others were removed
        await this.settle(current, insertLeftover(this.connection, { attempt, parts: current.parts }));
        return 'lost';
      }
      if (left.aborted) {
        await this.release(current, { state: 'waiting', errorCode: null });
        return 'left';
      }
      const verdict = exportVerdict(error, claimed.attempts);
      const line = { code: verdict.errorCode, exportId: claimed.id, state: verdict.state };
      if (verdict.errorCode === 'INTERNAL') this.log.error({ ...line, error }, 'An export broke off');
      else this.log.warn(line, 'An export broke off');
      return this.release(current, verdict);
    }
  }

  private async write(current: Try, signal: AbortSignal): Promise<void> {
    const { export: claimed, attempt } = current;
    await this.stream.write(claimed, claimed.createdBy, signal, async (file) => {
      current.file = file;
      for await (const part of partsOf(file.chunks)) {
        signal.throwIfAborted();
        const place = { file: attempt, part: current.parts };
        current.bytes += part.length;
        current.parts += 1;
        // announced before it is stored, so that no part is ever left over
        await this.saveProgress(current);
        await this.store.keepPart(place, part);
      }
    });
    const end = { ...writtenOf(current), keepDays: this.keepDays };
    if (!(await completeExport(this.connection, claimed.id, attempt, end))) throw loss(current);
  }

  private async release(current: Try, release: Release): Promise<Release['state']> {
    const { export: claimed, attempt } = current;
    const held = { id: claimed.id, attempt };
    await this.settle(current, releaseExport(this.connection, held, release, this.keepDays));
    return release.state;
  }

  /** If the database is away too, the lease ends by itself. */
  private async settle({ export: { id } }: Try, statement: Promise<void>): Promise<void> {
    try {
      await statement;
    } catch (error) {
      this.log.warn({ code: 'EXPORT_NOT_RELEASED', exportId: id, error });
    }
  }

  private async saveProgress(current: Try): Promise<void> {
    const { export: claimed, attempt, file } = current;
    const progress = { ...writtenOf(current), rowsTotal: file?.rowsTotal ?? null };
    if (!(await saveProgress(this.connection, claimed.id, attempt, progress))) throw loss(current);
  }
}

function writtenOf({ file, bytes, parts }: Try): Written {
  return { rows: file?.rows ?? 0, bytes, parts };
}

/** Gives up a try whose export is not ours any more. */
function loss({ lease }: Try): Error {
  const error = new Error('the export is cancelled, deleted, or another process has taken it over');
  lease.giveUp(error);
  return error;
}
