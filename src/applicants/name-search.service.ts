import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { sqlState } from '../db/errors.js';
import type { Stretch } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import { nameKey } from '../enroll-contract/arabic-name.js';
import { type Page, pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { ApplicantFilter } from './applicants.repository.js';
import { boundSearch, type FoundRow, searchPrefix, searchSimilar, searchWords } from './search.repository.js';

const LIST = 'names';
/** Stage, and the applicant that the page before ended with. */
const CURSOR = z.tuple([z.enum(['prefix', 'words']), z.string().max(256).nullable()]);
const WORDS_TIMEOUT_MS = 3000;
/** How long a page that is not full waits to be filled; after that, common words come with the next page. */
const WORDS_PATIENCE_MS = 30;
/** Similar names are the last resort: better none than a long wait. */
const SIMILAR_TIMEOUT_MS = 300;
const QUERY_CANCELED = '57014';

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
}

/**
 * Search by name, stage by stage: names that begin with the query (`prefix`), names with a word that begins with each of its words
 * (`words`), and only if these find nothing, similar names (`similar`). Each stage is paged to its end before the next begins.
 */
@Injectable()
export class NameSearcher {
  constructor(private readonly connection: EntityManager) {}

  /** @throws Problem BAD_REQUEST where `q` holds no letter, BAD_CURSOR, SEARCH_TOO_SLOW */
  async find({ q, filter, limit, cursor }: NameQuery): Promise<Page<FoundRow>> {
    const key = nameKey(q);
    if (key === '') throw new Problem('BAD_REQUEST', 'q must hold a letter or a digit');
    const search = { key, filter, limit };
    const [stage, after] =
      cursor === undefined ? (['prefix', null] as const) : readCursor(LIST, CURSOR, cursor);
    try {
      const page = stage === 'prefix' ? await this.prefix(search, after) : await this.words(search, after);
      if (page.items.length > 0 || page.nextCursor !== null || cursor !== undefined) return page;
      return { items: await this.similar(search), nextCursor: null };
    } catch (error) {
      if (isTooSlow(error)) throw new Problem('SEARCH_TOO_SLOW', undefined, { cause: error });
      throw error;
    }
  }

  private async prefix(search: Search, after: string | null): Promise<Page<FoundRow>> {
    const { limit } = search;
    const begin = await searchPrefix(this.connection, {
      ...search,
      limit: limit + 1,
      afterApplicantId: after,
    });
    if (begin.isCut || begin.rows.length > limit)
      return pageOf(begin.rows, limit, (row) => writeCursor(LIST, 'prefix', row.applicantId), begin.isCut);
    if (begin.rows.length === 0) return this.words(search, null);
    try {
      return await this.fill(begin.rows, search);
    } catch (error) {
      if (isTooSlow(error)) return { items: begin.rows, nextCursor: writeCursor(LIST, 'words', null) };
      throw error;
    }
  }

  /** A page that begins with the last of the prefix stage and goes on with the first of the next. */
  private async fill(begin: FoundRow[], search: Search): Promise<Page<FoundRow>> {
    const room = search.limit - begin.length;
    const rest = await bounded(this.connection, WORDS_PATIENCE_MS, (tx) =>
      searchWords(tx, { ...search, limit: room + 1, afterApplicantId: null }),
    );
    const shown = rest.rows.slice(0, room);
    const isMore = rest.isCut || rest.rows.length > room;
    return {
      items: [...begin, ...shown],
      nextCursor: isMore ? writeCursor(LIST, 'words', shown.at(-1)?.applicantId ?? null) : null,
    };
  }

  private async words(search: Search, after: string | null): Promise<Page<FoundRow>> {
    const { limit } = search;
    const found = await bounded(this.connection, WORDS_TIMEOUT_MS, (tx) =>
      searchWords(tx, { ...search, limit: limit + 1, afterApplicantId: after }),
    );
    return pageOf(found.rows, limit, (row) => writeCursor(LIST, 'words', row.applicantId), found.isCut);
  }

  private async similar(search: Search): Promise<FoundRow[]> {
    try {
      const { rows } = await bounded(this.connection, SIMILAR_TIMEOUT_MS, (tx) =>
        searchSimilar(tx, { ...search, afterApplicantId: null }),
      );
      return rows;
    } catch (error) {
      if (isTooSlow(error)) return [];
      throw error;
    }
  }
}

async function bounded(
  connection: EntityManager,
  timeoutMs: number,
  search: (tx: Tx) => Promise<Stretch<FoundRow>>,
): Promise<Stretch<FoundRow>> {
  return connection.transaction(async (tx) => {
    await boundSearch(tx, timeoutMs);
    return search(tx);
  });
}

function isTooSlow(error: unknown): boolean {
  return sqlState(error) === QUERY_CANCELED;
}
