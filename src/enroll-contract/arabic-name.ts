/**
 * The search key of names: all common spellings of a name give the same text. The stored name never changes.
 * A key consists of words of letters and digits, separated by single spaces.
 */

/** Postgres limits an entry of a btree to 2,704 bytes. No name on a card comes near. */
const MAX_KEY_LENGTH = 300;
/** Keys of longer names are stored: this must stay what it is. */
const MAX_NAME_LENGTH = 999;

/** Letters and the one letter that they fold to. */
const FOLDED = [
  ['أإآٱٲٳ', 'ا'],
  ['ىئیېێ', 'ي'],
  ['ؤ', 'و'],
  ['ةۀہۂھەۃ', 'ه'],
  ['کڪ', 'ك'],
  ['ۓ', 'ے'],
] as const;

/** Dropped: hamza alone, tatweel, tashkeel and Quranic marks, soft hyphen, bidi and zero-width marks. */
const DROPPED =
  /[\u0621\u0640\u0610-\u061a\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;

/** Particles that form one name with the next word, with or without a space. */
export const PARTICLES = ['عبد', 'ابو', 'ابن', 'ام'];
const JOINED_TO_NEXT = new Set(PARTICLES);
/** Without a particle before a blank, and blanks alone or at an end, the words stay as they are. */
const NEEDS_JOINING = new RegExp(`^ |  | $|(?:${PARTICLES.join('|')}) `);

/**
 * Below this code each character folds on its own, so a table of characters is enough. U+0675 to U+0678 and all
 * composed, wide or rare characters go through NFKC first.
 */
const TABLE_SIZE = 0x0700;
const FOLD_TABLE = Array.from({ length: TABLE_SIZE }, (_, code) => foldCharacter(String.fromCharCode(code)));
/** Characters of the table that do not stay what they are, and all beyond it. */
const FOLDS_TO_ANOTHER = new RegExp(
  `[${FOLD_TABLE.map((folded, code) => (folded.charCodeAt(0) === code ? '' : `\\u{${code.toString(16)}}`)).join('')}\\u{${TABLE_SIZE.toString(16)}}-\\u{10ffff}]`,
  'gu',
);
const NEEDS_NFKC =
  /[^\0-\x7f\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u0660-\u0669\u066e-\u0672\u0679-\u06bf\u06c1\u06c3-\u06d2\u06f0-\u06f9\u200c-\u200f]/;

/** The key of a name, with its lines in order. '' if there is nothing to search by. */
export function nameKey(...lines: (string | undefined)[]): string {
  let name = lines.filter((line) => line !== undefined).join(' ');
  if (name.length > MAX_NAME_LENGTH) name = name.slice(0, MAX_NAME_LENGTH);
  if (NEEDS_NFKC.test(name)) name = name.normalize('NFKC');
  return cut(joinParticles(fold(name)));
}

/** The words that a name search looks for. */
export function searchWords(query: string): string[] {
  const key = nameKey(query);
  return key === '' ? [] : key.split(' ');
}

/** Most characters fold to themselves: only the others are looked at one by one. */
function fold(name: string): string {
  return name.replace(FOLDS_TO_ANOTHER, (character) => {
    const code = character.charCodeAt(0);
    return code < TABLE_SIZE ? FOLD_TABLE[code]! : foldCharacter(character);
  });
}

function foldCharacter(character: string): string {
  if (DROPPED.test(character)) return '';
  if (!WORD_CHARACTER.test(character)) return ' ';
  const code = character.charCodeAt(0);
  if ((code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9)) return String(code & 0xf);
  for (const [letters, letter] of FOLDED) if (letters.includes(character)) return letter;
  return character.toLowerCase();
}

function joinParticles(folded: string): string {
  if (!NEEDS_JOINING.test(folded)) return folded;
  let key = '';
  let isJoined = true;
  for (const word of folded.split(' ')) {
    if (word === '') continue;
    key += isJoined ? word : ` ${word}`;
    isJoined = JOINED_TO_NEXT.has(word);
  }
  return key;
}

function cut(key: string): string {
  if (key.length <= MAX_KEY_LENGTH) return key;
  return key
    .slice(0, MAX_KEY_LENGTH)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}
