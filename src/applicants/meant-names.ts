import { PARTICLES } from '../enroll-contract/arabic-name.js';
import type { Meant } from './name-words.service.js';

/** Whole names that are looked for: each costs a range of the index. */
const MAX_NAMES = 16;

/** A shorter part of a word is hardly a name, and is not kept among the words of names. */
const MIN_PART_LETTERS = 2;

/**
 * The words with one blank less, and with one more: «نور الدين» and «نورالدين» are one name. A word with a blank more stays one
 * entry. Those with a blank less come first. What is kept as a particle with its name may be the end of the word before: «حس ام
 * محمد» was meant as «حسام محمد».
 */
export function spacingsOf(words: readonly string[]): string[][] {
  const joined = words.slice(1).map((word, at) => words.toSpliced(at, 2, `${words[at]}${word}`));
  const parted = words.flatMap((word, at) => partsOf(word).map((parts) => words.toSpliced(at, 1, parts)));
  return [...joined, ...words.slice(1).flatMap((word, at) => withoutParticle(words, at, word)), ...parted];
}

/** The words with the particle that begins a word at the end of the word before, at `at`. */
function withoutParticle(words: readonly string[], at: number, word: string): string[][] {
  const particle = PARTICLES.find(
    (one) => word.startsWith(one) && word.length >= one.length + MIN_PART_LETTERS,
  );
  if (particle === undefined) return [];
  return [words.toSpliced(at, 2, `${words[at]}${particle}`, word.slice(particle.length))];
}

/** Those spacings of which some name holds every word; nearly always none. @param known words of names */
export function heldSpacings(spacings: readonly string[][], known: ReadonlySet<string>): string[][] {
  const isHeld = (word: string) => [...word].length < MIN_PART_LETTERS || known.has(word);
  return spacings.filter((words) => words.join(' ').split(' ').every(isHeld)).slice(0, MAX_NAMES);
}

function partsOf(word: string): string[] {
  const letters = [...word];
  const places = Math.max(0, letters.length - 2 * MIN_PART_LETTERS + 1);
  return Array.from({ length: places }, (_, nth) => {
    const at = nth + MIN_PART_LETTERS;
    return `${letters.slice(0, at).join('')} ${letters.slice(at).join('')}`;
  });
}

/** Whole names that may have been meant, the likeliest first, but what was typed; none is the beginning of another. */
export function namesOf(meant: readonly (readonly Meant[])[]): string[] {
  let names = [{ name: '', cost: 0, isTyped: true }];
  for (const words of meant) {
    names = names
      .flatMap((before) =>
        words.map(({ word, cost, isTyped }) => ({
          name: before.name === '' ? word : `${before.name} ${word}`,
          cost: before.cost + cost,
          isTyped: before.isTyped && isTyped,
        })),
      )
      .sort((a, b) => a.cost - b.cost)
      .slice(0, MAX_NAMES + 1);
  }
  const others = names.filter(({ isTyped }) => !isTyped).map(({ name }) => name);
  return others
    .filter((name) => !others.some((other) => other !== name && name.startsWith(other)))
    .slice(0, MAX_NAMES);
}

/** What a name may begin with whose first word was meant; none is the beginning of another. */
export function beginningsOf([first = []]: readonly (readonly Meant[])[]): string[] {
  const typed = first.find(({ isTyped }) => isTyped)?.word;
  const whole = first.filter(({ word }) => typed === undefined || !word.startsWith(typed));
  return [...(typed === undefined ? [] : [typed]), ...whole.map(({ word }) => `${word} `)];
}

/** A pattern for each word: a word that begins as it was typed, or one of those that may have been meant. */
export function patternsOf(meant: readonly (readonly Meant[])[]): string[] {
  return meant.map((words) => {
    const typed = words.filter(({ isTyped }) => isTyped).map(({ word }) => word);
    const whole = words.filter(({ isTyped }) => !isTyped).map(({ word }) => word);
    if (whole.length > 0) typed.push(`(${whole.join('|')})( |$)`);
    return `(^| )(${typed.join('|')})`;
  });
}
