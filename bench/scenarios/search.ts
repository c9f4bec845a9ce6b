import { setTimeout } from 'node:timers/promises';
import type { Bench, Goal } from '../bench.types.js';
import { isLatin } from '../../src/enroll-contract/skeleton.js';
import type { Database } from '../cluster.js';
import { percentile, shown } from '../figures.js';
import { askInTurn, type Request } from '../load/in-turn.js';
import { API_KEY } from '../server-process.js';

const ASKED = 200;
const ASKED_QUICK = 40;
const WARM_UP = 100;
const NAME_WITHIN_MS = 50;
const ID_WITHIN_MS = 5;
const CLOSE_WITHIN_MS = 80;

interface Person {
  id: string;
  name: string;
  /** The words of the name as the search sees them: «عبد الله» is one. */
  words: string[];
}

/** How each kind of search asks for somebody who is there. */
const KINDS: { what: string; isMasked?: true; withinMs?: number; request: (person: Person) => Request }[] = [
  { what: 'by id, masked', isMasked: true, withinMs: ID_WITHIN_MS, request: readOf },
  { what: 'by id, unmasked and recorded', request: readOf },
  { what: 'name, exact', withinMs: NAME_WITHIN_MS, request: ({ name }) => searchFor(name) },
  {
    what: 'name, first two thirds of it',
    withinMs: NAME_WITHIN_MS,
    request: ({ name }) => searchFor(name.slice(0, Math.ceil((name.length * 2) / 3)).trim()),
  },
  {
    what: 'name, first and last word',
    withinMs: NAME_WITHIN_MS,
    request: ({ words }) => searchFor(`${words[0]} ${words.at(-1)}`),
  },
  {
    what: 'name, one wrong letter',
    withinMs: CLOSE_WITHIN_MS,
    request: ({ words }) => searchFor(withOneWrongLetter(words)),
  },
  {
    what: 'name, first and last word, one wrong letter',
    withinMs: CLOSE_WITHIN_MS,
    request: ({ words }) => searchFor(withOneWrongLetter([words[0] ?? '', words.at(-1) ?? ''])),
  },
  {
    what: 'name, a blank too many',
    withinMs: CLOSE_WITHIN_MS,
    request: ({ words }) => searchFor(withBlank(words)),
  },
];

/** Looks applicants up one after the other, as a person at a desk does. */
export async function searches(
  { quick, progress }: Bench,
  port: number,
  database: Database,
  rows: number,
): Promise<{ rows: (string | number)[][]; goals: Goal[] }> {
  const people = await somePeople(database, WARM_UP + (quick ? ASKED_QUICK : ASKED));
  await untilWordsAreKnown(database);
  const table: (string | number)[][] = [];
  const goals: Goal[] = [];
  const maskedKey = await makeMaskedKey(port);
  for (const { what, isMasked = false, withinMs, request } of KINDS) {
    const key = isMasked ? maskedKey : API_KEY;
    const requests = people.map(request);
    await askInTurn(port, key, requests.slice(0, WARM_UP)); // plans, caches, compiled code
    const latenciesMs = await askInTurn(port, key, requests.slice(WARM_UP));
    const [p50, p95] = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.95)];
    table.push([shown(rows), what, `${shown(p50)} ms`, `${shown(p95)} ms`]);
    if (withinMs !== undefined) {
      const text = `search at ${shown(rows)} rows, ${what}: p95`;
      goals.push({ text, measured: p95, unit: 'ms', atMost: withinMs });
    }
    progress(`  ${what}: p95 ${shown(p95)} ms`);
  }
  return { rows: table, goals };
}

/** Words of names are learned by a follower of the feed. */
async function untilWordsAreKnown(database: Database): Promise<void> {
  for (;;) {
    const [behind] = await database.query<{ behind: boolean }>(
      `select coalesce(bool_or(exists (select from changes c where (c.history, c.tx, c.seq) > (f.history, f.tx, f.seq))), true) as behind
       from feed_cursors f where follower = 'name-words'`,
    );
    if (behind?.behind === false) return;
    await setTimeout(1000);
  }
}

/** In the longest word, so that it is no other name: its second letter becomes one of its script that no name has there. */
function withOneWrongLetter(words: string[]): string {
  return withOtherLongest(
    words,
    (longest) => `${longest[0]}${isLatin(longest) ? 'x' : 'ظ'}${longest.slice(2)}`,
  );
}

/** In the middle of the longest word. */
function withBlank(words: string[]): string {
  return withOtherLongest(words, (longest) => {
    const at = longest.length >> 1;
    return `${longest.slice(0, at)} ${longest.slice(at)}`;
  });
}

/** One word alone: many have a name of their father's once more. */
function withOtherLongest(words: string[], change: (longest: string) => string): string {
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
  return words.with(words.indexOf(longest), change(longest)).join(' ');
}

function somePeople(database: Database, count: number): Promise<Person[]> {
  return database.query<Person & Record<string, unknown>>(
    `select applicant_id as id, first_name || ' ' || family_name as name, string_to_array(name_key, ' ') as words
     from applicants
     where first_name is not null and family_name is not null order by random() limit $1`,
    [count],
  );
}

/** Without `pii:read`: what it reads is masked, and no reading is recorded. */
async function makeMaskedKey(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/api-keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'masked', scopes: ['applicants:read'] }),
  });
  return ((await answer.json()) as { key: string }).key;
}

function readOf({ id }: Person): Request {
  return { line: `GET /api/v1/applicants/${id}` };
}

function searchFor(name: string): Request {
  return { line: 'POST /api/v1/applicants/search', body: JSON.stringify({ q: name, limit: 20 }) };
}
