import { cairoDate, instantInCairo, shiftDate, startOfCairoDay } from './cairo-days.js';

const HOUR_MS = 3_600_000;
const hoursOf = (date: string) =>
  (startOfCairoDay(shiftDate(date, 1)).getTime() - startOfCairoDay(date).getTime()) / HOUR_MS;

describe('a day in Cairo', () => {
  it.each([
    ['2026-01-15', '2026-01-14T22:00:00.000Z'],
    ['2026-07-15', '2026-07-14T21:00:00.000Z'],
    // the clocks go forward at midnight: the day begins at 01:00
    ['2026-04-24', '2026-04-23T22:00:00.000Z'],
    // they go back at the end of the Thursday, which has 25 hours
    ['2026-10-29', '2026-10-28T21:00:00.000Z'],
    ['2026-10-30', '2026-10-29T22:00:00.000Z'],
  ])('%s begins at %s', (date, instant) => {
    expect(startOfCairoDay(date).toISOString()).toBe(instant);
  });

  it('has 23 hours when the clocks go forward, 25 when they go back, else 24', () => {
    expect(['2026-04-24', '2026-10-29', '2026-07-01', '2026-12-31'].map(hoursOf)).toEqual([23, 25, 24, 24]);
  });

  it('of a year, begins where the day before ends: its first instant is of that date, the one before is not', () => {
    for (let date = '2026-01-01'; date < '2027-01-01'; date = shiftDate(date, 1)) {
      const start = startOfCairoDay(date);
      expect([cairoDate(start), cairoDate(new Date(start.getTime() - 1))]).toEqual([
        date,
        shiftDate(date, -1),
      ]);
    }
  });

  it('is what a date means; a time with its zone means itself', () => {
    expect(instantInCairo('2026-01-15')).toEqual(startOfCairoDay('2026-01-15'));
    expect(instantInCairo('2026-01-15T00:00:00Z').toISOString()).toBe('2026-01-15T00:00:00.000Z');
  });
});
