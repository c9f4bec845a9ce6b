import { toAsciiDigits } from './characters.js';

/** The statuses that the guide names. Others exist and are kept as numbers. */
export const STATUS = { Accepted: 1, ManuallyAccepted: 4, ManuallyRejected: 5 } as const;

const CODES = new Map<string, number>(
  Object.entries(STATUS).map(([name, code]) => [name.toLowerCase(), code]),
);
const KNOWN = new Set<number>(CODES.values());

/** `status` is stored as a Postgres integer. */
const MAX_STATUS = 2 ** 31 - 1;

export function isKnownStatus(status: number): boolean {
  return KNOWN.has(status);
}

/** A status from a number, digits of any script, or a name, spaced or not (A15). Undefined if it is none of these. */
export function parseStatus(value: unknown): number | undefined {
  if (typeof value === 'number') return asStatus(value);
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = toAsciiDigits(value).trim();
  if (/^[+-]?\d+(\.0+)?$/.test(text)) return asStatus(Number(text));
  return CODES.get(text.replace(/[\s_-]+/g, '').toLowerCase());
}

function asStatus(number: number): number | undefined {
  // `+ 0` turns -0 into 0
  return Number.isInteger(number) && Math.abs(number) <= MAX_STATUS ? number + 0 : undefined;
}
