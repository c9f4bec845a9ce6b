import fc from 'fast-check';
import { hasControls, printable, printableLines } from './printable.js';

test.each([
  ['\u001b]0;title\u0007\u001b[2J', '\\u001b]0;title\\u0007\\u001b[2J'],
  ['a\r\nBcc: x', 'a\\u000d\\u000aBcc: x'],
  ['\u009b31m', '\\u009b31m'],
  ['\u202eexe.txt', '\\u202eexe.txt'],
  ['منى\u200f أحمد', 'منى\u200f أحمد'],
])('%j is shown as %s', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('of several lines the lines stay', () => {
  expect(printableLines('a\n\tb\u001b[0m\r\n')).toBe('a\n\tb\\u001b[0m\\u000d\n');
});

test('no text whatsoever leaves a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hasControls(printable(text))).toBe(false);
      expect(hasControls(printableLines(text).replace(/[\n\t]/g, ''))).toBe(false);
    }),
  );
});

test('JSON with a text spelled so is the same JSON', () => {
  const value = { name: '\u009b31m\u202e' };
  expect(JSON.parse(printableLines(JSON.stringify(value, null, 2)))).toEqual(value);
});
