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

/**
 * How a name met the query: the same name; a name that begins so, or has a word that begins with each of its words; or a name with
 * other words than those that were typed.
 */
export type Match = 'exact' | 'prefix' | 'close';

export interface FoundRow extends ApplicantRow {
  match: Match;
}

/** `text_pattern_ops` compares bytes: whatever begins with a key sorts before the key followed by this. */
const LAST_CHARACTER = '\u{10ffff}';
/** Hits that are put in order. Two common words have tens of thousands, which nobody pages through. */
const MAX_WORD_HITS = 500;
/** A one-letter word is in every second name. */
const MIN_WORD_LETTERS = 2;

/**
 * Names that begin with the key, sorted by name, so that equal names come first. A range of
 * `applicants_name_prefix` in its own order, so a page costs the same whether twelve names begin so or 200,000.
 */
export async function searchPrefix(tx: Tx, search: NameSearch): Promise<Stretch<FoundRow>> {
  const p = new Parameters();
  const key = p.add(search.key);
  return readStretch(
    tx,
    `select ${COLUMNS}, case when a.name_key = ${key} then 'exact' else 'prefix' end as match from applicants a
     where a.name_key <> '' and ${beginsWith([search.key], p)}
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
  const words = wordsOf(search.key);
  if (words.length === 0) return NOTHING;
  const p = new Parameters();
  return readHits(tx, 'prefix', `${holds(words, p)} and not (${beginsWith([search.key], p)})`, search, p);
}

/**
 * Names that hold one of these spacings of the query: all words of it, in any order, where a word that was parted in two stands as
 * those two, but names that begin so. Sorted by name. `applicants_name_trigram` (GIN).
 */
export async function searchSpacings(
  tx: Tx,
  search: NameSearch,
  spacings: readonly (readonly string[])[],
): Promise<Stretch<FoundRow>> {
  if (spacings.length === 0) return NOTHING;
  const p = new Parameters();
  const held = spacings.map((words) =>
    words.map((word) => `name_key ~ ${p.add(`(^| )${word}( |$)`)}`).join(' and '),
  );
  const before = beginsWith(
    spacings.map((words) => words.join(' ')),
    p,
  );
  return readHits(tx, 'close', `(${held.join(' or ')}) and not (${before})`, search, p);
}

/** What was meant by a query, as far as it is not what was typed. */
export interface CloseSearch extends NameSearch {
  /** Whole names, none the beginning of another. */
  names: readonly string[];
  /** What such a name may begin with: none the beginning of another. */
  beginnings: readonly string[];
  /** Patterns of words, one for each word of the query in its order, of which a name has to hold all. */
  patterns: readonly string[];
}

/** Names that begin with one of those meant, sorted by name. A range of `applicants_name_prefix` for each, in its own order. */
export async function searchClosePrefix(
  tx: Tx,
  search: NameSearch & Pick<CloseSearch, 'names'>,
): Promise<Stretch<FoundRow>> {
  if (search.names.length === 0) return NOTHING;
  const p = new Parameters();
  const [where, limit] = [conditionsOf(search.filter, p), p.add(search.limit)];
  const after = behind(search.afterApplicantId, p);
  const ranges = search.names.map(
    (
      name,
    ) => `(select * from applicants a where a.name_key <> '' and ${beginsWith([name], p)} and ${after} and ${where}
      order by a.name_key using ~<~, a.applicant_id limit ${limit})`,
  );
  return readStretch(
    tx,
    `select ${COLUMNS}, 'close' as match from (${ranges.join(' union all ')}) a
     order by a.name_key using ~<~, a.applicant_id limit ${limit}`,
    p,
  );
}

/**
 * Names that begin with a word meant for the first one and hold the other patterns, as first and last word do; sorted by name. Two
 * common words are in tens of thousands of names, and the index on trigrams reads the row of each. `applicants_name_prefix` has
 * them in order, and the names in it: rows are read of hits alone. `offset 0` keeps the planner from reading them before.
 */
export async function searchCloseFirst(tx: Tx, search: CloseSearch): Promise<Stretch<FoundRow>> {
  const others = search.patterns.slice(1);
  if (others.length === 0) return NOTHING;
  const p = new Parameters();
  await tx.query("select set_config('enable_bitmapscan', 'off', true)");
  const held = others.map((pattern) => `name_key ~ ${p.add(pattern)}`).join(' and ');
  const where = `${held} and not (${foundBefore(search, p)}) and ${behind(search.afterApplicantId, p)}`;
  const ranges = search.beginnings.map(
    (beginning) => `(select a.applicant_id as id, a.name_key as name from applicants a
      where a.name_key <> '' and ${beginsWith([beginning], p)} and ${where}
      order by a.name_key using ~<~, a.applicant_id offset 0)`,
  );
  return readStretch(
    tx,
    `select ${COLUMNS}, 'close' as match from (${ranges.join(' union all ')}) hits join applicants on applicant_id = id
     where ${conditionsOf(search.filter, p)} order by name using ~<~, id limit ${p.add(search.limit)}`,
    p,
  );
}

/** Names that hold the patterns in any order and are no hits of the stages before; sorted by name. `applicants_name_trigram` (GIN). */
export async function searchCloseWords(tx: Tx, search: CloseSearch): Promise<Stretch<FoundRow>> {
  if (search.patterns.length === 0) return NOTHING;
  const p = new Parameters();
  const held = search.patterns.map((pattern) => `name_key ~ ${p.add(pattern)}`).join(' and ');
  const before = `${foundBefore(search, p)} or ${beginsWith(search.beginnings, p)}`;
  return readHits(tx, 'close', `${held} and not (${before})`, search, p);
}

/** SQL: names that `searchPrefix`, `searchWords` and `searchClosePrefix` find. */
function foundBefore({ key, names }: CloseSearch, p: Parameters): string {
  const typed = holds(wordsOf(key), p);
  return names.length === 0 ? typed : `${typed} or ${beginsWith(names, p)}`;
}

/** Hits in the order of their names. */
async function readHits(
  tx: Tx,
  match: Match,
  where: string,
  search: NameSearch,
  p: Parameters,
): Promise<Stretch<FoundRow>> {
  const hits = `select * from applicants where name_key <> '' and ${where}
    and ${conditionsOf(search.filter, p)} limit ${MAX_WORD_HITS}`;
  return readStretch(
    tx,
    `select ${COLUMNS}, '${match}' as match from (${hits}) a where ${behind(search.afterApplicantId, p)}
     order by a.name_key using ~<~, a.applicant_id limit ${p.add(search.limit)}`,
    p,
  );
}

const NOTHING: Stretch<FoundRow> = { rows: [], isCut: false };

function wordsOf(key: string): string[] {
  return key.split(' ').filter((word) => [...word].length >= MIN_WORD_LETTERS);
}

function holds(words: readonly string[], p: Parameters): string {
  if (words.length === 0) return 'false';
  return words.map((word) => `name_key ~ ${p.add(`(^| )${word}`)}`).join(' and ');
}

function beginsWith(keys: readonly string[], p: Parameters): string {
  const ranges = keys.map(
    (key) => `name_key ~>=~ ${p.add(key)} and name_key ~<~ ${p.add(key + LAST_CHARACTER)}`,
  );
  return ranges.join(' or ');
}

/**
 * Bounds of the transaction that a search runs in. Sequential scans are off because on two common words the planner
 * takes them for cheap: true where both words come together often, 0.4 s where they do not.
 */
export async function boundSearch(tx: Tx, timeoutMs: number): Promise<void> {
  await tx.query(
    `select set_config('statement_timeout', $1, true), set_config('enable_seqscan', 'off', true),
       set_config('jit', 'off', true)`,
    [String(timeoutMs)],
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
