import { expiryOf, instantOf } from './expiry.js';

const iso = (value: unknown, zone = 'UTC') => instantOf(value, { format: 'iso', zone })?.toISOString();
const inCairo = (value: string) => iso(value, 'Africa/Cairo');

describe('a moment in an answer', () => {
  it.each([
    ['2026-07-15T10:00:00', '2026-07-15T10:00:00.000Z'],
    ['2026-07-15 10:00', '2026-07-15T10:00:00.000Z'],
    ['2026-07-15T10:00:00.1234567', '2026-07-15T10:00:00.123Z'],
    ['2026-07-15', '2026-07-15T00:00:00.000Z'],
  ])('%s without an offset is UTC where the dialect names no zone', (text, instant) => {
    expect(iso(text)).toBe(instant);
  });

  it.each([
    ['2026-01-15T10:00:00', '2026-01-15T08:00:00.000Z'],
    ['2026-07-15T10:00:00', '2026-07-15T07:00:00.000Z'],
    ['2026-07-15 10:00:00.250', '2026-07-15T07:00:00.250Z'],
    ['2026-07-15', '2026-07-14T21:00:00.000Z'],
    // the clocks go forward: 00:00 to 00:59 is skipped, and is read by the time before
    ['2026-04-23T23:59:59', '2026-04-23T21:59:59.000Z'],
    ['2026-04-24T00:30:00', '2026-04-23T22:30:00.000Z'],
    ['2026-04-24', '2026-04-23T22:00:00.000Z'],
    ['2026-04-24T01:00:00', '2026-04-23T22:00:00.000Z'],
    // they go back: 23:00 to 23:59 is there twice, and the first counts
    ['2026-10-29T22:59:59', '2026-10-29T19:59:59.000Z'],
    ['2026-10-29T23:30:00', '2026-10-29T20:30:00.000Z'],
    ['2026-10-30T00:00:00', '2026-10-29T22:00:00.000Z'],
  ])('%s without an offset is that time in the zone of the dialect', (text, instant) => {
    expect(inCairo(text)).toBe(instant);
  });

  it.each(['2026-07-15T10:00:00Z', '2026-07-15T13:00:00+03:00', '2026-07-15T13:00:00+0300'])(
    '%s says its offset itself, whatever the zone',
    (text) => {
      expect(inCairo(text)).toBe('2026-07-15T10:00:00.000Z');
    },
  );

  it('is undefined where there is none', () => {
    for (const value of ['', 'soon', '2026-13-45T10:00:00', null, undefined, {}])
      expect(iso(value, 'Africa/Cairo')).toBeUndefined();
  });
});

it('the end of a token is read in its zone too', () => {
  const end = expiryOf(
    { end: '2026-07-15T10:00:00' },
    { at: 'end', format: 'iso', zone: 'Africa/Cairo' },
    new Date('2026-07-15T06:00:00Z'),
  );
  expect((end?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_590_000);
  expect((end?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000);
});
