import type { Expiry, Moment } from './dialect.js';
import { valueAt } from './json-place.js';
import { instantShown } from './wall-clock.js';

/** A date, or a time without an offset. */
const LOCAL = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?$/;

/**
 * The end of a token, by our clock. We compare an absolute time with eNROLL's own clock if there is a `Date` header, so
 * that a wrong clock on either side does not shorten or stretch the token's life.
 */
export function expiryOf(
  json: unknown,
  expiry: Expiry | undefined,
  theirNow: Date | undefined,
): Date | undefined {
  if (expiry === undefined) return undefined;
  const value = valueAt(json, expiry.at);
  const now = Date.now();
  if (expiry.format === 'seconds') {
    const seconds = Number(value);
    return Number.isFinite(seconds) && value !== null ? new Date(now + seconds * 1000) : undefined;
  }
  const end = instantOf(value, { ...expiry, format: expiry.format });
  return end === undefined ? undefined : new Date(now + end.getTime() - (theirNow?.getTime() ?? now));
}

/** A moment in the dialect's spelling. Undefined if there is none. ISO text without an offset is in the dialect's zone. */
export function instantOf(value: unknown, { format, zone }: Omit<Moment, 'at'>): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (format === 'iso') {
    const text = String(value);
    const [, date, time = '00:00'] = LOCAL.exec(text) ?? [];
    if (date === undefined) return valid(new Date(text));
    const shown = valid(new Date(`${date}T${time}Z`));
    return shown && instantShown(shown, zone);
  }
  return valid(new Date(Number(value) * (format === 'epochSeconds' ? 1000 : 1)));
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}
