import { scheduledRange } from './scheduled-range.js';

describe('the range of a scheduled run', () => {
  const rangeOf = (now: string, lastEnd?: string) => {
    const { from, to } = scheduledRange(new Date(now), lastEnd === undefined ? undefined : new Date(lastEnd));
    return [from.toISOString(), to.toISOString()];
  };

  it.each([
    ['a week, the first time', '2026-01-20T01:30:00Z', undefined, '2026-01-12T22:00:00.000Z'],
    [
      'from a day before the end of the last',
      '2026-01-20T01:30:00Z',
      '2026-01-18T22:00:00.000Z',
      '2026-01-17T22:00:00.000Z',
    ],
    ['more after an outage', '2026-01-20T01:30:00Z', '2026-01-09T22:00:00.000Z', '2026-01-08T22:00:00.000Z'],
    ['at most a month', '2026-01-20T01:30:00Z', '2025-06-01T21:00:00.000Z', '2025-12-19T22:00:00.000Z'],
    ['yesterday at least', '2026-01-20T01:30:00Z', '2026-01-19T22:00:00.000Z', '2026-01-18T22:00:00.000Z'],
  ])('is %s', (_title, now, lastEnd, from) => {
    expect(rangeOf(now, lastEnd)).toEqual([from, '2026-01-19T22:00:00.000Z']);
  });

  it('ends with the last whole day also on the night the clocks change', () => {
    expect(rangeOf('2026-04-24T00:30:00Z', '2026-04-22T22:00:00Z')[1]).toBe('2026-04-23T22:00:00.000Z');
    expect(rangeOf('2026-10-29T21:30:00Z', '2026-10-28T21:00:00Z')[1]).toBe('2026-10-28T21:00:00.000Z');
  });
});
