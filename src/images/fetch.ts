import type { EnrollClient } from '../enroll-client/enroll-client.service.js';
import type { EnrollImage } from '../enroll-client/enroll-client.types.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { StoreFault } from './image-store.js';
import type { ClaimedImage, Settlement } from './mirror.repository.js';
import type { SealedImageStore } from './sealed-image-store.service.js';
import { verdictOf } from './verdict.js';

const STORE_DELAY_SECONDS = 30;
/** Faults of a batch that say nothing about an image asked for on its own. */
const FOR_ONE_ALONE: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'ENROLL_NOT_FOUND',
  'ENROLL_FORBIDDEN',
  'ENROLL_REFUSED',
  'ENROLL_BAD_ANSWER',
  'ENROLL_ANSWER_TOO_LARGE',
  'ENROLL_IMAGE_DAMAGED',
  'ENROLL_IMAGE_PATH',
]);

/** Why this run must not ask for further images. */
export interface Stop {
  code: string;
  retryAfterSeconds: number;
}

/** The result for claimed images: one settlement for each, in any order. */
export interface Fetched {
  settlements: Settlement[];
  /** Set by the first outage. */
  stop: Stop | undefined;
}

/** What fetching needs. */
export interface FetchTools {
  enroll: EnrollClient;
  sealedStore: SealedImageStore;
  /** Which of these hashes are in the store already. */
  stored: (sha256s: string[]) => Promise<string[]>;
}

interface Found {
  claimed: ClaimedImage;
  image: EnrollImage;
}

type Answer = { image: EnrollImage } | { fault: ProblemCode; retryAfterSeconds?: number };

/** Fetches claimed images, once. */
export class Fetch {
  private stop: Stop | undefined;

  constructor(
    private readonly tools: FetchTools,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Images that were never tried are asked for by one batch call. Those that the batch did not have, and those that were
   * tried before, are asked for one by one, `photo` by a call of its own. Everything that was found is stored together: the
   * file system then commits once, and a callback that wants the disk waits for one commit instead of five.
   * Never throws for what eNROLL or the store does.
   */
  async of(claimed: readonly ClaimedImage[]): Promise<Fetched> {
    const settlements: Settlement[] = [];
    const found: Found[] = [];
    const take = (one: ClaimedImage, answer: Answer) => {
      if ('fault' in answer) settlements.push(this.settlementOf(one, answer.fault, answer.retryAfterSeconds));
      else found.push({ claimed: one, image: answer.image });
    };
    const fresh = claimed.filter(({ field, attempts }) => field !== 'photo' && attempts === 0);
    const answers = await this.batch(new Set(fresh.map(({ path }) => path)));
    const single = new Set(claimed);
    for (const one of fresh) {
      const answer = answers.get(one.path);
      if (answer === undefined) continue;
      single.delete(one);
      take(one, answer);
    }
    for (const one of single) take(one, await this.ask(one));
    settlements.push(...(await this.keep(found)));
    return { settlements, stop: this.stop };
  }

  /** Answers by path. A path without an entry must be asked for on its own. */
  private async batch(paths: ReadonlySet<string>): Promise<Map<string, Answer>> {
    const answers = new Map<string, Answer>();
    if (paths.size < 2) return answers;
    try {
      for await (const results of this.tools.enroll.images(paths, this.signal)) {
        for (const { path, ...answer } of results) answers.set(path, answer);
      }
    } catch (error) {
      const answer = answerOf(error);
      for (const path of paths) if (!answers.has(path)) answers.set(path, answer);
    }
    // this tenant may have no batch call, or one of the paths breaks it
    for (const [path, answer] of answers) {
      if ('fault' in answer && FOR_ONE_ALONE.has(answer.fault)) answers.delete(path);
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
        ? this.tools.enroll.photo(path, this.signal)
        : this.tools.enroll.image(path, this.signal));
      return { image: found };
    } catch (error) {
      return answerOf(error);
    }
  }

  private settlementOf(claimed: ClaimedImage, fault: ProblemCode, retryAfterSeconds?: number): Settlement {
    const { state, delaySeconds, counts, stops } = verdictOf(fault, claimed.attempts, retryAfterSeconds);
    if (this.signal.aborted && stops) {
      return { claimed, state: claimed.state, delaySeconds: 0, counts, errorCode: null, blob: null };
    }
    if (stops) this.stop ??= { code: fault, retryAfterSeconds: delaySeconds ?? 0 };
    return { claimed, state, delaySeconds, counts, errorCode: fault, blob: null };
  }

  private async keep(found: readonly Found[]): Promise<Settlement[]> {
    const settled = { delaySeconds: null, counts: true, errorCode: null };
    const images = found.filter(({ image }) => image.mediaType !== undefined);
    const others = found
      .filter(({ image }) => image.mediaType === undefined)
      .map(({ claimed }): Settlement => ({ ...settled, claimed, state: 'not_image', blob: null }));
    try {
      const sealedBytes = await this.store(images.map(({ image }) => image));
      const fetched = images.map(({ claimed, image: { sha256, mediaType = '', bytes } }): Settlement => {
        const blob = { sha256, mediaType, bytes: bytes.length, sealedBytes: sealedBytes.get(sha256) ?? null };
        return { ...settled, claimed, state: 'fetched', blob };
      });
      return [...others, ...fetched];
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      const { code } = error;
      this.stop ??= { code, retryAfterSeconds: STORE_DELAY_SECONDS };
      const again = { delaySeconds: STORE_DELAY_SECONDS, counts: false, errorCode: code, blob: null };
      return [
        ...others,
        ...images.map(({ claimed }): Settlement => ({ ...again, claimed, state: 'wanted' })),
      ];
    }
  }

  /** Stores the images that the store does not have. @returns their sealed sizes, by hash */
  private async store(images: readonly EnrollImage[]): Promise<Map<string, number>> {
    const byHash = new Map(images.map((image) => [image.sha256, image]));
    if (byHash.size === 0) return new Map();
    for (const sha256 of await this.tools.stored([...byHash.keys()])) byHash.delete(sha256);
    return this.tools.sealedStore.keep([...byHash.values()]);
  }
}

function answerOf(error: unknown): { fault: ProblemCode; retryAfterSeconds?: number } {
  if (!(error instanceof Problem)) throw error;
  const { retryAfterSeconds } = error.options;
  return { fault: error.code, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
