import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { KeyRing, RingKey } from '../crypto/key-ring.js';

/** PKCS#8 of an Ed25519 private key (RFC 8410, section 7) up to its 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A public key as it is published (RFC 8037). */
export interface PublicJwk {
  kty: string;
  crv: string;
  alg: string;
  use: string;
  kid: string;
  x: string;
}

/**
 * The Ed25519 key of one key of the ring. Made of its sub-key, so that every replica signs alike, statements stay
 * verifiable over restarts, and nothing more has to be kept.
 */
export function statementKey(key: RingKey): KeyObject {
  const seed = key.subKeys.statement.export();
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  seed.fill(0);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return privateKey;
}

/** The public half with its RFC 7638 thumbprint as `kid`. */
export async function publicJwk(privateKey: KeyObject): Promise<PublicJwk> {
  const { kty = '', crv = '', x = '' } = await exportJWK(createPublicKey(privateKey));
  return { kty, crv, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint({ kty, crv, x }), x };
}

/** Of all keys of the ring: what an older first key has signed is verified too. */
export function publicJwks({ keys }: KeyRing): Promise<PublicJwk[]> {
  return Promise.all(keys.map((key) => publicJwk(statementKey(key))));
}
