import { Snapshot } from './snapshot.js';

/** A table whose reads end when the test says so. */
function aTable() {
  const waiting: ((value: string) => void)[] = [];
  const failing: ((error: Error) => void)[] = [];
  const changes = { connected: true };
  const snapshot = new Snapshot<string>(
    () =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        failing.push(reject);
      }),
    changes,
  );
  return {
    snapshot,
    changes,
    reads: () => waiting.length,
    answer: async (read: number, value: string) => {
      waiting[read]?.(value);
      await Promise.resolve();
    },
    fail: (read: number) => failing[read]?.(new Error('the database is away')),
  };
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a table held in memory', () => {
  test('is read once, and simultaneous callers share the read', async () => {
    const { snapshot, reads, answer } = aTable();
    const one = snapshot.current();
    const other = snapshot.current();
    await answer(0, 'one');
    expect([await one, await other]).toEqual(['one', 'one']);
    expect(snapshot.current()).toBe('one');
    expect(reads()).toBe(1);
  });

  test('is read again after a change', async () => {
    const { snapshot, answer } = aTable();
    const before = snapshot.current();
    await answer(0, 'old');
    await before;
    snapshot.drop();
    const after = snapshot.current();
    await answer(1, 'new');
    expect(await after).toBe('new');
    expect(snapshot.current()).toBe('new');
  });

  test('a change during a read is not lost: later callers do not join it, and its result is not kept', async () => {
    const { snapshot, answer } = aTable();
    const early = snapshot.current();
    snapshot.drop();
    const late = snapshot.current();
    await answer(1, 'new');
    expect(await late).toBe('new');
    await answer(0, 'old');
    expect(await early).toBe('old');
    expect(snapshot.current()).toBe('new');
  });

  test('a read that was overtaken does not hide the one under way', async () => {
    const { snapshot, reads, answer } = aTable();
    const early = snapshot.current();
    snapshot.drop();
    const late = snapshot.current();
    await answer(0, 'old');
    await early;
    const joined = snapshot.current();
    expect(reads()).toBe(2);
    await answer(1, 'new');
    expect([await late, await joined]).toEqual(['new', 'new']);
  });

  test('while changes may be missed, every question reads', async () => {
    const { snapshot, changes, reads, answer } = aTable();
    const first = snapshot.current();
    await answer(0, 'one');
    await first;
    changes.connected = false;
    const second = snapshot.current();
    await answer(1, 'two');
    expect(await second).toBe('two');
    const third = snapshot.current();
    await answer(2, 'three');
    expect(await third).toBe('three');
    expect(reads()).toBe(3);
  });

  test('is read again after half a minute, counted from the beginning of the read', async () => {
    const { snapshot, answer } = aTable();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
    const first = snapshot.current();
    clock.mockReturnValue(20_000);
    await answer(0, 'one');
    await first;
    clock.mockReturnValue(30_999);
    expect(snapshot.current()).toBe('one');
    clock.mockReturnValue(31_000);
    const again = snapshot.current();
    await answer(1, 'two');
    expect(await again).toBe('two');
  });

  test('a failed read is told to its callers, and the next question reads again', async () => {
    const { snapshot, fail, answer } = aTable();
    const first = snapshot.current();
    fail(0);
    await expect(first).rejects.toThrow('the database is away');
    const second = snapshot.current();
    await answer(1, 'back');
    expect(await second).toBe('back');
  });
});
