import type { Meant } from './name-words.service.js';

/** Whole names that are looked for: each costs a range of the index. */
const MAX_NAMES = 16;

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
