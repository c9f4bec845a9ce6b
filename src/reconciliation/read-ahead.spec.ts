import { setImmediate as nextTurn } from 'node:timers/promises';
import { readAhead } from './read-ahead.js';

async function* counted(begun: number[], until: number, failsAt = Infinity): AsyncGenerator<number> {
  for (let n = 1; n <= until; n++) {
    begun.push(n);
    await nextTurn();
    if (n === failsAt) throw new Error(`no ${n}`);
    yield n;
  }
}

it('gives everything in order', async () => {
  const read: number[] = [];
  for await (const n of readAhead(counted([], 5), 2)) read.push(n);
  expect(read).toEqual([1, 2, 3, 4, 5]);
});

it('reads on while its consumer is busy, and no further than it may', async () => {
  const begun: number[] = [];
  const reader = readAhead(counted(begun, 10), 2);
  await reader.next();
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  expect(begun).toEqual([1, 2, 3]);
  await reader.return(undefined);
});

it('tells an error where its item would have come', async () => {
  const read: number[] = [];
  const reading = async () => {
    for await (const n of readAhead(counted([], 5, 3), 4)) read.push(n);
  };
  await expect(reading()).rejects.toThrow('no 3');
  expect(read).toEqual([1, 2]);
});
