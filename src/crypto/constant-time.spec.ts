import { equals, sha256 } from './constant-time.js';

describe('constant-time comparison', () => {
  test.each<[string | Uint8Array, string | Uint8Array, boolean]>([
    ['secret', 'secret', true],
    ['', '', true],
    ['secret', Buffer.from('secret'), true],
    ['secret', 'secreT', false],
    ['secret', 'secret\0', false],
    ['secret', 'secre', false],
    ['secret', '', false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(equals(a, b)).toBe(same);
  });

  test('sha256 is the known one, over UTF-8', () => {
    expect(sha256('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(sha256('محمد')).toEqual(sha256(Buffer.from('محمد', 'utf8')));
  });
});
