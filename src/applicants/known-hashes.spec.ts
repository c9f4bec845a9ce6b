import { KeyedHash } from '../crypto/keyed-hash.js';
import { KeyRing } from '../crypto/key-ring.js';
import { keyerOf, keyKept, KnownHashes, MAX_KNOWN_VERSIONS } from './known-hashes.js';

const keyedHash = new KeyedHash(KeyRing.parse(`k1:${Buffer.alloc(32, 7).toString('base64')}`));
const keyer = keyerOf(keyedHash, 'a-1');

/** As the release before would have hashed it. */
const plain = (n: number): string => n.toString(16).padStart(16, '0');
/** What the release before kept of versions 1 to `last`: content n, delivered 1000 + n. */
const plainKept = (last: number, first = 1): string =>
  Array.from({ length: last - first + 1 }, (_, at) => plain(first + at) + plain(1000 + first + at)).join('');
const of = (n: number) => ({ content: keyer(plain(n)), delivered: keyer(plain(1000 + n)) });
const written = (n: number) => ({ content: of(n).content[0], delivered: of(n).delivered[0] });

describe('known hashes', () => {
  test('what was added is known again, the newest version of it, and what is kept reads back', () => {
    const known = KnownHashes.of(written(1));
    for (const n of [2, 3, 1, 4]) known.add(written(n));
    const read = KnownHashes.read(known.toString(), 5, keyer);
    for (const one of [known, read]) {
      expect(one.newest).toEqual(written(4));
      expect([1, 2, 3, 9].map((n) => one.earlier(of(n)))).toEqual([4, 2, 3, null]);
      expect(one.earlier({ content: of(9).content, delivered: of(2).delivered })).toBe(2);
    }
    expect(known.toString()).toHaveLength(2 * (3 + 5 * 32));
  });

  test('the newest 256 are kept, and count from the right version', () => {
    const known = KnownHashes.of(written(1));
    for (let n = 2; n <= MAX_KNOWN_VERSIONS + 2; n++) known.add(written(n));
    const read = KnownHashes.read(known.toString(), MAX_KNOWN_VERSIONS + 2, keyer);
    for (const one of [known, read])
      expect([1, 2, 3, 4].map((n) => one.earlier(of(n)))).toEqual([null, null, 3, 4]);
    expect(known.toString()).toHaveLength(2 * (3 + 256 * 32));
  });

  test.each([
    ['a row of the release before', plainKept(5)],
    ['a row that was keyed', keyKept(plainKept(5), 5, keyer)],
    ['a keyed row to which the release before added', keyKept(plainKept(3), 3, keyer) + plainKept(5, 4)],
  ])('%s knows all its versions, and holds no plain hash when it is written again', (_, kept) => {
    const known = KnownHashes.read(kept, 5, keyer);
    expect(known.newest).toEqual(written(5));
    expect([1, 2, 3, 4].map((n) => known.earlier(of(n)))).toEqual([1, 2, 3, 4]);
    expect(known.toString()).toBe(keyKept(plainKept(5), 5, keyer));
    for (let n = 1; n <= 5; n++) expect(known.toString()).not.toContain(plain(n));
  });

  test('equal contents of two applicants do not show as equal; the letters of a GUID make no other applicant', () => {
    expect(keyerOf(keyedHash, 'a-2')(plain(1))).not.toEqual(keyer(plain(1)));
    expect(keyerOf(keyedHash, 'A-1')(plain(1))).toEqual(keyer(plain(1)));
  });
});
