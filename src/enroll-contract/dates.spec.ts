import fc from 'fast-check';
import { isFutureDate, isoDate, parseDocumentDate } from './dates.js';

describe('A19: a document date is read from', () => {
  test.each([
    ['2019', '2019-01-01', 'year'],
    ['٢٠١٩', '2019-01-01', 'year'],
    ['2019/05', '2019-05-01', 'month'],
    ['2019-05', '2019-05-01', 'month'],
    ['2019/5', '2019-05-01', 'month'],
    ['۲۰۱۹/۱۲', '2019-12-01', 'month'],
    ['2019-05-31', '2019-05-31', 'day'],
    ['2019/5/3', '2019-05-03', 'day'],
    ['2019.05.31', '2019-05-31', 'day'],
    ['٢٠١٩/٠٥/٣١', '2019-05-31', 'day'],
    ['31/05/2019', '2019-05-31', 'day'],
    ['05/06/2019', '2019-06-05', 'day'],
    ['5-6-2019', '2019-06-05', 'day'],
    ['٥/٦/٢٠١٩', '2019-06-05', 'day'],
    [' 31.05.2019 ', '2019-05-31', 'day'],
    ['2019-05-31T00:00:00', '2019-05-31', 'day'],
    ['2019-05-31T22:00:00Z', '2019-05-31', 'day'],
    ['2019-05-31T22:00:00.000+02:00', '2019-05-31', 'day'],
    ['2019-05-31t22:00:00z', '2019-05-31', 'day'],
    ['2019-05-31 00:00:00', '2019-05-31', 'day'],
    ['31/05/2019 00:00:00', '2019-05-31', 'day'],
    ['\u200f2019/05/31\u200e', '2019-05-31', 'day'],
    ['31\u061c/05/2019', '2019-05-31', 'day'],
    ['2020-02-29', '2020-02-29', 'day'],
    ['1900', '1900-01-01', 'year'],
  ])('%j', (text, date, precision) => {
    expect(parseDocumentDate(text)).toEqual({ date, precision });
  });

  test.each([
    '',
    ' ',
    'soon',
    '19',
    '20199',
    '1899',
    '1899-12-31',
    '1440/05/01',
    '2019-13-01',
    '2019-00-01',
    '2019-13',
    '2019-02-29',
    '2019-02-30',
    '2019-04-31',
    '2019-05-32',
    '2019-05-00',
    '1900-02-29',
    '12/25/2019',
    '31/04/2019',
    '31/05/19',
    '2019-05-31x',
    'x2019-05-31',
    'x31/05/2019',
    '2019-05-31 about noon',
    '2019-05-31T00:00 x',
    '31/05/2019T00:00 x',
    '201905',
    '20190531',
    '2019--05',
    '2019-',
    `2019-05-31T${'0'.repeat(60)}`,
  ])('not from %j', (text) => {
    expect(parseDocumentDate(text)).toBeUndefined();
  });

  test.each([
    '05/11/2020 12:00:00 AM',
    '5/11/2020 12:00:00 am',
    '05/11/2020 12:00:00 ص',
    '٠٥/١١/٢٠٢٠ ١٢:٠٠:٠٠ م',
    '05/11/2020 12:00 p.m.',
    '2020-11-05 12:00:00 PM',
    '2020/11/05 12:00:00\u200f ص\u200f',
  ])('with a time of day that is left out: %j', (text) => {
    expect(parseDocumentDate(text)).toEqual({ date: '2020-11-05', precision: 'day' });
  });

  test('up to 60 characters', () => {
    expect(parseDocumentDate(`2019-05-31T${'0'.repeat(49)}`)).toEqual({
      date: '2019-05-31',
      precision: 'day',
    });
    expect(parseDocumentDate(`2019-05-31T${'0'.repeat(50)}`)).toBeUndefined();
  });

  test('every day since 1900, in each of its spellings', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (day) => {
          const date = day.toISOString().slice(0, 10);
          const [year, month, dayOfMonth] = date.split('-');
          const spellings = [
            date,
            `${year}/${month}/${dayOfMonth}`,
            `${dayOfMonth}/${month}/${year}`,
            day.toISOString(),
          ];
          for (const text of spellings) expect(parseDocumentDate(text)).toEqual({ date, precision: 'day' });
        },
      ),
    );
  });
});

test('any numbers make an ISO date exactly where the calendar has that day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 9999 }), fc.nat(14), fc.nat(33), (year, month, day) => {
      const date = new Date(Date.UTC(year, month - 1, day));
      const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month > 0;
      expect(isoDate(year, month, day)).toBe(isReal ? date.toISOString().slice(0, 10) : undefined);
    }),
    { numRuns: 2000 },
  );
});

test('a date is in the future once it is nowhere on earth the present', () => {
  const noonUtc = Date.UTC(2026, 0, 1, 12);
  expect(isFutureDate('2026-01-01', noonUtc)).toBe(false);
  expect(isFutureDate('2026-01-02', noonUtc)).toBe(false);
  expect(isFutureDate('2026-01-03', noonUtc)).toBe(true);
  expect(isFutureDate('2026-01-02', Date.UTC(2026, 0, 1, 10))).toBe(false);
  expect(isFutureDate('2026-01-02', Date.UTC(2026, 0, 1, 10) - 1)).toBe(true);
});
