import { backoffSeconds, Lease, LEASE_SECONDS } from './lease.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Holds a lease for so long, which is renewed as told. */
async function held(renew: () => Promise<unknown>, milliseconds: number) {
  const lease = new Lease(renew);
  const work = lease.hold(() => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)));
  await jest.advanceTimersByTimeAsync(milliseconds);
  await work;
  return lease;
}

test('a lease is renewed while its work goes on, and no longer', async () => {
  const renew = jest.fn(() => Promise.resolve(true));
  const lease = await held(renew, 60_000);
  expect(lease.isHeld()).toBe(true);
  const renewed = renew.mock.calls.length;
  expect(renewed).toBeGreaterThanOrEqual(60 / LEASE_SECONDS);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(renew).toHaveBeenCalledTimes(renewed);
  expect(lease.isHeld()).toBe(false);
});

test('a row that is another’s is lost at once', async () => {
  const lease = await held(() => Promise.resolve(false), 3_000);
  expect(lease.lost.aborted).toBe(true);
  expect(lease.isHeld()).toBe(false);
});

test('a database that is away leaves it held until it may have lapsed, and never says that it is lost', async () => {
  const away = () => Promise.reject(new Error('away'));
  expect((await held(away, LEASE_SECONDS * 1000 - 1)).isHeld()).toBe(true);
  const lapsed = await held(away, LEASE_SECONDS * 1000);
  expect([lapsed.isHeld(), lapsed.lost.aborted]).toEqual([false, false]);
});

test('a lease counts from when the row was asked for, also where other work has renewed it', async () => {
  const lease = new Lease(() => Promise.resolve(true), performance.now() - 4_000);
  await jest.advanceTimersByTimeAsync(2_999);
  expect(lease.isHeld()).toBe(true);
  await jest.advanceTimersByTimeAsync(1);
  expect(lease.isHeld()).toBe(false);
  lease.wasRenewed(performance.now());
  expect(lease.isHeld()).toBe(true);
});

test('what work throws, hold throws', async () => {
  const lease = new Lease(() => Promise.resolve(true));
  await expect(lease.hold(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(jest.getTimerCount()).toBe(0);
});

test('delays double up to the longest', () => {
  const delays = [0, 1, 2, 3, 6, 7, 300].map((failures) => backoffSeconds(failures, 15, 900));
  expect(delays).toEqual([15, 30, 60, 120, 900, 900, 900]);
});
