import { refuseTooMany, rangeOf } from './range.js';
import type { Bucket } from './stats.types.js';

const NOW = new Date('2026-11-26T12:20:00Z');
const told = (given: { from?: string; to?: string }) => {
  const { from, to } = rangeOf(given, NOW);
  return [from.toISOString(), to.toISOString()];
};

describe('a range', () => {
  it('is by default the last seven days of Cairo, today with them', () => {
    expect(told({})).toEqual(['2026-11-19T22:00:00.000Z', '2026-11-26T13:00:00.000Z']);
    expect(told({ to: '2026-11-26' })).toEqual(['2026-11-18T22:00:00.000Z', '2026-11-25T22:00:00.000Z']);
  });

  it('is of whole hours: those that it touches', () => {
    expect(told({ from: '2026-11-26T09:59:59Z', to: '2026-11-26T10:00:01Z' })).toEqual([
      '2026-11-26T09:00:00.000Z',
      '2026-11-26T11:00:00.000Z',
    ]);
    expect(told({ from: '2026-11-26T09:00:00Z', to: '2026-11-26T10:00:00Z' })).toEqual([
      '2026-11-26T09:00:00.000Z',
      '2026-11-26T10:00:00.000Z',
    ]);
  });

  it('holds the present also where an hour has just begun', () => {
    expect(rangeOf({}, new Date('2026-11-26T12:00:00Z')).to.toISOString()).toBe('2026-11-26T13:00:00.000Z');
  });

  it.each<[Bucket, string, string, boolean]>([
    ['hour', '2026-03-01T00:00:00Z', '2026-03-17T16:00:00Z', true],
    ['hour', '2026-03-01T00:00:00Z', '2026-03-17T17:00:00Z', false],
    ['day', '2025-01-01', '2026-02-05', true],
    ['day', '2025-01-01', '2026-02-05T22:00:01Z', false],
    ['none', '2000-01-02', '2099-12-31', true],
  ])('by %s from %s to %s is short enough: %s', (bucket, from, to, isFine) => {
    const refuse = () => refuseTooMany(rangeOf({ from, to }, NOW), bucket);
    if (isFine) expect(refuse).not.toThrow();
    else expect(refuse).toThrow('more than 400');
  });
});
