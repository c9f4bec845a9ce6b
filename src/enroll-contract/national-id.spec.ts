import fc from 'fast-check';
import { aNationalId } from '../../test/factories/applicant.js';
import { GOVERNORATES } from './governorates.js';
import { isNationalIdShaped, nationalIdCheckDigit, readNationalId } from './national-id.js';

const NOW = Date.UTC(2026, 5, 15, 12);
/** The id of the guide's example. */
const EXAMPLE = '29703012357788';

function read(digits: string): ReturnType<typeof readNationalId> {
  return readNationalId(digits, NOW);
}

test("A21: the guide's example says all that an id can say", () => {
  expect(read(EXAMPLE)).toEqual({
    birthDate: '1997-03-01',
    governorate: '23',
    gender: 'F',
    hasValidCheckDigit: true,
  });
});

describe('birth date', () => {
  test.each([
    ['29912312357788', '1999-12-31'],
    ['30001012357788', '2000-01-01'],
    ['20002292357788', undefined], // 1900 was no leap year
    ['30002292357788', '2000-02-29'],
    ['30402292357788', '2004-02-29'],
    ['30102292357788', undefined],
    ['30104312357788', undefined],
    ['30100012357788', undefined],
    ['30113012357788', undefined],
    ['30101002357788', undefined],
    ['30101322357788', undefined],
    ['19703012357788', undefined],
    ['49703012357788', undefined],
    ['09703012357788', undefined],
  ])('of %s is %s', (digits, date) => expect(read(digits).birthDate).toBe(date));

  test('is in the past, wherever on earth', () => {
    expect(read('32606152357788').birthDate).toBe('2026-06-15');
    expect(read('32606162357788').birthDate).toBe('2026-06-16'); // it is the 16th in Kiribati
    expect(read('32606172357788').birthDate).toBeUndefined();
    expect(read('39906172357788').birthDate).toBeUndefined();
  });
});

describe('governorate', () => {
  test('is known by its code', () => {
    for (const code of Object.keys(GOVERNORATES)) expect(read(`2970301${code}57788`).governorate).toBe(code);
  });

  test.each(['00', '05', '10', '20', '30', '36', '87', '89', '99'])('%s is none', (code) => {
    expect(read(`2970301${code}57788`).governorate).toBeUndefined();
  });
});

test('A20: an odd digit 13 is a man, an even one a woman', () => {
  for (const digit of '13579') expect(read(`297030123577${digit}8`).gender).toBe('M');
  for (const digit of '02468') expect(read(`297030123577${digit}8`).gender).toBe('F');
});

describe('check digit', () => {
  test.each([
    // the weighted sum mod 11 is 1 and 0: 11 - 1 = 10 and 11 - 0 = 11 lose their ten
    ['0000000000006', 10, 0],
    ['0000000000000', 11, 1],
    ['0000000000001', 9, 9],
    ['1000000000000', 9, 9],
    ['0100000000000', 4, 4],
    ['0010000000000', 5, 5],
    ['0001000000000', 6, 6],
    ['0000100000000', 7, 7],
    ['0000010000000', 8, 8],
    ['0000001000000', 9, 9],
    ['0000000100000', 4, 4],
    ['0000000010000', 5, 5],
    ['0000000001000', 6, 6],
    ['0000000000100', 7, 7],
    ['0000000000010', 8, 8],
  ])('of %s, 11 - sum mod 11 being %i, is %i', (digits, _, check) => {
    expect(nationalIdCheckDigit(digits)).toBe(check);
  });

  test('any other last digit is wrong', () => {
    for (const digit of '012345679') expect(read(`2970301235778${digit}`).hasValidCheckDigit).toBe(false);
  });

  test('an id that the factory made passes every check', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.constantFrom('M', 'F'),
        fc.constantFrom(...Object.keys(GOVERNORATES)),
        (seed, gender, governorate) => {
          const digits = aNationalId({ seed, gender, governorate, birthDate: '2001-02-03' });
          expect(isNationalIdShaped(digits)).toBe(true);
          expect(read(digits)).toEqual({
            birthDate: '2001-02-03',
            governorate,
            gender,
            hasValidCheckDigit: true,
          });
        },
      ),
    );
  });
});

test.each([
  [EXAMPLE, true],
  ['00000000000000', true],
  [EXAMPLE.slice(1), false],
  [`${EXAMPLE}1`, false],
  ['2970301235778x', false],
  ['x9703012357788', false],
  ['٢٩٧٠٣٠١٢٣٥٧٧٨٨', false],
  ['', false],
])('14 ASCII digits have the shape of an id: %s, %s', (text, isShaped) => {
  expect(isNationalIdShaped(text)).toBe(isShaped);
});
