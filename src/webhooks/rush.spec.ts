import { setTimeout as pause } from 'node:timers/promises';
import { Rush } from './rush.js';

async function workWithoutPause(milliseconds: number): Promise<void> {
  const untilMs = performance.now() + milliseconds;
  while (performance.now() < untilMs) await new Promise((next) => setImmediate(next));
}

test('it is on while callbacks take all of the process, and over with them', async () => {
  let answered = 0;
  const rush = new Rush(() => answered);
  await workWithoutPause(400);
  expect(rush.isOn()).toBe(false); // busy with something else
  answered += 100;
  await workWithoutPause(400);
  expect(rush.isOn()).toBe(true);
  await pause(110);
  expect(rush.isOn()).toBe(false);
});

test('callbacks that leave room are none', async () => {
  let answered = 0;
  const rush = new Rush(() => answered);
  answered += 100;
  await pause(400);
  expect(rush.isOn()).toBe(false);
});
