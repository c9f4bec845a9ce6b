import { foldEmail, foldId, isEmail } from './lookups.js';

test.each([
  ['29703012357788', '29703012357788'],
  ['297 0301-235 7788', '29703012357788'],
  ['٢٩٧٠٣٠١٢٣٥٧٧٨٨', '29703012357788'],
  ['۲۹۷', '297'],
  ['\u200e297\u200f', '297'],
  ['he1234567', 'HE1234567'],
  ['HE–1234567', 'HE1234567'],
  ['ＨＥ１', 'HE1'],
  ['A/1', 'A/1'],
  [' - ', ''],
  ['', ''],
])('the id %j is looked up as %j', (text, folded) => expect(foldId(text)).toBe(folded));

test.each([
  ['a.b+c@d-e.f', 'a.b+c@d-e.f'],
  [' Ahmed@Example.COM ', 'ahmed@example.com'],
  ['Jose\u0301@b.c', 'josé@b.c'],
  ['JOSÉ@b.c', 'josé@b.c'],
  ['', ''],
])('the e-mail %j is looked up as %j', (text, folded) => expect(foldEmail(text)).toBe(folded));

test.each(['a@b.c', 'x@y.z', 'a.b+c@d.e.f', 'محمد@مثال.مصر', '"a"@b.c'])(
  '%s is an e-mail address',
  (text) => {
    expect(isEmail(text)).toBe(true);
  },
);

test.each([
  '',
  'a',
  'a@',
  '@b.c',
  'a@b',
  'a@b.',
  'a@.c',
  'a@b..c',
  'a b@c.d',
  'a@b c.d',
  'a@b@c.d',
  'a@b.c ',
  ' a@b.c',
  'a@b.c,d@e.f',
])('%j is no e-mail address', (text) => expect(isEmail(text)).toBe(false));

test('an e-mail address has 254 characters at most', () => {
  expect(isEmail(`${'a'.repeat(250)}@b.c`)).toBe(true);
  expect(isEmail(`${'a'.repeat(251)}@b.c`)).toBe(false);
});
