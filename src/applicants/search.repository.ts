import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import {
  type ApplicantFilter,
  type ApplicantRow,
  COLUMNS,
  conditionsOf,
  NAMES,
  Parameters,
} from './applicants.repository.js';

/** One stage of a name search: only rows after the applicant where the page before ended. */
export interface NameSearch {
  /** Normalised, not empty; words parted by single spaces, nothing but letters, digits and marks. */
  key: string;
  filter: ApplicantFilter;
  afterApplicantId: string | null;
  limit: number;
}

/** How a name met the query, the closest first. */
export type Match = 'exact' | 'prefix' | 'words' | 'similar';

export interface FoundRow extends ApplicantRow {
  match: Match;
}

/** `text_pattern_ops` compares bytes: whatever begins with a key sorts before the key followed by this. */
const LAST_CHARACTER = '\u{10ffff}';
/** Hits that are put in order. Two common words have tens of thousands, which nobody pages through. */
const MAX_WORD_HITS = 500;
/** Below this, names come up that merely share a common word. */
const MIN_SIMILARITY = 0.6;
/** A one-letter word is in every second name. */
const MIN_WORD_LETTERS = 2;

/**
 * Names that begin with the key, sorted by name, so that equal names come first. A range of
 * `applicants_name_prefix` in its own order, so a page costs the same whether twelve names begin so or 200,000.
 */
export async function searchPrefix(tx: Tx, search: NameSearch): Promise<Stretch<FoundRow>> {
  const p = new Parameters();
  const key = p.add(search.key);
  const end = p.add(search.key + LAST_CHARACTER);
  return readStretch(
    tx,
    `select ${COLUMNS}, case when a.name_key = ${key} then 'exact' else 'prefix' end as match from applicants a
     where a.name_key <> '' and a.name_key ~>=~ ${key} and a.name_key ~<~ ${end}
       and ${behind(search.afterApplicantId, p)} and ${conditionsOf(search.filter, p)}
     order by a.name_key using ~<~, a.applicant_id limit ${p.add(search.limit)}`,
    p,
  );
}

async function readStretch(tx: Tx, page: string, p: Parameters): Promise<Stretch<FoundRow>> {
  return stretchOf(await tx.query<Bounded<FoundRow>[]>(withinPageBytes(page, `${NAMES}, match`), p.values));
}

/** Names with a word that begins with each word of the key, in any order; sorted by name. `applicants_name_trigram` (GIN). */
export async function searchWords(tx: Tx, search: NameSearch): Promise<Stretch<FoundRow>> {
  const words = search.key.split(' ').filter((word) => [...word].length >= MIN_WORD_LETTERS);
  if (words.length === 0) return { rows: [], isCut: false };
  const p = new Parameters();
  const contained = words.map((word) => `name_key ~ ${p.add(`(^| )${word}`)}`).join(' and ');
  const isPrefix = `name_key ~>=~ ${p.add(search.key)} and name_key ~<~ ${p.add(search.key + LAST_CHARACTER)}`;
  const hits = `select * from applicants where name_key <> '' and ${contained} and not (${isPrefix})
    and ${conditionsOf(search.filter, p)} limit ${MAX_WORD_HITS}`;
  return readStretch(
    tx,
    `select ${COLUMNS}, 'words' as match from (${hits}) a where ${behind(search.afterApplicantId, p)}
     order by a.name_key using ~<~, a.applicant_id limit ${p.add(search.limit)}`,
    p,
  );
}

/** Names that contain something similar to the key, the most similar first. `applicants_name_trigram` (GIN). */
export async function searchSimilar(tx: Tx, search: NameSearch): Promise<Stretch<FoundRow>> {
  const p = new Parameters();
  const key = p.add(search.key);
  return readStretch(
    tx,
    `select ${COLUMNS}, 'similar' as match from applicants a
     where a.name_key <> '' and ${key}::text <% a.name_key and ${conditionsOf(search.filter, p)}
     order by word_similarity(${key}::text, a.name_key) desc, a.applicant_id limit ${p.add(search.limit)}`,
    p,
  );
}

/**
 * Bounds of the transaction that a search runs in. Sequential scans are off because on two common words the planner
 * takes them for cheap: true where both words come together often, 0.4 s where they do not.
 */
export async function boundSearch(tx: Tx, timeoutMs: number): Promise<void> {
  await tx.query(
    `select set_config('statement_timeout', $1, true), set_config('enable_seqscan', 'off', true),
       set_config('jit', 'off', true), set_config('pg_trgm.word_similarity_threshold', $2, true)`,
    [String(timeoutMs), String(MIN_SIMILARITY)],
  );
}

/**
 * After the applicant where the page before ended, in the order of names. The name is looked up, because a cursor would carry
 * it into URLs. The first comparison follows from the second and is what the index can use.
 */
function behind(applicantId: string | null, parameters: Parameters): string {
  if (applicantId === null) return 'true';
  const id = parameters.add(applicantId);
  const name = `(select last.name_key from applicants last where last.applicant_id = ${id})`;
  return `a.name_key ~>=~ ${name} and (a.name_key ~>~ ${name} or a.applicant_id > ${id})`;
}
