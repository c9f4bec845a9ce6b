import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { asKept } from '../db/applicant-id.repository.js';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import { Problem } from '../problem/problem.js';
import type { MirrorStatusDto, RetryImagesBody } from './images.dto.js';
import { UNFETCHED_STATES } from './images.types.js';
import { newestVersion } from './images.repository.js';
import { holdTotals, readMirror, retryImages, secondsBehind, setPaused } from './mirror.repository.js';
import { ImageMirror } from './mirror.service.js';
import { SealedImageStore } from './sealed-image-store.service.js';

/** Rows per statement, so that the lock on the totals is held only briefly. */
const RETRY_ROWS = 2000;
const SUBJECT = 'images:mirror';

/** Progress of the mirror, and what an operator can do about it. `by` is the name for the audit. */
@Injectable()
export class MirrorControl {
  constructor(
    private readonly connection: EntityManager,
    private readonly audit: Audit,
    private readonly enroll: EnrollClient,
    private readonly sealedStore: SealedImageStore,
    private readonly mirror: ImageMirror,
  ) {}

  async status(): Promise<MirrorStatusDto> {
    const { pausedAt, pausedBy, faultCode, faultAt, ...totals } = await readMirror(this.connection);
    const { storedImages, storedBytes, ...counts } = totals;
    return {
      configured: this.enroll.configured,
      store: this.sealedStore.store.kind,
      paused: pausedAt === null ? null : { at: pausedAt.toISOString(), by: pausedBy ?? '' },
      fault:
        faultCode === null || faultAt === null ? null : { code: faultCode, since: faultAt.toISOString() },
      counts,
      storedImages,
      storedBytes,
    };
  }

  /** How many seconds the fetching is late; 0 where nothing waits. */
  behindSeconds(): Promise<number> {
    return secondsBehind(this.connection);
  }

  /**
   * Makes images due at once and forgets their tries: by default all that are not fetched. Fetched ones can be asked for again
   * for one applicant only; for all applicants it would be every image there is.
   * @returns how many images
   * @throws Problem BAD_REQUEST, NOT_FOUND where there is no such applicant
   */
  async retry(
    by: string,
    { states = [...UNFETCHED_STATES], applicantId: asked }: RetryImagesBody,
  ): Promise<number> {
    if (states.includes('fetched') && asked === undefined)
      throw new Problem(
        'BAD_REQUEST',
        '`fetched` needs an `applicantId`: fetched images are asked for again for one applicant at a time',
      );
    const applicantId = asked === undefined ? undefined : await asKept(this.connection, asked);
    if (applicantId !== undefined && (await newestVersion(this.connection, applicantId)) === undefined)
      throw new Problem('NOT_FOUND', 'There is no such applicant');
    let retried = 0;
    for (let rows = RETRY_ROWS; rows === RETRY_ROWS; retried += rows) {
      rows = await this.connection.transaction(async (tx) => {
        await holdTotals(tx);
        return retryImages(tx, {
          states,
          limit: RETRY_ROWS,
          ...(applicantId !== undefined && { applicantId }),
        });
      });
    }
    await this.audit.record(null, {
      actor: by,
      action: 'images.retry',
      subject: applicantId === undefined ? SUBJECT : `applicant:${applicantId}`,
      detail: { states, retried },
    });
    this.mirror.wake();
    return retried;
  }

  /** Pauses or resumes the fetching on every replica; what is under way when it pauses comes to its end. */
  async setPaused(isPaused: boolean, by: string): Promise<void> {
    await this.connection.transaction(async (tx) => {
      if (!(await setPaused(tx, isPaused ? by : null))) return;
      const action = isPaused ? 'images.pause' : 'images.resume';
      await this.audit.record(tx, { actor: by, action, subject: SUBJECT });
    });
    if (!isPaused) this.mirror.wake();
  }
}
