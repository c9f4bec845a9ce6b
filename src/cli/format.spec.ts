import stringWidth from 'string-width';
import { format } from './format.js';

const isolated = (text: string) => `\u2068${text}\u2069`;

test('a list of objects is a table with every column that any row has', () => {
  expect(
    format(
      [
        { id: 'a', name: 'Mona' },
        { id: 'bbb', at: new Date(0) },
      ],
      { utc: true },
    ),
  ).toBe(['id   name  at', 'a    Mona  -', 'bbb  -     1970-01-01 00:00:00 UTC'].join('\n'));
});

test('an object is one line per name, and what is nested is words', () => {
  const deep = { b: true, c: { d: 1, e: ['x', 'y'] }, none: undefined };
  expect(
    format({
      a: 1,
      long: ['x', 'y'],
      none: null,
      list: [],
      deep,
      items: [{ n: 1 }, { n: 2, m: { x: 1, y: 2 } }],
    }),
  ).toBe(
    [
      'a     1',
      'long  x, y',
      'none  -',
      'list  -',
      'deep  b true, c (d 1, e (x, y))',
      '',
      'items:',
      'n  m',
      '1  -',
      '2  x 1, y 2',
    ].join('\n'),
  );
});

test('Arabic takes the columns that it takes, marks take none, and each name is isolated', () => {
  const rows = [
    { id: 'a', firstName: 'مُحَمَّد', familyName: 'حسن', end: 1 },
    { id: 'b', firstName: 'Mona', familyName: 'Hassan', end: 2 },
  ];
  const [, arabic = '', latin = ''] = format(rows).split('\n');
  expect(arabic).toContain(`${isolated('مُحَمَّد')}       ${isolated('حسن')}`);
  expect(stringWidth(arabic)).toBe(stringWidth(latin));
});

test('a time is that of Cairo with its zone, summer and winter, or that of UTC', () => {
  const times = { summer: '2026-07-01T21:30:00.123Z', winter: new Date('2026-11-30T22:00:00Z') };
  expect(format(times)).toBe('summer  2026-07-02 00:30:00 +03:00\nwinter  2026-12-01 00:00:00 +02:00');
  expect(format(times, { utc: true })).toBe(
    'summer  2026-07-01 21:30:00 UTC\nwinter  2026-11-30 22:00:00 UTC',
  );
});

describe('on a terminal', () => {
  const id = '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1';

  test('no line is longer than it is wide: the widest columns are cut, an id never', () => {
    const text = format([{ id, short: 'abc', reason: 'r'.repeat(60), name: 'م'.repeat(40) }], { width: 80 });
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    expect(text).toContain(`${id}  abc    rrr`);
    expect(text.match(/…/g)).toHaveLength(2);
    expect(text).toMatch(/…\u2069$/);
    const delivery = 'msg_2500_202_e0d3446a191a';
    expect(format([{ delivery, event: 'e'.repeat(60) }], { width: 40 })).toContain(delivery);
  });

  test('where a table has no room, a row is a list of pairs', () => {
    const row = { id, other: id, state: 'open' };
    expect(format([row, row], { width: 60 })).toBe([1, 2].map(() => format(row)).join('\n\n'));
  });
});

test('what would move the cursor of a terminal is spelled out, wherever it comes from', () => {
  expect(format([{ 'a\u001b': 'Mona\u001b[2J', deep: { x: '\u009b1m' } }])).toBe(
    ['a\\u001b        deep', 'Mona\\u001b[2J  x \\u009b1m'].join('\n'),
  );
  expect(format({ name: 'a\nb\tc' })).toBe('name  a\\u000ab\\u0009c');
  expect(format({ name: '\u2069منى' })).toBe(`name  ${isolated('\\u2069منى')}`);
  expect(format('two\nlines\u0007')).toBe('two\nlines\\u0007');
});

test('texts and numbers are printed as they are, an empty list says so', () => {
  expect(format('text')).toBe('text');
  expect(format(42)).toBe('42');
  expect(format(['a', 'b'])).toBe('a\nb');
  expect(format([])).toBe('(none)');
});
