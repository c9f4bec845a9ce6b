import { MAX_ATTEMPTS, MAX_LATE_ATTEMPTS, verdictOf } from './verdict.js';

describe('what an error means for an image', () => {
  it.each([
    ['ENROLL_NOT_FOUND', 0, { state: 'missing', delaySeconds: 600, counts: true, stops: false }],
    ['ENROLL_NOT_FOUND', 1, { state: 'missing', delaySeconds: 86_400, counts: true, stops: false }],
    ['ENROLL_NOT_FOUND', 2, { state: 'missing', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_IMAGE_PATH', 0, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_IMAGE_TOO_LARGE', 0, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_IMAGE_HARMFUL', 0, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['SCANNER_UNAVAILABLE', 0, { state: 'wanted', delaySeconds: 15, counts: false, stops: true }],
    ['ENROLL_IMAGE_DAMAGED', 0, { state: 'wanted', delaySeconds: 15, counts: true, stops: false }],
    ['ENROLL_BAD_ANSWER', 3, { state: 'wanted', delaySeconds: 120, counts: true, stops: false }],
    ['ENROLL_FORBIDDEN', 1, { state: 'wanted', delaySeconds: 30, counts: true, stops: false }],
    ['ENROLL_REFUSED', MAX_ATTEMPTS - 1, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_AUTH', 0, { state: 'wanted', delaySeconds: 60, counts: false, stops: true }],
    ['ENROLL_BUSY', 0, { state: 'wanted', delaySeconds: 15, counts: false, stops: true }],
  ] as const)('%s after %i tries: %j', (code, attempts, verdict) => {
    expect(verdictOf(code, attempts)).toEqual(verdict);
  });

  it.each(['ENROLL_UNAVAILABLE', 'ENROLL_TIMEOUT', 'ENROLL_BAD_ANSWER', 'ENROLL_FORBIDDEN'] as const)(
    '%s is asked for again every quarter of an hour for three days, and then given up',
    (code) => {
      const delays = Array.from({ length: MAX_LATE_ATTEMPTS }, (_, attempts) => verdictOf(code, attempts))
        .filter(({ state }) => state === 'wanted')
        .map(({ delaySeconds }) => delaySeconds ?? 0);
      expect(delays).toHaveLength(MAX_LATE_ATTEMPTS - 1);
      expect(Math.max(...delays)).toBe(900);
      const hours = delays.reduce((sum, seconds) => sum + seconds) / 3600;
      expect(hours).toBeGreaterThan(71);
      expect(hours).toBeLessThan(73);
      expect(verdictOf(code, MAX_LATE_ATTEMPTS - 1)).toMatchObject({ state: 'failed', delaySeconds: null });
    },
  );

  it('the wait that eNROLL asks for is kept', () => {
    expect(verdictOf('ENROLL_BUSY', 0, 42).delaySeconds).toBe(42);
  });
});
