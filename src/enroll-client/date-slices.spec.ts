import { sliceAt, spellEdge } from './date-slices.js';

const CAIRO = { format: 'yyyy-MM-ddTHH:mm:ss', zone: 'Africa/Cairo' };
const from = (instant: string, dates = CAIRO) => spellEdge(new Date(instant), 'from', dates);
const to = (instant: string, dates = CAIRO) => spellEdge(new Date(instant), 'to', dates);

describe('the edges of a date range', () => {
  it('are spelled in the zone of the dialect, summer and winter', () => {
    expect(from('2026-01-15T21:30:00Z')).toBe('2026-01-15T23:30:00');
    expect(from('2026-07-15T21:30:00Z')).toBe('2026-07-16T00:30:00');
  });

  it('are spelled in the pattern of the dialect', () => {
    const instant = '2026-01-05T04:03:02.007Z';
    expect(from(instant, { format: 'dd/MM/yyyy HH:mm', zone: 'UTC' })).toBe('05/01/2026 04:03');
    expect(from(instant, { format: 'yyyy-MM-ddTHH:mm:ss.SSSZ', zone: 'UTC' })).toBe(
      '2026-01-05T04:03:02.007Z',
    );
    expect(from(instant, { format: 'epochMilliseconds', zone: 'UTC' })).toBe(Date.parse(instant));
    expect(from(instant, { format: 'epochSeconds', zone: 'UTC' })).toBe(1767585782);
    expect(to(instant, { format: 'epochSeconds', zone: 'UTC' })).toBe(1767585783);
  });

  it('are rounded outwards to whole seconds', () => {
    expect(from('2026-01-15T10:00:00.999Z')).toBe('2026-01-15T12:00:00');
    expect(to('2026-01-15T10:00:00.001Z')).toBe('2026-01-15T12:00:01');
  });

  // Cairo goes back from 24:00 to 23:00 on the last Thursday of October: 23:30 is there twice.
  it('move outwards by an hour where the clocks go back and a time has two meanings', () => {
    expect(from('2026-10-29T20:30:00Z')).toBe('2026-10-29T22:30:00');
    expect(from('2026-10-29T21:30:00Z')).toBe('2026-10-29T23:30:00');
    expect(to('2026-10-29T20:30:00Z')).toBe('2026-10-29T23:30:00');
    expect(to('2026-10-29T21:30:00Z')).toBe('2026-10-30T00:30:00');
    expect(from('2026-10-29T19:59:59Z')).toBe('2026-10-29T22:59:59');
    expect(to('2026-10-29T22:00:00Z')).toBe('2026-10-30T00:00:00');
  });

  it('lose nothing and leave no gap, whichever of the two meanings eNROLL has', () => {
    const hour = 3_600_000;
    const meanings = (text: string) => {
      const winter = Date.parse(`${text}Z`) - 2 * hour;
      const inTwice = text >= '2026-10-29T23:00:00' && text < '2026-10-30T00:00:00';
      const summer = winter - hour;
      if (inTwice) return [summer, winter];
      return [text < '2026-10-29T23:00:00' ? summer : winter];
    };
    for (
      let at = Date.parse('2026-10-29T18:00:00Z');
      at < Date.parse('2026-10-30T02:00:00Z');
      at += hour / 4
    ) {
      const start = spellEdge(new Date(at), 'from', CAIRO) as string;
      const end = spellEdge(new Date(at), 'to', CAIRO) as string;
      expect(Math.max(...meanings(start))).toBeLessThanOrEqual(at);
      expect(Math.min(...meanings(end))).toBeGreaterThanOrEqual(at);
    }
  });
});

describe('a slice', () => {
  const range = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T12:00:00Z') };

  it('ends where the next one begins, the last one with the range', () => {
    const first = sliceAt(range.from, range, 24);
    expect(first.to.toISOString()).toBe('2026-01-02T00:00:00.000Z');
    expect(sliceAt(first.to, range, 24)).toEqual({ from: first.to, to: range.to });
  });
});
