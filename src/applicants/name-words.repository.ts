import type { Tx } from '../db/tx.js';

/** A word of names, and what it is found by. */
export interface NameWord {
  word: string;
  skeleton: string;
  near: string[];
}

/** A longer one is no name, and would have as many neighbours as letters. */
const MAX_LETTERS = 40;
/** Words like one that was typed, and what of them is compared. More would hardly be the one that was meant. */
const MAX_LIKE = 200;
/** More than come in the second or two until their words are kept. */
const NEWEST = 300;
/** SQL: the words of a row `a` of `applicants`. */
const WORDS = `string_to_table(a.name_key, ' ') as w(word)`;
const IS_WORD = `length(w.word) between 2 and ${MAX_LETTERS}`;
const IS_NEW = 'not exists (select from name_words n where n.word = w.word)';

/** Words in the present names of these applicants that are not kept yet. Primary keys. */
export async function listNewWords(tx: Tx, applicantIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ word: string }[]>(
    `select distinct w.word from applicants a cross join ${WORDS}
     where a.applicant_id = any($1) and a.name_key <> '' and ${IS_WORD} and ${IS_NEW}`,
    [applicantIds],
  );
  return rows.map(({ word }) => word);
}

/**
 * Until the transaction ends nobody else adds words or takes some away: otherwise one could come back that was just taken out with
 * the last name that held it. Searches read on.
 */
export async function lockWords(tx: Tx): Promise<void> {
  await tx.query('lock table name_words in share row exclusive mode');
}

export async function insertWords(tx: Tx, words: readonly NameWord[]): Promise<void> {
  await tx.query(
    `insert into name_words (word, skeleton, near)
     select word, skeleton, string_to_array(near, ' ') from unnest($1::text[], $2::text[], $3::text[]) as n(word, skeleton, near)
     on conflict do nothing`,
    [
      words.map(({ word }) => word),
      words.map(({ skeleton }) => skeleton),
      words.map(({ near }) => near.join(' ')),
    ],
  );
}

/**
 * Of words in names that were just emptied, those go that no other name holds. `applicants_name_prefix` knows the common ones, which
 * `applicants_name_trigram` would take 0.3 s each for at a million names; it is for the others.
 */
export async function forgetWords(tx: Tx, words: readonly string[]): Promise<void> {
  await lockWords(tx);
  const rare = await tx.query<{ word: string }[]>(
    `select w.word from unnest($1::text[]) as w(word) where not exists (select from applicants a
       where a.name_key <> '' and a.name_key ~>=~ (w.word || ' ') and a.name_key ~<~ (w.word || '!'))`,
    [words],
  );
  await allowIndexScans(tx, false);
  await tx.query(
    `delete from name_words n where n.word = any($1) and not exists (select from applicants a
       where a.name_key <> '' and a.name_key ~ ('(^| )' || n.word || '( |$)'))`,
    [rare.map(({ word }) => word)],
  );
  await allowIndexScans(tx, true);
}

/** Without them the planner takes the index of trigrams; for one hit it would walk all names in order (0.8 s at a million). */
async function allowIndexScans(tx: Tx, isAllowed: boolean): Promise<void> {
  await tx.query(
    `select set_config(name, $1, true) from unnest('{enable_seqscan,enable_indexscan,enable_indexonlyscan}'::text[]) name`,
    [isAllowed ? 'on' : 'off'],
  );
}

/**
 * Takes out every word that no name holds. All of `applicants_name_prefix`: some seconds for a million names.
 * @returns the words that names hold and that are not kept yet
 */
export async function sweepWords(tx: Tx): Promise<string[]> {
  await tx.query(`select set_config('statement_timeout', '0', true)`);
  const rows = await tx.query<{ word: string }[]>(
    `with w as materialized (
       select distinct w.word from applicants a cross join ${WORDS} where a.name_key <> '' and ${IS_WORD}),
     unused as (delete from name_words n where not exists (select from w where w.word = n.word))
     select w.word from w where ${IS_NEW}`,
  );
  return rows.map(({ word }) => word);
}

/**
 * Those of these words that names hold. Words are kept a moment after they came, so the newest names are looked at themselves. Primary
 * key, `applicants_first_received`.
 */
export async function listHeld(tx: Tx, words: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ word: string }[]>(
    `select word from name_words where word = any($1)
     union
     select w.word from (
       select name_key from applicants order by first_received_at desc, applicant_id desc limit ${NEWEST}
     ) a cross join ${WORDS} where w.word = any($1)`,
    [words],
  );
  return rows.map(({ word }) => word);
}

/** What a typed word is looked for by. */
export interface TypedWord {
  word: string;
  skeletons: string[];
  near: string[];
}

/** A kept word that may have been meant, or that begins with what was typed. */
export interface LikeWord {
  /** Place of the typed word in the list. */
  at: number;
  word: string;
  isBeginning: boolean;
}

/**
 * Words that share a skeleton or a neighbour with these, and one that begins with each. `name_words_skeleton`, `name_words_near`,
 * `name_words_prefix`.
 */
export async function listLike(tx: Tx, typed: readonly TypedWord[]): Promise<LikeWord[]> {
  return tx.query<LikeWord[]>(
    `select t.ord::int - 1 as at, found.word, found."isBeginning"
     from unnest($1::text[], $2::text[], $3::text[]) with ordinality as t(word, skeletons, near, ord)
     cross join lateral (
       (select n.word, true as "isBeginning" from name_words n
        where n.word ~>=~ t.word and n.word ~<~ (t.word || U&'\\+10FFFF') limit 1)
       union all
       (select n.word, false from name_words n
        where n.skeleton = any(string_to_array(t.skeletons, ' ')) and n.word <> t.word limit ${MAX_LIKE})
       union all
       (select n.word, false from name_words n
        where n.near && string_to_array(t.near, ' ') and n.word <> t.word limit ${MAX_LIKE})
     ) found`,
    [
      typed.map(({ word }) => word),
      typed.map(({ skeletons }) => skeletons.join(' ')),
      typed.map(({ near }) => near.join(' ')),
    ],
  );
}
