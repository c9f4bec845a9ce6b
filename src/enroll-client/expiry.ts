import type { Expiry } from './dialect.js';
import { valueAt } from './json-place.js';

/**
 * The end of a token, by our clock. An absolute time is read against eNROLL's own clock (`Date` header) where it shows
 * one, so that a clock that is off, theirs or ours, does not shorten or stretch the token's life.
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
  const end = instantOf(value, expiry.format);
  return end === undefined ? undefined : new Date(now + end.getTime() - (theirNow?.getTime() ?? now));
}

/** A moment as the dialect spells it; undefined where there is none. ISO text without an offset is read as UTC. */
export function instantOf(
  value: unknown,
  format: 'iso' | 'epochSeconds' | 'epochMilliseconds',
): Date | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  if (format === 'iso') {
    const text = String(value);
    return valid(new Date(/T[\d:.]+$/.test(text) ? `${text}Z` : text));
  }
  return valid(new Date(Number(value) * (format === 'epochSeconds' ? 1000 : 1)));
}

function valid(date: Date): Date | undefined {
  return Number.isNaN(date.getTime()) ? undefined : date;
}
