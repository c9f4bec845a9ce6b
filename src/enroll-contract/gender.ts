import { nameKey } from './arabic-name.js';

const GENDERS = new Map<string, 'M' | 'F'>([
  ['m', 'M'],
  ['male', 'M'],
  ['1', 'M'],
  [nameKey('ذكر'), 'M'],
  ['f', 'F'],
  ['female', 'F'],
  ['2', 'F'],
  [nameKey('أنثى'), 'F'],
]);

/** M or F from M/F, male/female, ذكر/أنثى or 1/2 (A20), in any case and with Arabic digits. Undefined otherwise. */
export function parseGender(text: string): 'M' | 'F' | undefined {
  if (text === 'M' || text === 'F') return text;
  return GENDERS.get(nameKey(text));
}
