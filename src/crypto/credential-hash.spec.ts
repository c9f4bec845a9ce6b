import { sha256 } from './constant-time.js';
import { CredentialHash } from './credential-hash.js';
import { KeyedHash } from './keyed-hash.js';
import { KeyRing } from './key-ring.js';

const ONE = `one:${Buffer.alloc(32, 1).toString('base64')}`;
const TWO = `two:${Buffer.alloc(32, 2).toString('base64')}`;
const SECRET = 'rca_0123456789';

const hashesWith = (...keys: string[]) => new CredentialHash(KeyRing.parse(keys.join(',')));

test('a credential has one hash per key of the ring, the one to write first', () => {
  const [one] = hashesWith(ONE).candidates('api-key', SECRET);
  const [two] = hashesWith(TWO).candidates('api-key', SECRET);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(one).not.toBe(two);
  expect(hashesWith(TWO, ONE).candidates('api-key', SECRET)).toEqual([two, one]);
});

test('the hash of one kind is none of another, nor one of a keyed hash', () => {
  const hashes = hashesWith(ONE);
  const digest = sha256(SECRET).toString('hex');
  const kinds = [
    'api-key',
    'api-key-seal',
    'session',
    'session-seal',
    'invitation',
    'invitation-seal',
    'recovery-code',
    'user-seal',
    'logout-token',
  ] as const;
  const all = kinds.map((kind) => hashes.candidates(kind, SECRET)[0]);
  expect(new Set(all).size).toBe(kinds.length);
  const keyed = new KeyedHash(KeyRing.parse(ONE)).of(`api-key|${digest}`);
  expect(all.some((hash) => hash.startsWith(keyed))).toBe(false);
});

test('the stored SHA-256 of an earlier release leads to the same hash', () => {
  const digest = sha256(SECRET).toString('hex');
  expect(hashesWith(ONE).ofDigest('api-key', digest)).toEqual(hashesWith(ONE).candidates('api-key', SECRET));
});
