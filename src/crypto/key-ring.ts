import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { CryptoError } from './crypto.errors.js';

/** What a sub-key is for; a key derived for one purpose is useless for another. */
export type KeyPurpose = 'seal' | 'index' | 'hash' | 'token' | 'statement' | 'credential';

const PURPOSES: readonly KeyPurpose[] = ['seal', 'index', 'hash', 'token', 'statement', 'credential'];
const KEY_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{1,32}$/;

/** One key of the ring: its public id and a sub-key per purpose. */
export interface RingKey {
  readonly id: string;
  readonly subKeys: Readonly<Record<KeyPurpose, KeyObject>>;
}

/**
 * The keys of this deployment. The first seals, indexes and signs; all of them open and match.
 * Tokens signed by the other keys are valid for a while (`auth/signing-keys.service.ts`).
 *
 * To rotate: add the new key at the end on every replica, then move it to the front. In this order no replica ever gets
 * bytes of a key that it does not have.
 */
export class KeyRing {
  private readonly byId: ReadonlyMap<string, RingKey>;

  private constructor(
    readonly keys: readonly RingKey[],
    /** The first key. */
    readonly current: RingKey,
  ) {
    this.byId = new Map(keys.map((key) => [key.id, key]));
  }

  /**
   * @param text `id:key` pairs joined by commas; each key is 32 bytes in base64 or base64url
   * @throws CryptoError RING_INVALID naming the pair at fault, never its key
   */
  static parse(text: string): KeyRing {
    const keys = text.split(',').map((pair) => parsePair(pair.trim()));
    const ids = keys.map(({ id }) => id);
    const twice = ids.find((id, at) => ids.indexOf(id) < at);
    if (twice !== undefined) {
      throw new CryptoError('RING_INVALID', `Key id "${twice}" is twice in the key ring`);
    }
    return new KeyRing(keys, keys[0] as RingKey);
  }

  /** The key with that id, or undefined if the ring does not hold it. */
  find(id: string): RingKey | undefined {
    return this.byId.get(id);
  }
}

function parsePair(pair: string): RingKey {
  const colon = pair.indexOf(':');
  const id = pair.slice(0, Math.max(colon, 0));
  if (!ID.test(id)) {
    throw new CryptoError(
      'RING_INVALID',
      'A key id is 1-32 letters, digits, "_" or "-", then ":" and the key',
    );
  }
  const material = Buffer.from(pair.slice(colon + 1), 'base64');
  if (material.length !== KEY_BYTES) {
    throw new CryptoError(
      'RING_INVALID',
      `Key "${id}" is ${material.length} bytes long, not ${KEY_BYTES}; make one with: openssl rand -base64 32`,
    );
  }
  const subKeys = Object.fromEntries(PURPOSES.map((purpose) => [purpose, derive(material, purpose)]));
  material.fill(0);
  return { id, subKeys: subKeys as Record<KeyPurpose, KeyObject> };
}

/** RFC 5869. It returns a `KeyObject`, because a key given as bytes is imported at every use (2 to 25 times slower). */
function derive(material: Buffer, purpose: KeyPurpose): KeyObject {
  const bytes = Buffer.from(hkdfSync('sha256', material, '', `rollcall/${purpose}/v1`, KEY_BYTES));
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
