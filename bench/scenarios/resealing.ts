import { setTimeout as pause } from 'node:timers/promises';
import type { ResealDto } from '../../src/keys/keys.dto.js';
import type { Bench } from '../bench.types.js';
import { median, shown, sum } from '../figures.js';
import type { Load } from '../load/load.js';
import type { ServerProcess } from '../server-process.js';
import type { Findings } from './findings.js';

const ROWS_PER_SECOND = 5_000;
/** Of the callbacks' rate without it. */
export const SHARE_AT_LEAST = 0.75;
const ROUNDS = 3;

/** Everything goes over to the first key, first beside callbacks, then alone. */
export async function resealing(
  { quick, progress }: Bench,
  server: ServerProcess,
  load: Load,
): Promise<Findings> {
  const seconds = quick ? 2 : 10;
  await load.run(quick ? 2 : 10);
  const alone = [await load.run(seconds), await load.run(seconds)];
  await server.api('/keys/reseal', 'POST');
  const beside: { applicantsPerSecond: number; rowsPerSecond: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await rewritten(server);
    const { applicantsPerSecond, seconds: took } = await load.run(seconds);
    const after = await rewritten(server);
    if (beside.length > 0 && !after.isRunning) break;
    beside.push({ applicantsPerSecond, rowsPerSecond: (after.rows - before.rows) / took });
  }
  const rest = await finish(server);
  alone.push(await load.run(seconds));
  const rate = median(beside.map(({ rowsPerSecond }) => rowsPerSecond));
  const aloneRate = median(alone.map(({ applicantsPerSecond }) => applicantsPerSecond));
  const share = median(beside.map(({ applicantsPerSecond }) => applicantsPerSecond)) / aloneRate;
  progress(`  sealed anew: ${shown(rate)} rows/s, callbacks at ${shown(share)} of ${shown(aloneRate)}/s`);
  return {
    rows: [
      ['callbacks alone', `${shown(aloneRate)} applicants/s`],
      ['callbacks beside re-sealing', `${shown(share * aloneRate)} applicants/s`],
      ['re-sealing beside callbacks', `${shown(rate)} rows/s`],
      ['re-sealing alone', `${shown(rest)} rows/s`],
    ],
    goals: [
      {
        text: 'rows sealed anew per second, beside callbacks',
        measured: rate,
        unit: '/s',
        atLeast: ROWS_PER_SECOND,
      },
      {
        text: 'callbacks beside re-sealing, as a share of their rate without',
        measured: share,
        unit: '',
        atLeast: SHARE_AT_LEAST,
      },
    ],
  };
}

/** Without callbacks. @returns rows a second; NaN where nothing was left */
async function finish(server: ServerProcess): Promise<number> {
  const before = await rewritten(server);
  const startedMs = performance.now();
  let now = before;
  while (now.isRunning) {
    await pause(200);
    now = await rewritten(server);
  }
  return (now.rows - before.rows) / ((performance.now() - startedMs) / 1000);
}

async function rewritten(server: ServerProcess): Promise<{ rows: number; isRunning: boolean }> {
  const { places, state } = await server.api<ResealDto>('/keys/reseal');
  const unopened = sum(places.map((place) => place.unopened));
  if (unopened > 0) throw new Error(`${unopened} rows did not go over`);
  return { rows: sum(places.map((place) => place.rewritten)), isRunning: state === 'running' };
}
