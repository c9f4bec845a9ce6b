import { CachedTable } from './cached-table.js';

/** A table whose reads end when the test says so. */
function aTable() {
  const waiting: ((value: string) => void)[] = [];
  const failing: ((error: Error) => void)[] = [];
  const changes = { connected: true, on: jest.fn(), onReconnected: jest.fn() };
  const cached = new CachedTable<string>(
    () =>
      new Promise((resolve, reject) => {
        waiting.push(resolve);
        failing.push(reject);
      }),
    changes,
  );
  return {
    cached,
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
    const { cached, reads, answer } = aTable();
    const one = cached.current();
    const other = cached.current();
    await answer(0, 'one');
    expect([await one, await other]).toEqual(['one', 'one']);
    expect(cached.current()).toBe('one');
    expect(reads()).toBe(1);
  });

  test('is read again after a change', async () => {
    const { cached, answer } = aTable();
    const before = cached.current();
    await answer(0, 'old');
    await before;
    cached.drop();
    const after = cached.current();
    await answer(1, 'new');
    expect(await after).toBe('new');
    expect(cached.current()).toBe('new');
  });

  test('is dropped at every notification, and whenever one may have been missed', async () => {
    const { cached, changes, reads } = aTable();
    await cached.dropOn('a channel');
    const [channel, notified] = changes.on.mock.calls[0] as [string, () => void];
    const [[reconnected]] = changes.onReconnected.mock.calls as [[() => void]];
    expect(channel).toBe('a channel');
    for (const drop of [notified, reconnected]) {
      void cached.current();
      drop();
    }
    void cached.current();
    expect(reads()).toBe(3);
  });

  test('a change during a read is not lost: later callers do not join it, and its result is not kept', async () => {
    const { cached, answer } = aTable();
    const early = cached.current();
    cached.drop();
    const late = cached.current();
    await answer(1, 'new');
    expect(await late).toBe('new');
    await answer(0, 'old');
    expect(await early).toBe('old');
    expect(cached.current()).toBe('new');
  });

  test('a read that was overtaken does not hide the one under way', async () => {
    const { cached, reads, answer } = aTable();
    const early = cached.current();
    cached.drop();
    const late = cached.current();
    await answer(0, 'old');
    await early;
    const joined = cached.current();
    expect(reads()).toBe(2);
    await answer(1, 'new');
    expect([await late, await joined]).toEqual(['new', 'new']);
  });

  test('while changes may be missed, every question reads', async () => {
    const { cached, changes, reads, answer } = aTable();
    const first = cached.current();
    await answer(0, 'one');
    await first;
    changes.connected = false;
    const second = cached.current();
    await answer(1, 'two');
    expect(await second).toBe('two');
    const third = cached.current();
    await answer(2, 'three');
    expect(await third).toBe('three');
    expect(reads()).toBe(3);
  });

  test('is read again after half a minute, counted from the beginning of the read', async () => {
    const { cached, answer } = aTable();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1_000);
    const first = cached.current();
    clock.mockReturnValue(20_000);
    await answer(0, 'one');
    await first;
    clock.mockReturnValue(30_999);
    expect(cached.current()).toBe('one');
    clock.mockReturnValue(31_000);
    const again = cached.current();
    await answer(1, 'two');
    expect(await again).toBe('two');
  });

  test('a failed read is told to its callers, and the next question reads again', async () => {
    const { cached, fail, answer } = aTable();
    const first = cached.current();
    fail(0);
    await expect(first).rejects.toThrow('the database is away');
    const second = cached.current();
    await answer(1, 'back');
    expect(await second).toBe('back');
  });
});
