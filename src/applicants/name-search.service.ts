import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { sqlState } from '../db/errors.js';
import type { Tx } from '../db/tx.js';
import { nameKey } from '../enroll-contract/arabic-name.js';
import { type Page, pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { ApplicantFilter } from './applicants.repository.js';
import { boundSearch, type FoundRow, searchPrefix, searchSimilar, searchWords } from './search.repository.js';

const LIST = 'names';
/** Stage, and the applicant that the page before ended with. */
const CURSOR = z.tuple([z.enum(['prefix', 'words']), z.string().max(256).nullable()]);
const TIMEOUT_MS = 3000;
/** Typos are the last resort: better no suggestion than a long wait. */
const SIMILAR_TIMEOUT_MS = 700;
const QUERY_CANCELED = '57014';

interface NameQuery {
  q: string;
  filter: ApplicantFilter;
  limit: number;
  cursor?: string;
}

/**
 * Search by name, stage by stage: equal and beginning so (`prefix`), every word somewhere (`words`), and only where
 * these find nothing, much like it. Each stage is paged to its end before the next begins.
 */
@Injectable()
export class NameSearcher {
  constructor(private readonly connection: EntityManager) {}

  /** @throws Problem BAD_REQUEST where `q` holds no letter, BAD_CURSOR, SEARCH_TOO_SLOW */
  async find(query: NameQuery): Promise<Page<FoundRow>> {
    const key = nameKey(query.q);
    if (key === '') throw new Problem('BAD_REQUEST', 'q must hold a letter or a digit');
    const [stage, after] =
      query.cursor === undefined ? (['prefix', null] as const) : readCursor(LIST, CURSOR, query.cursor);
    try {
      const page = await this.connection.transaction('REPEATABLE READ', async (tx) => {
        await boundSearch(tx, TIMEOUT_MS);
        return stage === 'words' ? words(tx, key, query, after) : prefixThenWords(tx, key, query, after);
      });
      if (page.items.length > 0 || query.cursor !== undefined) return page;
      return { items: await this.similar(key, query), nextCursor: null };
    } catch (error) {
      if (sqlState(error) === QUERY_CANCELED)
        throw new Problem('SEARCH_TOO_SLOW', undefined, { cause: error });
      throw error;
    }
  }

  private async similar(key: string, { filter, limit }: NameQuery): Promise<FoundRow[]> {
    try {
      return await this.connection.transaction(async (tx) => {
        await boundSearch(tx, SIMILAR_TIMEOUT_MS);
        return searchSimilar(tx, { key, filter, limit, afterApplicantId: null });
      });
    } catch (error) {
      if (sqlState(error) === QUERY_CANCELED) return [];
      throw error;
    }
  }
}

async function prefixThenWords(
  tx: Tx,
  key: string,
  { filter, limit }: NameQuery,
  after: string | null,
): Promise<Page<FoundRow>> {
  const begin = await searchPrefix(tx, { key, filter, limit: limit + 1, afterApplicantId: after });
  if (begin.length > limit)
    return pageOf(begin, limit, (row) => writeCursor(LIST, 'prefix', row.applicantId));
  const room = limit - begin.length;
  const rest = await searchWords(tx, { key, filter, limit: room + 1, afterApplicantId: null });
  if (rest.length <= room) return { items: [...begin, ...rest], nextCursor: null };
  const shown = rest.slice(0, room);
  return {
    items: [...begin, ...shown],
    nextCursor: writeCursor(LIST, 'words', shown.at(-1)?.applicantId ?? null),
  };
}

async function words(
  tx: Tx,
  key: string,
  { filter, limit }: NameQuery,
  after: string | null,
): Promise<Page<FoundRow>> {
  const found = await searchWords(tx, { key, filter, limit: limit + 1, afterApplicantId: after });
  return pageOf(found, limit, (row) => writeCursor(LIST, 'words', row.applicantId));
}
