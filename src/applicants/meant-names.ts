import type { Meant } from './name-words.service.js';

/** Whole names that are looked for: each costs a range of the index. */
const MAX_NAMES = 16;

/** A shorter part of a word is hardly a name. */
const MIN_PART_LETTERS = 2;

/**
 * The words with one blank less, and with one more: «نور الدين» and «نورالدين» are one name. A word with a blank more stays one
 * entry. Those with a blank less come first; no more than `MAX_NAMES`.
 */
export function spacingsOf(words: readonly string[]): string[][] {
  const joined = words.slice(1).map((word, at) => words.toSpliced(at, 2, `${words[at]}${word}`));
  const parted = words.flatMap((word, at) => partsOf(word).map((parts) => words.toSpliced(at, 1, parts)));
  return [...joined, ...parted].slice(0, MAX_NAMES);
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

/** A pattern for each word: a word that begins as it was typed, or one of those that may have been meant. */
export function patternsOf(meant: readonly (readonly Meant[])[]): string[] {
  return meant.map((words) => {
    const typed = words.filter(({ isTyped }) => isTyped).map(({ word }) => word);
    const whole = words.filter(({ isTyped }) => !isTyped).map(({ word }) => word);
    if (whole.length > 0) typed.push(`(${whole.join('|')})( |$)`);
    return `(^| )(${typed.join('|')})`;
  });
}
