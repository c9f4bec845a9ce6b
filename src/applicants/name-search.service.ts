import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type BoundedClient, QUERY_CANCELED } from '../db/bounded-client.js';
import { sqlState } from '../db/errors.js';
import type { Stretch } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import { nameKey } from '../enroll-contract/arabic-name.js';
import { isLatin, joinLatinParticles } from '../enroll-contract/skeleton.js';
import { type Page, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { ApplicantFilter } from './applicants.repository.js';
import { beginningsOf, heldSpacings, namesOf, patternsOf, spacingsOf } from './meant-names.js';
import { NameWords } from './name-words.service.js';
import {
  boundSearch,
  type CloseSearch,
  type FoundRow,
  type NameSearch,
  searchCloseFirst,
  searchClosePrefix,
  searchCloseWords,
  searchPrefix,
  searchSpacings,
  searchWords,
} from './search.repository.js';

const LIST = 'names';
/** The beginning of a name: fewer letters would list everybody by and by. */
const MIN_LETTERS = 3;
/** A whole first name, as طه is. */
const MIN_NAME_LETTERS = 2;
const STAGES = [
  'prefix',
  'words',
  'spacingPrefix',
  'spacings',
  'closePrefix',
  'closeFirst',
  'closeWords',
] as const;
type Stage = (typeof STAGES)[number];
const LAST_RESORTS: readonly Stage[] = ['spacings', 'closeFirst', 'closeWords'];
/** Stage, and the applicant that the page before ended with. */
const CURSOR = z.tuple([z.enum(STAGES), z.string().max(256).nullable()]);
/** Of a whole name: other stages would look for its letters at the beginning of any word. */
const CURSOR_OF_PREFIX = z.tuple([z.literal('prefix'), z.string().max(256).nullable()]);
const FIRST = ['prefix', null] as const;
const TIMEOUT_MS = 3000;
/** Close names are the last resort: better none than a long wait. */
const CLOSE_TIMEOUT_MS = 500;
/** How long a page that is not full waits to be filled; after that, the rest comes with the next page. */
const PATIENCE_MS = 30;
/** The same for close names, of which the likeliest are already there. */
const CLOSE_PATIENCE_MS = 10;
/** Names have fewer words. */
const MAX_CLOSE_WORDS = 8;

interface NameQuery {
  q: string;
  filter: ApplicantFilter;
  limit: number;
  cursor?: string;
}

/** A query on its way through the stages. */
interface Search {
  key: string;
  filter: ApplicantFilter;
  limit: number;
  /** A page after the first. */
  goesOn: boolean;
}

const TOO_SLOW = 'too slow';
const NOTHING: Stretch<FoundRow> = { rows: [], isCut: false };

/**
 * Search by name, stage by stage, each to its end before the next begins: names that begin with the query, names with a word that
 * begins with each of its words, names with a blank more or less, and then words that may have been meant: with one letter other
 * than typed, or in the other script. Of both, names that begin so come first. Close names come only where nothing else is found; for a
 * query in Latin letters those in Arabic come after everything else.
 */
@Injectable()
export class NameSearcher {
  constructor(
    private readonly connection: EntityManager,
    private readonly words: NameWords,
  ) {}

  /** @throws Problem BAD_REQUEST where `q` holds too few letters, BAD_CURSOR, SEARCH_TOO_SLOW */
  async find({ q, filter, limit, cursor }: NameQuery): Promise<Page<FoundRow>> {
    const { key, isWholeName } = asked(q);
    const [begin, position] =
      cursor === undefined ? FIRST : readCursor(LIST, isWholeName ? CURSOR_OF_PREFIX : CURSOR, cursor);
    const search = { key, filter, limit, goesOn: cursor !== undefined };
    const items: FoundRow[] = [];
    let after = position;
    for (let stage: Stage | undefined = begin; stage !== undefined; stage = nextOf(stage, search, items)) {
      const room = limit - items.length;
      const found = await this.run(stage, { ...search, limit: room + 1, after }, items.length > 0);
      if (found === TOO_SLOW) return { items, nextCursor: writeCursor(LIST, stage, after) };
      const shown = found.rows.slice(0, room);
      items.push(...shown);
      if (found.isCut || found.rows.length > room) {
        return { items, nextCursor: writeCursor(LIST, stage, shown.at(-1)?.applicantId ?? after) };
      }
      if (isWholeName) break;
      after = null;
    }
    return { items, nextCursor: null };
  }

  /**
   * @param canWait what is found comes with the next page
   * @throws Problem SEARCH_TOO_SLOW
   */
  private async run(
    stage: Stage,
    search: Search & { after: string | null },
    canWait: boolean,
  ): Promise<Stretch<FoundRow> | typeof TOO_SLOW> {
    const isLastResort = LAST_RESORTS.includes(stage) && !search.goesOn;
    const patienceMs = stage === 'closeWords' ? CLOSE_PATIENCE_MS : PATIENCE_MS;
    const timeoutMs = isLastResort ? CLOSE_TIMEOUT_MS : TIMEOUT_MS;
    try {
      return await this.ask(stage, search, canWait ? patienceMs : timeoutMs);
    } catch (error) {
      if (sqlState(error) !== QUERY_CANCELED) throw error;
      if (canWait) return TOO_SLOW;
      if (isLastResort) return NOTHING;
      throw new Problem('SEARCH_TOO_SLOW', undefined, { cause: error });
    }
  }

  private async ask(
    stage: Stage,
    { key, filter, limit, after }: Search & { after: string | null },
    timeoutMs: number,
  ): Promise<Stretch<FoundRow>> {
    const search = { key, filter, limit, afterApplicantId: after };
    if (stage === 'prefix') return searchPrefix(this.connection, search);
    if (stage === 'words') return this.bounded(timeoutMs, (tx) => searchWords(tx, search));
    if (stage === 'spacings' || stage === 'spacingPrefix') {
      const spacings = await this.spacingsOf(wordsOf(key));
      if (spacings.length === 0) return NOTHING;
      const names = spacings.map((words) => words.join(' '));
      if (stage === 'spacingPrefix') return searchClosePrefix(this.connection, { ...search, names });
      return this.bounded(timeoutMs, (tx) => searchSpacings(tx, search, spacings));
    }
    const close = { ...search, ...(await this.meantBy(key)) };
    if (close.patterns.length === 0) return NOTHING;
    if (stage === 'closePrefix') return searchClosePrefix(this.connection, close);
    const searchClose = stage === 'closeFirst' ? searchCloseFirst : searchCloseWords;
    return this.bounded(timeoutMs, (tx) => searchClose(tx, close));
  }

  private async spacingsOf(words: string[]): Promise<string[][]> {
    const spacings = spacingsOf(words);
    const known = await this.words.held([...new Set(spacings.flat().flatMap((word) => word.split(' ')))]);
    return heldSpacings(spacings, known);
  }

  /** No names and no patterns where a word is like none that is kept. */
  private async meantBy(typed: string): Promise<Omit<CloseSearch, keyof NameSearch> & { key: string }> {
    const key = joinLatinParticles(typed);
    const meant = await this.words.meant(wordsOf(key));
    if (meant.some((like) => like.length === 0)) return { key, names: [], beginnings: [], patterns: [] };
    return { key, names: namesOf(meant), beginnings: beginningsOf(meant), patterns: patternsOf(meant) };
  }

  private async bounded(
    timeoutMs: number,
    search: (tx: Tx) => Promise<Stretch<FoundRow>>,
  ): Promise<Stretch<FoundRow>> {
    return this.connection.transaction(async (tx) => {
      await boundSearch(tx, timeoutMs);
      const client = (await tx.queryRunner?.connect()) as BoundedClient;
      return client.impatiently(() => search(tx));
    });
  }
}

/** @throws Problem BAD_REQUEST where it holds too few letters */
function asked(q: string): { key: string; isWholeName: boolean } {
  const key = nameKey(q);
  if (key.length === MIN_NAME_LETTERS && !key.includes(' ')) return { key: `${key} `, isWholeName: true };
  if (key.replaceAll(' ', '').length >= MIN_LETTERS) return { key, isWholeName: false };
  throw new Problem(
    'BAD_REQUEST',
    `q must hold at least ${MIN_LETTERS} letters or digits, or a first name of two`,
  );
}

/** None of a query that has too many to look for what is like them. */
function wordsOf(key: string): string[] {
  const words = key.split(' ');
  return words.length > MAX_CLOSE_WORDS ? [] : words;
}

function nextOf(stage: Stage, { key, goesOn }: Search, found: readonly FoundRow[]): Stage | undefined {
  const isEmpty = !goesOn && found.length === 0;
  if (stage === 'words' && !isEmpty) return key.split(' ').some(isLatin) ? 'closePrefix' : undefined;
  if (stage === 'spacings' && !isEmpty) return undefined;
  return STAGES[STAGES.indexOf(stage) + 1];
}
