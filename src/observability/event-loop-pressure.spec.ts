import { setTimeout as pause } from 'node:timers/promises';
import { EventLoopPressure } from './event-loop-pressure.js';

async function workWithoutPause(milliseconds: number): Promise<void> {
  const untilMs = performance.now() + milliseconds;
  while (performance.now() < untilMs) await new Promise((next) => setImmediate(next));
}

test('it is high while callbacks take the whole process, and low again after them', async () => {
  const metrics = { answeredCallbacks: 0 };
  const pressure = new EventLoopPressure(metrics);
  await workWithoutPause(400);
  expect(pressure.isHigh()).toBe(false); // busy with something else
  metrics.answeredCallbacks += 100;
  await workWithoutPause(400);
  expect(pressure.isHigh()).toBe(true);
  await pause(110);
  expect(pressure.isHigh()).toBe(false);
});

test('it is low while callbacks leave room', async () => {
  const metrics = { answeredCallbacks: 0 };
  const pressure = new EventLoopPressure(metrics);
  metrics.answeredCallbacks += 100;
  await pause(400);
  expect(pressure.isHigh()).toBe(false);
});
