import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Tx } from '../db/tx.js';
import { isOneLetterOff, nearOf } from '../enroll-contract/one-letter.js';
import { arabicOf, isLatin, isSameName, skeletonOf, skeletonsOf } from '../enroll-contract/skeleton.js';
import { Jobs } from '../jobs/jobs.service.js';
import {
  insertWords,
  listHeld,
  listLike,
  listNewWords,
  lockWords,
  sweepWords,
} from './name-words.repository.js';

const SWEEP = 'applicants.sweep-name-words';
const NIGHTLY = '40 3 * * *';
/** Words that may have been meant by one. */
const MAX_MEANT = 8;

/** A word that may have been meant by a typed one. */
export interface Meant {
  word: string;
  /** 0 for the word as typed, or a common spelling of it; more for what is less likely. */
  cost: number;
  /** The word as typed, with which longer words may begin. */
  isTyped: boolean;
}

/** Keeps the words of all names, and knows which of them are like a word that was typed. */
@Injectable()
export class NameWords {
  private readonly log = new Logger('applicants');

  constructor(
    private readonly connection: EntityManager,
    jobs: Jobs,
  ) {
    jobs.work(SWEEP, { policy: 'exclusive', retryLimit: 0 }, () => this.sweep());
    jobs.schedule(SWEEP, NIGHTLY);
  }

  /** Keeps the words in the present names of these applicants. Nearly always all of them are known, and nothing is written. */
  async learn(tx: Tx, applicantIds: readonly string[]): Promise<void> {
    if ((await listNewWords(tx, applicantIds)).length === 0) return;
    await lockWords(tx);
    // once more: an erasure may have taken one away before the lock
    await keep(tx, await listNewWords(tx, applicantIds));
  }

  /** Holds the words against all names: a changed name leaves words behind, and a name may be older than the feed. */
  async sweep(): Promise<{ learned: number }> {
    const learned = await this.connection.transaction(async (tx) => {
      await lockWords(tx);
      const words = await sweepWords(tx);
      await keep(tx, words);
      return words.length;
    });
    this.log.log({ event: 'name_words_swept', learned });
    return { learned };
  }

  /** Those of these words that names hold. */
  async held(words: readonly string[]): Promise<Set<string>> {
    return new Set(await listHeld(this.connection, words));
  }

  /** For each typed word what may have been meant, the likeliest first; nothing where no name has anything like it. */
  async meant(typed: readonly string[]): Promise<Meant[][]> {
    const asked = typed.map((word) => ({ word, skeletons: skeletonsOf(word), near: nearOf(word) }));
    const found = await listLike(this.connection, asked);
    return typed.map((word, at) => {
      const like = found.filter((one) => one.at === at);
      const isKnown = like.some(({ isBeginning }) => isBeginning);
      const words = new Set(like.filter(({ isBeginning }) => !isBeginning).map((one) => one.word));
      const arabic = arabicOf(word);
      if (arabic !== undefined) words.add(arabic);
      words.delete(word);
      const meant = [...words]
        .map((one) => ({ word: one, cost: costOf(word, one), isTyped: false }))
        .filter(({ cost }) => cost !== Infinity)
        .sort((a, b) => a.cost - b.cost || (a.word < b.word ? -1 : 1))
        .slice(0, MAX_MEANT);
      return isKnown ? [{ word, cost: 0, isTyped: true }, ...meant] : meant;
    });
  }
}

async function keep(tx: Tx, words: readonly string[]): Promise<void> {
  if (words.length === 0) return;
  await insertWords(
    tx,
    words.map((word) => ({ word, skeleton: skeletonOf(word), near: nearOf(word) })),
  );
}

/** How unlikely it is that one word was typed for the other; infinite where it is another name. */
function costOf(typed: string, word: string): number {
  if (isLatin(typed) && arabicOf(typed) === word) return 0;
  if (isSameName(typed, word)) return 2 + Math.abs(typed.length - word.length) / 10;
  return isLatin(typed) === isLatin(word) && isOneLetterOff(typed, word) ? 1 : Infinity;
}
