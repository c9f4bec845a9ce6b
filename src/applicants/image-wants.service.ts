import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { CryptoError } from '../crypto/crypto.errors.js';
import { Sealer } from '../crypto/sealer.js';
import type { Content } from '../enroll-contract/types.js';
import { IMAGE_FIELDS, type NamedImage } from '../images/images.types.js';
import { ImageMirror } from '../images/mirror.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { openContent } from './content.js';
import {
  hasUnseenChanges,
  lockWantsCursor,
  moveWantsCursor,
  readUnseenChanges,
  type UnseenChange,
} from './image-wants.repository.js';

const WANT_IMAGES = 'images.want';
const BATCH_CHANGES = 200;
const LOOK_EVERY_MS = 1000;
/** One job looks for the better part of a minute, until the schedule sends the next: an empty look is one probe of an index. */
const LOOK_FOR_MS = 55_000;
/** Behind a crowd of callbacks it rests this many times as long as it works: they come first, images are hours early. */
const RESTS = 4;
const EXPIRE_SECONDS = 120;

/**
 * Reads the feed of changes and has the image mirror want what they name. Callbacks know nothing of it: they pay neither
 * for the rows of wanted images nor for a notification. The cursor moves in the transaction that notes the images.
 */
@Injectable()
export class ImageWants implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('images');
  private readonly leaving = new AbortController();

  constructor(
    private readonly connection: EntityManager,
    private readonly jobs: Jobs,
    private readonly sealer: Sealer,
    private readonly mirror: ImageMirror,
    private readonly config: Config,
  ) {
    jobs.work(WANT_IMAGES, { policy: 'short', retryLimit: 2, expireSeconds: EXPIRE_SECONDS }, (_data, job) =>
      this.look(job.signal),
    );
    jobs.schedule(WANT_IMAGES, '* * * * *');
  }

  onApplicationBootstrap(): void {
    if (this.config.env.ROLLCALL_ROLE === 'api') return;
    // the schedule would begin within a minute; a failure here is an outage, which it outlives
    this.jobs.send(WANT_IMAGES, {}).catch(() => undefined);
  }

  /** Before the jobs are drained, which would wait for the end of the look. */
  onModuleDestroy(): void {
    this.leaving.abort();
  }

  private async look(jobSignal: AbortSignal): Promise<{ changes: number; wanted: number }> {
    const signal = AbortSignal.any([jobSignal, this.leaving.signal]);
    const counts = { changes: 0, wanted: 0 };
    const endsAtMs = performance.now() + LOOK_FOR_MS;
    while (!signal.aborted && performance.now() < endsAtMs) {
      let pauseMs = LOOK_EVERY_MS;
      if (await hasUnseenChanges(this.connection)) {
        const startedMs = performance.now();
        const { changes, wanted } = await this.wantNext();
        counts.changes += changes;
        counts.wanted += wanted;
        if (wanted > 0) this.mirror.wake();
        if (changes === BATCH_CHANGES) pauseMs = RESTS * (performance.now() - startedMs);
      }
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    return counts;
  }

  private async wantNext(): Promise<{ changes: number; wanted: number }> {
    return this.connection.transaction(async (tx) => {
      const cursor = await lockWantsCursor(tx);
      if (cursor === undefined) return { changes: 0, wanted: 0 };
      const unseen = await readUnseenChanges(tx, cursor, BATCH_CHANGES);
      const last = unseen.at(-1);
      if (last === undefined) return { changes: 0, wanted: 0 };
      const wanted = await this.mirror.want(
        tx,
        unseen.flatMap((change) => this.namedBy(change)),
      );
      await moveWantsCursor(tx, last);
      return { changes: unseen.length, wanted };
    });
  }

  /** What the change did to the image fields; opens its content only where it did something. */
  private namedBy(change: UnseenChange): NamedImage[] {
    const { applicantId, version, changedFields, sealed } = change;
    const fields = IMAGE_FIELDS.filter((field) => changedFields.includes(field));
    if (fields.length === 0) return [];
    const content = this.opened(applicantId, version, sealed);
    if (content === undefined) return [];
    return fields.map((field) => ({ applicantId, field, version, path: content.fields[field] ?? null }));
  }

  /** One change that does not open (its key was lost) must not hold up all that follow. */
  private opened(applicantId: string, version: number, sealed: Buffer): Content | undefined {
    try {
      return openContent(this.sealer, applicantId, version, sealed);
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      this.log.error({ code: error.code, applicantId, version }, 'The images of a version cannot be known');
      return undefined;
    }
  }
}
