import { UsageError } from './context.js';

/**
 * A list of known words joined by commas, each once.
 * @param kind what one of them is called
 * @throws UsageError naming the known ones
 */
export function wordsOf<Word extends string>(kind: string, list: string, known: readonly Word[]): Word[] {
  const words = list
    .split(',')
    .map((word) => known.find((one) => one === word.trim()) ?? refuse(word.trim()));
  return [...new Set(words)];

  function refuse(word: string): never {
    throw new UsageError(`Unknown ${kind} "${word}"; there are: ${known.join(', ')}`);
  }
}
