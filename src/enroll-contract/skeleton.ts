import { LATIN_SPELLINGS } from './latin-names.js';

/**
 * One text for the spellings of a name in Arabic and in Latin letters: its consonants, with one sign for an initial vowel. Vowels are
 * left out, because Arabic writes only the long ones: «شنودة», Shenouda and Chenoda are `cnd`.
 * Words are search keys (`nameKey`).
 */

const INITIAL_VOWEL = "'";
/** Letters of a skeleton, and the Arabic and Latin ones that are written for them. Others say nothing. */
const CONSONANTS: readonly [sign: string, letters: string][] = [
  ['b', 'بپbp'],
  ['c', 'ش'],
  ['d', 'دضd'],
  ['f', 'فڤfv'],
  ['g', 'جغگچgj'],
  ['h', 'حهh'],
  ['k', 'كقkqc'],
  ['l', 'لl'],
  ['m', 'مm'],
  ['n', 'نn'],
  ['r', 'رr'],
  ['s', 'سصsx'],
  ['t', 'تطثt'],
  ['x', 'خ'],
  ['z', 'زذظz'],
];
const SIGNS = new Map(CONSONANTS.flatMap(([sign, letters]) => [...letters].map((letter) => [letter, sign])));
/** Vowels, unless a word begins with them. */
const SEMIVOWELS = new Map([
  ['و', 'w'],
  ['w', 'w'],
  ['ي', 'y'],
  ['y', 'y'],
]);
const VOWELS = 'اعaeiou';
/** Two Latin letters for one consonant, and what they may be written for, the usual one first. */
const DIGRAPHS: readonly [letters: string, written: readonly string[]][] = [
  ['sh', ['ش']],
  ['ch', ['ش']],
  ['kh', ['خ']],
  ['gh', ['غ']],
  ['ph', ['ف']],
  ['th', ['ث', 'th', 'س']],
  ['dh', ['ض', 'ذ']],
];
const LATIN = /^[a-z]+$/;
/** Latin words that are written apart from the next one; the Arabic key has them joined to it. */
const LATIN_PARTICLES = /\b(abd|abdel|abdul|abdal|abou|abo|abu|el|al|ibn) (?=[a-z])/g;

export function isLatin(word: string): boolean {
  return LATIN.test(word);
}

/** A name in Latin letters with its particles joined, as the Arabic key has them. */
export function joinLatinParticles(key: string): string {
  return key.replace(LATIN_PARTICLES, '$1');
}

/** The skeleton under which a word is kept. '' where it has no letter of the two scripts. */
export function skeletonOf(word: string): string {
  return skeletonsOf(word)[0]!;
}

/** All skeletons that a word may have been written for, the usual one first. */
export function skeletonsOf(word: string): string[] {
  if (!isLatin(word)) return [consonantsOf(word.replace(/ه$/, ''))];
  // Fatimah ends with a vowel, Saleh does not
  let readings = word.endsWith('h') ? [word.slice(0, -1), word] : [word];
  for (const [letters, written] of DIGRAPHS) {
    readings = readings.flatMap((reading) => written.map((one) => reading.replaceAll(letters, one)));
  }
  return [...new Set(readings.map(consonantsOf))];
}

/** Whether two words are spellings of one name, at least one of them in Latin letters. */
export function isSameName(one: string, other: string): boolean {
  if (!isLatin(one) && !isLatin(other)) return false;
  const [known, knownOther] = [arabicOf(one), arabicOf(other)];
  if (known !== undefined && knownOther !== undefined) return known === knownOther;
  return skeletonsOf(one).some((skeleton) => skeletonsOf(other).includes(skeleton));
}

/** The Arabic word itself, or that of a common name in Latin letters. */
export function arabicOf(word: string): string | undefined {
  return isLatin(word) ? LATIN_SPELLINGS.get(word) : word;
}

function consonantsOf(letters: string): string {
  let signs = '';
  for (const letter of letters) {
    const semivowel = SEMIVOWELS.get(letter);
    if (signs === '' && semivowel !== undefined) signs = semivowel;
    else if (signs === '' && VOWELS.includes(letter)) signs = INITIAL_VOWEL;
    else signs += SIGNS.get(letter) ?? '';
  }
  return signs.replace(/(.)\1+/g, '$1');
}
