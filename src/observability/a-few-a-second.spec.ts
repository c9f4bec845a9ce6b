import { aFewASecond } from './a-few-a-second.js';

test('ten answers a second are fresh, more are the last one again', async () => {
  jest.useFakeTimers({ now: 0 });
  let worked = 0;
  const ask = aFewASecond(() => Promise.resolve(++worked));
  const answers: number[] = [];
  for (let i = 0; i < 12; i += 1) answers.push(await ask());
  expect(answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]);
  jest.advanceTimersByTime(1_000);
  expect(await ask()).toBe(11);
  jest.useRealTimers();
});
