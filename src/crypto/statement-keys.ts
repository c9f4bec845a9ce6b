import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  createLocalJWKSet,
  exportJWK,
  type JWK,
} from 'jose';
import type { KeyRing, RingKey } from './key-ring.js';

/** PKCS#8 of an Ed25519 private key (RFC 8410, section 7) up to its 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The Ed25519 key of one key of the ring. It is derived from the sub-key, so every replica signs alike, statements stay
 * verifiable after restarts, and nothing else has to be stored.
 */
function statementKey(key: RingKey): KeyObject {
  const seed = key.subKeys.statement.export();
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  seed.fill(0);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return privateKey;
}

/** The public half (RFC 8037) with its RFC 7638 thumbprint as `kid`. */
async function publicJwk(privateKey: KeyObject) {
  const { kty = '', crv = '', x = '' } = await exportJWK(createPublicKey(privateKey));
  return { kty, crv, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint({ kty, crv, x }), x };
}

/** A public key as it is published (RFC 8037). */
export type PublicJwk = Awaited<ReturnType<typeof publicJwk>>;

/** The public half of the statement key of one key of the ring. */
export function publicJwkOf(key: RingKey): Promise<PublicJwk> {
  return publicJwk(statementKey(key));
}

/** Those of all keys of a ring, in its order. */
export function publicJwks({ keys }: KeyRing): Promise<PublicJwk[]> {
  return Promise.all(keys.map(publicJwkOf));
}

/**
 * Signs what we state, with the first key of the ring: a compact JWS (RFC 7515) over its JSON.
 * @param typ what kind of statement it is, so that none is taken for another
 */
export async function signStatement({ current }: KeyRing, typ: string, statement: object): Promise<string> {
  const key = statementKey(current);
  const { kid } = await publicJwk(key);
  return new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ, cty: 'json' })
    .sign(key);
}

/** What was signed, and its kind as `signStatement` got it; undefined where none of these public keys signed it. */
export async function readStatement(
  jws: string,
  keys: readonly object[],
): Promise<{ typ: string | undefined; said: unknown } | undefined> {
  try {
    const known = createLocalJWKSet({ keys: keys as JWK[] });
    const { payload, protectedHeader } = await compactVerify(jws, known);
    return { typ: protectedHeader.typ, said: JSON.parse(new TextDecoder().decode(payload)) as unknown };
  } catch {
    return undefined;
  }
}
