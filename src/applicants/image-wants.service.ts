import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { CryptoError } from '../crypto/crypto.errors.js';
import { Sealer } from '../crypto/sealer.js';
import type { Content } from '../enroll-contract/types.js';
import { IMAGE_FIELDS, type NamedImage } from '../images/images.types.js';
import { ImageMirror } from '../images/mirror.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import type { Looked } from '../jobs/jobs.types.js';
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
/** An empty look is one probe of an index. */
const LOOK_EVERY_MS = 1000;
/** Behind a crowd of callbacks it rests this many times as long as it works: they come first, images are hours early. */
const RESTS = 4;

/**
 * Reads the feed of changes and has the image mirror want what they name. Callbacks know nothing of it: they pay neither
 * for the rows of wanted images nor for a notification. The cursor moves in the transaction that notes the images.
 */
@Injectable()
export class ImageWants {
  private readonly log = new Logger('images');

  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
    private readonly mirror: ImageMirror,
    jobs: Jobs,
  ) {
    jobs.watch(WANT_IMAGES, LOOK_EVERY_MS, () => this.look());
  }

  private async look(): Promise<Looked> {
    if (!(await hasUnseenChanges(this.connection))) return { counts: {} };
    const startedMs = performance.now();
    const counts = await this.wantNext();
    if (counts.wanted > 0) this.mirror.wake();
    if (counts.changes < BATCH_CHANGES) return { counts };
    return { counts, pauseMs: RESTS * (performance.now() - startedMs) };
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
