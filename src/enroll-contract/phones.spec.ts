import fc from 'fast-check';
import { foldPhone, parseByLibrary, parsePhone, parsePhones } from './phones.js';

test.each([
  '+201068282888',
  '01068282888',
  '00201068282888',
  '201068282888',
  '+20 106 828 2888',
  '+20-106-828-2888',
  '(010) 6828-2888',
  '٠١٠٦٨٢٨٢٨٨٨',
  '+۲۰۱۰۶۸۲۸۲۸۸۸',
  'tel:+201068282888',
])('%s is folded to E.164', (text) => {
  expect(parsePhone(text)).toEqual({ folded: '+201068282888', isValid: true });
  expect(foldPhone(text)).toBe('+201068282888');
});

test('a number of another country, and a landline, keep their own', () => {
  expect(parsePhone('+966501234567')).toEqual({ folded: '+966501234567', isValid: true });
  expect(parsePhone('02 27921234')).toEqual({ folded: '+20227921234', isValid: true });
});

test('a number that cannot be dialled is folded all the same', () => {
  expect(parsePhone('+201')).toEqual({ folded: '201', isValid: false });
  expect(parsePhone('+20106828288')).toEqual({ folded: '+20106828288', isValid: false });
  expect(parsePhone('+201368282888')).toEqual({ folded: '+201368282888', isValid: false });
  expect(parsePhone('+2010682828881')).toMatchObject({ isValid: false });
});

test('what is no number at all is folded to its digits', () => {
  expect(parsePhone('')).toEqual({ folded: '', isValid: false });
  expect(parsePhone('none')).toEqual({ folded: '', isValid: false });
  expect(parsePhone('x1')).toEqual({ folded: '1', isValid: false });
  expect(parsePhone('٩-۹')).toEqual({ folded: '99', isValid: false });
});

test('a text of over 60 characters is no number, and is folded to its first 60 digits', () => {
  const padded = (length: number): string => '+201068282888'.padEnd(length);
  expect(parsePhone(padded(60))).toEqual({ folded: '+201068282888', isValid: true });
  expect(parsePhone(padded(61))).toEqual({ folded: '201068282888', isValid: false });
  expect(parsePhone('7'.repeat(100_000))).toEqual({ folded: '7'.repeat(60), isValid: false });
});

test("the short cut for Egypt's mobile numbers agrees with the library", () => {
  const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
  const nearly = fc
    .tuple(fc.constantFrom('+20', '0', '0020', '', '20', '00', '+20 ', '+2'), digits(2), digits(8))
    .map((parts) => parts.join(''));
  const mobile = fc
    .tuple(fc.constantFrom('+20', '0', '0020'), fc.constantFrom('10', '11', '12', '15'), digits(8))
    .map((parts) => parts.join(''));
  const arabic = mobile.map((text) => text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit))));
  fc.assert(
    fc.property(fc.oneof(mobile, arabic, nearly), (text) => {
      expect(parsePhone(text)).toEqual(parseByLibrary(text));
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['01012345678/01112345678', ['+201012345678', '+201112345678']],
  ['01012345678 / +20 11 1234 5678 /', ['+201012345678', '+201112345678']],
  ['٠١٠١٢٣٤٥٦٧٨،٠١١١٢٣٤٥٦٧٨', ['+201012345678', '+201112345678']],
  ['01012345678; 01112345678\n01212345678', ['+201012345678', '+201112345678', '+201212345678']],
  ['01012345678', ['+201012345678']],
])('%j holds several numbers, each found by itself', (text, folded) => {
  expect(parsePhones(text)).toEqual(folded.map((one) => ({ folded: one, isValid: true })));
});

test.each(['01012345678/'.repeat(20), '02 27921234/5', '01012345678/', '/', '', '0101234/م'])(
  '%j is one number, as it was',
  (text) => expect(parsePhones(text)).toEqual([parsePhone(text)]),
);
