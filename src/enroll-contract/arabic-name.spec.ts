import fc from 'fast-check';
import { nameKey, searchWords } from './arabic-name.js';

describe('one key for every spelling of', () => {
  test.each([
    ['عبدالرحمن', ['عبد الرحمن', 'عبدالرحمن', 'عَبْد الرَّحمٰن', 'عبد  الرحمن', 'عـبـد الرحمن']],
    ['فاطمه', ['فاطمة', 'فاطمه', 'فَاطِمَة']],
    ['هدي', ['هدى', 'هدي', 'هدی']],
    ['مومن', ['مؤمن', 'مومن', 'مو\u0654من']],
    [
      'احمد',
      [
        'أحمد',
        'احمد',
        'إحمد',
        'آحمد',
        'ٱحمد',
        'ا\u0653حمد',
        'ا\u0654حمد',
        '\u200fأحمد\u200e',
        'أحمـــد',
        'ٲحمد',
        'ٳحمد',
      ],
    ],
    ['هاني', ['هانئ', 'هاني', 'هانى', 'هاني\u0654']],
    ['شيما', ['شيماء', 'شيما']],
    ['كريم', ['کریم', 'كريم', 'ﻛﺮﻳﻢ', 'ڪريم']],
    ['ابوبكر', ['أبو بكر', 'ابوبكر', 'أبو  بَكر']],
    ['ابنسينا', ['ابن سينا', 'إبن سينا', 'ابنسينا']],
    ['امكلثوم', ['أم كلثوم', 'ام كلثوم', 'أمكلثوم']],
    ['ابوعبدالله', ['أبو عبد الله', 'ابو عبدالله', 'ابوعبدالله', 'أبو عبد ﷲ']],
    ['الاسلام', ['الإسلام', 'الاسلام', 'ا\ufefaسلام', 'ا\ufefbسلام']],
    ['محمد 2', ['محمد ٢', 'محمد ۲', 'محمد 2', 'محمد\u00a0２']],
    ['هه', ['ەۀ', 'ہۂ', 'ھۃ', 'ه\u0654ه']],
    ['ے', ['ۓ', 'ے\u0654', 'ے']],
    ['يي', ['ېێ', 'یي']],
    ['o neil', ["O'Neil", 'o-neil', ' O  NEIL.', 'ｏ neil', 'o\u200b neil', 'o ne\u00adil']],
    ['josé', ['José', 'JOSÉ', 'Jose\u0301']],
  ])('%s', (key, spellings) => {
    expect(spellings.map((name) => nameKey(name))).toEqual(spellings.map(() => key));
  });
});

test('all marks are dropped', () => {
  const marks =
    '\u0610\u061a\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0655\u065f\u0670\u0674\u06d6\u06dc\u06df\u06e8\u06ea\u06ed' +
    '\u0621\u0640\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2064\u2066\u2069\ufeff';
  for (const mark of marks) expect([mark, nameKey(`س${mark}س`)]).toEqual([mark, 'سس']);
  expect(nameKey(marks)).toBe('');
});

test('blanks, punctuation and symbols part words', () => {
  for (const mark of ' \t\n\u00a0-_.,/\'"()،؛؟۔\u2000\u2028😀\u06dd\u06e9') {
    expect([mark, nameKey(`س${mark}ص`)]).toEqual([mark, 'س ص']);
  }
});

test('particles join the next word only, and stand alone at the end', () => {
  expect(nameKey('عبد')).toBe('عبد');
  expect(nameKey('محمد عبد')).toBe('محمد عبد');
  expect(nameKey('عبد الله حسن')).toBe('عبدالله حسن');
  expect(nameKey('عبده حسن')).toBe('عبده حسن');
  expect(nameKey('بن علي')).toBe('بن علي');
});

test('the lines of a name are one name, and a missing line is none', () => {
  expect(nameKey('محمد', 'السيد علي')).toBe('محمد السيد علي');
  expect(nameKey('محمد عبد', 'الرحمن')).toBe('محمد عبدالرحمن');
  expect(nameKey(undefined, 'علي')).toBe('علي');
  expect(nameKey('علي', undefined)).toBe('علي');
  expect(nameKey(undefined, undefined)).toBe('');
  expect(nameKey('', ' ')).toBe('');
  expect(nameKey()).toBe('');
});

test('a key fits an index entry, however long the name', () => {
  expect(nameKey('س'.repeat(300))).toBe('س'.repeat(300));
  expect(nameKey('س'.repeat(301))).toBe('س'.repeat(300));
  expect(nameKey(`${'س'.repeat(299)} ص`)).toBe('س'.repeat(299));
  expect(nameKey(`${'س'.repeat(299)}𐎠`)).toBe('س'.repeat(299));
  expect(nameKey(`${'س'.repeat(298)}𐎠𐎠`)).toBe(`${'س'.repeat(298)}𐎠`);
  expect(nameKey(`${' '.repeat(2000)}س`)).toBe('');
  expect(nameKey(`${' '.repeat(998)}سص`)).toBe('س');
  expect(nameKey('ﷺ'.repeat(100_000)).length).toBeLessThanOrEqual(300);
});

test('search words are the words of the key', () => {
  expect(searchWords('  أحمد عبد الرحمن ')).toEqual(['احمد', 'عبدالرحمن']);
  expect(searchWords(' - ')).toEqual([]);
  expect(searchWords('')).toEqual([]);
});

describe('of any text', () => {
  const letters = fc.string({
    unit: fc.integer({ min: 0x600, max: 0x6ff }).map((code) => String.fromCharCode(code)),
  });
  const anyText = fc.oneof(letters, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

  test('a key is clean, and the key of itself', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const key = nameKey(name);
        expect(key).toMatch(/^$|^\S+( \S+)*$/);
        expect(key).not.toMatch(/[أإآٱىئؤةءـ\u064b-\u065f٠-٩۰-۹]/);
        const words = searchWords(key).map((word) => nameKey(word));
        expect(words.join(' ')).toBe(key);
      }),
      { numRuns: 500 },
    );
  });

  test('the compatibility form of a name has the same key', () => {
    fc.assert(
      fc.property(letters, (name) => {
        expect(nameKey(name.normalize('NFKC'))).toBe(nameKey(name));
        expect(nameKey(`${name}\ufb50`)).toBe(nameKey(`${name}\u0671`));
      }),
      { numRuns: 500 },
    );
  });
});
