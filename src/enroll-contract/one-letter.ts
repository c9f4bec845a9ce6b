/** Typing errors of one letter: one too many, one missing, one wrong, or two neighbours swapped. Words are search keys. */

/** Shorter words are one letter away from too many others. */
const MIN_LETTERS = 3;

/**
 * The word, and the word without each of its letters. Two words that are one error apart share one of these; a few that share one
 * are two errors apart.
 */
export function nearOf(word: string): string[] {
  const letters = [...word];
  if (letters.length < MIN_LETTERS) return [word];
  return [...new Set([word, ...letters.map((_, at) => letters.toSpliced(at, 1).join(''))])];
}

/** Whether two different words are one error apart. */
export function isOneLetterOff(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  if (Math.min(a.length, b.length) < MIN_LETTERS || one === other) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (letters: string[], at: number) => letters.slice(at).join('');
  if (a.length > b.length) return rest(a, start + 1) === rest(b, start);
  if (a.length < b.length) return rest(a, start) === rest(b, start + 1);
  if (rest(a, start + 1) === rest(b, start + 1)) return true;
  const isSwapped = a[start] === b[start + 1] && a[start + 1] === b[start];
  return isSwapped && rest(a, start + 2) === rest(b, start + 2);
}
