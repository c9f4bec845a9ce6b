import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import type { RingKey } from '../crypto/key-ring.js';
import type { JwkDto } from './reconciliation.dto.js';

/** PKCS#8 of an Ed25519 private key (RFC 8410, section 7) up to its 32 bytes. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The Ed25519 key of one key of the ring. It is derived from the sub-key, so every replica signs alike, statements stay
 * verifiable after restarts, and nothing else has to be stored.
 */
export function statementKey(key: RingKey): KeyObject {
  const seed = key.subKeys.statement.export();
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  seed.fill(0);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  return privateKey;
}

/** The public half (RFC 8037) with its RFC 7638 thumbprint as `kid`. */
export async function publicJwk(privateKey: KeyObject): Promise<JwkDto> {
  const { kty = '', crv = '', x = '' } = await exportJWK(createPublicKey(privateKey));
  return { kty, crv, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint({ kty, crv, x }), x };
}
