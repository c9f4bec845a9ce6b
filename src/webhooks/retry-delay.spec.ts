import { retryDelaySeconds } from './retry-delay.js';

test.each([
  [1, 5],
  [2, 300],
  [3, 1800],
  [4, 7200],
  [5, 18_000],
  [6, 36_000],
  [7, 36_000],
])('after failed try %i the next comes in %i s, at most a fifth later', (tries, seconds) => {
  expect(retryDelaySeconds(tries, 0)).toBe(seconds);
  expect(retryDelaySeconds(tries, 1)).toBe(seconds * 1.2);
  const drawn = retryDelaySeconds(tries) ?? 0;
  expect(drawn).toBeGreaterThanOrEqual(seconds);
  expect(drawn).toBeLessThanOrEqual(seconds * 1.2);
});

test('the eighth try is the last', () => {
  expect(retryDelaySeconds(8)).toBeUndefined();
  expect(retryDelaySeconds(9)).toBeUndefined();
});
