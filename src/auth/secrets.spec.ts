/** @jest-environment-options {"keepsModules": false} */
import { hash } from '@node-rs/argon2';
import { digestSecret, findChosen, generateSecret, isGeneratedOf, type SecretDigest } from './secrets.js';
import { sha256 } from '../crypto/constant-time.js';

// Counted, not replaced.
jest.mock('@node-rs/argon2', () => {
  const actual = jest.requireActual<{ hash: typeof hash }>('@node-rs/argon2');
  return { ...actual, hash: jest.fn(actual.hash) };
});

const CHOSEN = 'a secret that somebody chose';

describe('generated secrets', () => {
  test('hold 256 random bits under the prefix rcs_', () => {
    const [one, two] = [generateSecret(), generateSecret()];
    expect(one).toMatch(/^rcs_[A-Za-z0-9_-]{43}$/);
    expect(one).not.toBe(two);
  });

  test('are stored as SHA-256', async () => {
    const secret = generateSecret();
    expect(await digestSecret(secret)).toEqual({ kind: 'sha256', digest: sha256(secret).toString('hex') });
  });

  test('are found among several, and nothing else is', async () => {
    const [one, two, other] = [generateSecret(), generateSecret(), generateSecret()];
    const stored = [await digestSecret(one), await digestSecret(CHOSEN), await digestSecret(two)];
    expect([one, two].map((secret) => isGeneratedOf(stored, secret))).toEqual([true, true]);
    expect(isGeneratedOf(stored, other)).toBe(false);
    expect(isGeneratedOf(stored, `${one}\0`)).toBe(false);
    expect(isGeneratedOf(stored, CHOSEN)).toBe(false);
    expect(isGeneratedOf([], one)).toBe(false);
  });

  test('a damaged stored digest matches nothing', () => {
    expect(isGeneratedOf([{ kind: 'sha256', digest: 'beef' }], generateSecret())).toBe(false);
    expect(isGeneratedOf([{ kind: 'sha256', digest: '' }], '')).toBe(false);
  });
});

describe('chosen secrets', () => {
  test.each([
    CHOSEN,
    'rcs_too-short',
    `rcs_${'x'.repeat(44)}`,
    `${generateSecret()}x`,
    ` ${generateSecret()}`,
  ])('%s is stored as argon2id of 19 MiB, two passes, one lane', async (secret) => {
    const { kind, digest } = await digestSecret(secret);
    expect(kind).toBe('argon2id');
    expect(digest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test('the same text has another salt at another client', async () => {
    expect(await digestSecret(CHOSEN)).not.toEqual(await digestSecret(CHOSEN));
  });

  test('two secrets of one client share their salt, so that one run checks both', async () => {
    const first = await digestSecret(CHOSEN);
    const second = await digestSecret('another chosen secret', [await digestSecret(generateSecret()), first]);
    const saltOf = ({ digest }: SecretDigest) => digest.split('$')[4];
    expect(saltOf(second)).toBe(saltOf(first));
    expect(second.digest).not.toBe(first.digest);
    expect(await findChosen([first, second], 'another chosen secret')).toBe(second);
    expect(await findChosen([first, second], CHOSEN)).toBe(first);
  });

  test('a secret with U+0000 added is another secret', async () => {
    const stored = [await digestSecret(CHOSEN)];
    expect(await findChosen(stored, CHOSEN)).toBe(stored[0]);
    for (const other of [`${CHOSEN}\0`, `\0${CHOSEN}`, `${CHOSEN} `, CHOSEN.toUpperCase(), '']) {
      expect(await findChosen(stored, other)).toBeUndefined();
    }
  });

  test('secrets with different salts, or of older parameters, are found too', async () => {
    const older: SecretDigest = {
      kind: 'argon2id',
      digest: await hash('an older secret', { memoryCost: 8192, timeCost: 3, parallelism: 2 }),
    };
    const stored = [await digestSecret(CHOSEN), older];
    expect(await findChosen(stored, 'an older secret')).toBe(older);
    expect(await findChosen(stored, CHOSEN)).toBe(stored[0]);
  });

  test('argon2 runs once whatever is stored, also where nothing is', async () => {
    const first = await digestSecret(CHOSEN);
    const second = await digestSecret('another chosen secret', [first]);
    const generated = await digestSecret(generateSecret());
    const argon2 = jest.mocked(hash);
    for (const stored of [[], [generated], [first], [first, second], [generated, second]]) {
      argon2.mockClear();
      expect(await findChosen(stored, 'a wrong guess of it')).toBeUndefined();
      expect(argon2.mock.calls).toEqual([
        [
          Buffer.from('a wrong guess of it'),
          expect.objectContaining({ memoryCost: 19_456, timeCost: 2, parallelism: 1 }),
        ],
      ]);
    }
  });
});
