import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { KeyRing } from '../crypto/key-ring.js';

/** A key signs tokens for so long; then the next one, made from the same key of the ring, takes its place on every replica. */
export const PERIOD_MS = 30 * 86_400_000;
const KID = /^([A-Za-z0-9_-]{1,32})(?:\.([1-9]\d{0,4}))?$/;

/** The signing key of one key of the ring in one of its periods, counted from 0. */
export interface SigningPeriod {
  keyId: string;
  period: number;
}

/** In the first period it is the id of the ring's key: replicas of releases before 0.2 know no other. */
export function kidOf({ keyId, period }: SigningPeriod): string {
  return period === 0 ? keyId : `${keyId}.${period}`;
}

/** Undefined for what is none. */
export function periodOf(kid: string): SigningPeriod | undefined {
  const [, keyId, period = '0'] = KID.exec(kid) ?? [];
  return keyId === undefined ? undefined : { keyId, period: Number(period) };
}

/** Whether a moment lies in a period, or so many milliseconds before or behind it. */
export function isWithin(period: number, sinceMs: number, nowMs: number, before = 0, behind = 0): boolean {
  const startMs = sinceMs + period * PERIOD_MS;
  return nowMs >= startMs - before && nowMs < startMs + PERIOD_MS + behind;
}

/**
 * The signing keys of the ring, the few in use held ready. It needs no store: every replica makes the same ones, at the same time.
 * They are `KeyObject`s: with text or bytes jsonwebtoken is 25 times slower.
 */
export class SigningSecrets {
  private readonly made = new Map<string, KeyObject>();
  private static readonly MAX_MADE = 8;

  constructor(private readonly ring: KeyRing) {}

  /** @throws Error for a `kid` of no key of the ring */
  of(kid: string): KeyObject {
    const made = this.made.get(kid);
    if (made !== undefined) return made;
    const signing = periodOf(kid);
    const key = signing && this.ring.find(signing.keyId)?.subKeys.token;
    if (signing === undefined || key === undefined)
      throw new Error('The token names a key that is not in the ring');
    const secret = signing.period === 0 ? key : derived(key, signing.period);
    // strangers may name any period
    if (this.made.size >= SigningSecrets.MAX_MADE) this.made.clear();
    this.made.set(kid, secret);
    return secret;
  }
}

/** RFC 5869. */
function derived(key: KeyObject, period: number): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `rollcall/token/period ${period}`, 32)));
}
