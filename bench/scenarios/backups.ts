import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { median, shown } from '../figures.js';
import type { Load } from '../load/load.js';
import { memoryOf } from '../processes.js';
import { NEXT_KEYS } from '../server-process.js';
import type { Findings } from './findings.js';
import { SHARE_AT_LEAST } from './resealing.js';

const ROWS_PER_SECOND = 50_000;
const PEAK_MB = 300;
const LOOK_EVERY_MS = 100;

interface BackUp {
  rows: number;
  /** With the start of the command. */
  seconds: number;
  peakMb: number;
}

/** Backups of the whole database, without images: alone, and beside callbacks. */
export async function backUps(bench: Bench, database: Database, load: Load): Promise<Findings> {
  const seconds = bench.quick ? 2 : 10;
  const before = await load.run(seconds);
  const quiet = await backUp(bench, database);
  const running = { isOver: false };
  const busy = backUp(bench, database).finally(() => (running.isOver = true));
  const beside: number[] = [];
  while (!running.isOver) beside.push((await load.run(1)).applicantsPerSecond);
  const { rows, seconds: besideSeconds } = await busy;
  const after = await load.run(seconds);
  // in the last of these rounds the backup ends, which in a short run is the only one
  const share =
    median(beside.length > 1 ? beside.slice(0, -1) : beside) /
    median([before.applicantsPerSecond, after.applicantsPerSecond]);
  bench.progress(
    `  backed up: ${shown(quiet.rows / quiet.seconds)} rows/s, at most ${shown(quiet.peakMb)} MB`,
  );
  return {
    rows: [
      ['backup alone', `${shown(quiet.rows / quiet.seconds)} rows/s`],
      ['backup beside callbacks', `${shown(rows / besideSeconds)} rows/s`],
      ['callbacks beside a backup, of their rate without', shown(share)],
      ['peak RSS of a backup', `${shown(quiet.peakMb)} MB`],
    ],
    goals: [
      {
        text: 'rows backed up per second',
        measured: quiet.rows / quiet.seconds,
        unit: '/s',
        atLeast: ROWS_PER_SECOND,
      },
      { text: 'peak RSS of a backup', measured: quiet.peakMb, unit: 'MB', atMost: PEAK_MB },
      {
        text: 'callbacks beside a backup, as a share of their rate without',
        measured: share,
        unit: '',
        atLeast: SHARE_AT_LEAST,
      },
    ],
  };
}

async function backUp({ cluster }: Bench, database: Database): Promise<BackUp> {
  const program = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    [program, '--json', 'backup', '--no-images', '--out', join(cluster.folder, 'backups')],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: database.url, ROLLCALL_KEYS: NEXT_KEYS },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(child, 'close');
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (printed += piece));
  let peakMb = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peakMb = Math.max(peakMb, memoryOf(child.pid ?? 0).peakMb || 0);
    await pause(LOOK_EVERY_MS);
  }
  await ended;
  if (child.exitCode !== 0) throw new Error(`the backup ended with ${child.exitCode}: ${printed}`);
  const { rows } = JSON.parse(printed) as { rows: number };
  return { rows, seconds: (performance.now() - startedMs) / 1000, peakMb };
}
