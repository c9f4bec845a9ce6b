import { MAX_ATTEMPTS, verdictOf } from './verdict.js';

describe('what an error means for an image', () => {
  it.each([
    ['ENROLL_NOT_FOUND', 0, { state: 'missing', delaySeconds: 600, counts: true, stops: false }],
    ['ENROLL_NOT_FOUND', 1, { state: 'missing', delaySeconds: 86_400, counts: true, stops: false }],
    ['ENROLL_NOT_FOUND', 2, { state: 'missing', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_IMAGE_PATH', 0, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_IMAGE_TOO_LARGE', 0, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_IMAGE_DAMAGED', 0, { state: 'wanted', delaySeconds: 15, counts: true, stops: false }],
    ['ENROLL_BAD_ANSWER', 3, { state: 'wanted', delaySeconds: 120, counts: true, stops: false }],
    ['ENROLL_FORBIDDEN', 1, { state: 'wanted', delaySeconds: 30, counts: true, stops: false }],
    ['ENROLL_REFUSED', MAX_ATTEMPTS - 1, { state: 'failed', delaySeconds: null, counts: true, stops: false }],
    ['ENROLL_AUTH', 0, { state: 'wanted', delaySeconds: 60, counts: false, stops: true }],
    ['ENROLL_BUSY', 0, { state: 'wanted', delaySeconds: 15, counts: false, stops: true }],
  ] as const)('%s after %i tries: %j', (code, attempts, verdict) => {
    expect(verdictOf(code, attempts)).toEqual(verdict);
  });

  it.each(['ENROLL_UNAVAILABLE', 'ENROLL_TIMEOUT'] as const)(
    '%s never gives an image up: an hour without eNROLL loses none',
    (code) => {
      for (let attempts = 0; attempts < 1000; attempts += 1) {
        const { state, delaySeconds } = verdictOf(code, attempts);
        expect(state).toBe('wanted');
        expect(delaySeconds).toBeLessThanOrEqual(900);
      }
    },
  );

  it('the wait that eNROLL asks for is kept', () => {
    expect(verdictOf('ENROLL_BUSY', 0, 42).delaySeconds).toBe(42);
  });
});
