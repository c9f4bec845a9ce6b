import { format } from './format.js';

test('a list of objects is a table with every column that any row has', () => {
  expect(
    format([
      { id: 'a', name: 'أحمد' },
      { id: 'bbb', at: new Date(0) },
    ]),
  ).toBe(['id   name  at', 'a    أحمد  -', 'bbb  -     1970-01-01T00:00:00.000Z'].join('\n'));
});

test('an object is one line per name', () => {
  expect(format({ a: 1, long: ['x', 'y'], none: null, list: [], deep: { b: true } })).toBe(
    ['a     1', 'long  x, y', 'none  -', 'list  -', 'deep  {"b":true}'].join('\n'),
  );
});

test('what would move the cursor of a terminal is spelled out, wherever it comes from', () => {
  expect(format([{ 'a\u001b': 'منى\u001b[2J', deep: { x: '\u009b1m' } }])).toBe(
    ['a\\u001b       deep', 'منى\\u001b[2J  {"x":"\\u009b1m"}'].join('\n'),
  );
  expect(format({ name: 'a\nb\tc' })).toBe('name  a\\u000ab\\u0009c');
  expect(format('two\nlines\u0007')).toBe('two\nlines\\u0007');
});

test('texts and numbers are printed as they are, an empty list says so', () => {
  expect(format('text')).toBe('text');
  expect(format(42)).toBe('42');
  expect(format(['a', 'b'])).toBe('a\nb');
  expect(format([])).toBe('(none)');
});
