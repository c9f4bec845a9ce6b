import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { EnrollClient } from '../enroll-client/enroll-client.service.js';
import type { EnrollImage } from '../enroll-client/enroll-client.types.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { StoreFault } from './image-store.js';
import { type ClaimedImage, hasBlob, type Settlement, type StoredBlob } from './mirror.repository.js';
import { Vault } from './vault.js';
import { verdictOf } from './verdict.js';

const STORE_DELAY_SECONDS = 30;

/** Why no further image may be asked for in this run. */
export interface Stop {
  code: string;
  retryAfterSeconds: number;
}

type Answer = { image: EnrollImage } | { fault: ProblemCode; retryAfterSeconds?: number };

/** Makes a fetcher for each run. */
@Injectable()
export class Fetchers implements OnApplicationShutdown {
  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly vault: Vault,
  ) {}

  get configured(): boolean {
    return this.enroll.configured;
  }

  open(signal: AbortSignal): Fetcher {
    return new Fetcher(this.connection, this.enroll, this.vault, signal);
  }

  onApplicationShutdown(): void {
    this.vault.store.close();
  }
}

/**
 * Fetches a handful of claimed images: those never tried by one batch call, what the batch did not have and what was
 * tried before one by one, `photo` by its own call. The images of a batch are stored together: the file system then
 * commits once for all of them, and a callback that wants the disk waits for one commit instead of five.
 */
export class Fetcher {
  /** Set by the first outage; whoever asks for more looks at it. */
  stop: Stop | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly enroll: EnrollClient,
    private readonly vault: Vault,
    private readonly signal: AbortSignal,
  ) {}

  /** One settlement for each, in any order. Never throws for what eNROLL or the store does. */
  async fetch(claimed: readonly ClaimedImage[]): Promise<Settlement[]> {
    const fresh = claimed.filter(({ field, attempts }) => field !== 'photo' && attempts === 0);
    const paths = new Set(fresh.map(({ path }) => path));
    const single = new Set(claimed);
    const settling: Promise<Settlement>[] = [];
    if (paths.size > 1) {
      for (const [path, answer] of await this.batch(paths)) {
        if ('fault' in answer && isForOneAlone(answer.fault)) continue;
        for (const image of fresh.filter((one) => one.path === path)) {
          single.delete(image);
          settling.push(this.settlementOf(image, answer));
        }
      }
    }
    const settlements = await Promise.all(settling);
    for (const image of single) settlements.push(await this.settlementOf(image, await this.ask(image)));
    return settlements;
  }

  /** Answers by path; a path without an entry is to be asked for on its own. */
  private async batch(paths: ReadonlySet<string>): Promise<Map<string, Answer>> {
    const answers = new Map<string, Answer>();
    try {
      for await (const results of this.enroll.images(paths, this.signal)) {
        for (const { path, ...answer } of results) answers.set(path, answer);
      }
    } catch (error) {
      const answer = answerOf(error);
      const { fault } = answer;
      // a batch call that this tenant does not have, or that stumbles over one of the paths
      if (isForOneAlone(fault)) return answers;
      for (const path of paths) if (!answers.has(path)) answers.set(path, answer);
    }
    return answers;
  }

  private async ask(image: ClaimedImage): Promise<Answer> {
    if (this.stop !== undefined) {
      return { fault: 'ENROLL_BUSY', retryAfterSeconds: this.stop.retryAfterSeconds };
    }
    try {
      const { path } = image;
      const found = await (image.field === 'photo'
        ? this.enroll.photo(path, this.signal)
        : this.enroll.image(path, this.signal));
      return { image: found };
    } catch (error) {
      return answerOf(error);
    }
  }

  private async settlementOf(claimed: ClaimedImage, answer: Answer): Promise<Settlement> {
    if ('image' in answer) return this.keep(claimed, answer.image);
    const { fault, retryAfterSeconds } = answer;
    const { state, delaySeconds, counts, stops } = verdictOf(fault, claimed.attempts, retryAfterSeconds);
    if (this.signal.aborted && stops) {
      return { claimed, state: claimed.state, delaySeconds: 0, counts, errorCode: null, blob: null };
    }
    if (stops) this.stop ??= { code: fault, retryAfterSeconds: delaySeconds ?? 0 };
    return { claimed, state, delaySeconds, counts, errorCode: fault, blob: null };
  }

  private async keep(claimed: ClaimedImage, image: EnrollImage): Promise<Settlement> {
    const settled = { claimed, delaySeconds: null, counts: true, errorCode: null, blob: null };
    if (image.mediaType === undefined) return { ...settled, state: 'not_image' };
    try {
      return { ...settled, state: 'fetched', blob: await this.store(image, image.mediaType) };
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      this.stop ??= { code: error.code, retryAfterSeconds: STORE_DELAY_SECONDS };
      const delaySeconds = STORE_DELAY_SECONDS;
      return { ...settled, state: 'wanted', delaySeconds, counts: false, errorCode: error.code };
    }
  }

  private async store(image: EnrollImage, mediaType: string): Promise<StoredBlob> {
    const { sha256, bytes } = image;
    if (await hasBlob(this.connection, sha256)) {
      return { sha256, mediaType, bytes: bytes.length, sealedBytes: null };
    }
    return this.vault.keep(image, mediaType);
  }
}

/** Faults of a batch that say nothing about an image asked for on its own. */
function isForOneAlone(fault: ProblemCode): boolean {
  return (
    fault === 'ENROLL_NOT_FOUND' ||
    fault === 'ENROLL_REFUSED' ||
    fault === 'ENROLL_BAD_ANSWER' ||
    fault === 'ENROLL_ANSWER_TOO_LARGE' ||
    fault === 'ENROLL_IMAGE_DAMAGED' ||
    fault === 'ENROLL_IMAGE_PATH'
  );
}

function answerOf(error: unknown): { fault: ProblemCode; retryAfterSeconds?: number } {
  if (!(error instanceof Problem)) throw error;
  const { retryAfterSeconds } = error.options;
  return { fault: error.code, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
