import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Scenario, Section } from '../bench.types.js';
import type { Database } from '../cluster.js';
import { shown } from '../figures.js';
import { memoryOf } from '../processes.js';
import { KEYS } from '../server-process.js';
import { SimulatorProcess, TENANT } from '../simulator-process.js';

const PEOPLE = 100_000;
const QUICK_PEOPLE = 10_000;
const AT_LEAST_PER_SECOND = 3000;
const AT_MOST_MB = 400;
const DAY_MS = 86_400_000;
const DAYS = 30;
const LOOK_EVERY_MS = 20;

interface Effort {
  seconds: number;
  peakMb: number;
}

/** `rollcall backfill` of an empty database from the simulator, as its own process; then the same once more. */
export const backfill: Scenario = {
  name: 'backfill',
  fullOnly: true,
  summary: 'applicants taken from eNROLL by `rollcall backfill`, and a second run over the same range',
  async run({ cluster, quick, progress }: Bench): Promise<Section> {
    const people = quick ? QUICK_PEOPLE : PEOPLE;
    const database = await cluster.database('backfill');
    const simulator = await SimulatorProcess.start(
      '--remember',
      String(people),
      '--remember-days',
      String(DAYS),
    );
    const folder = join(cluster.folder, 'backfill');
    mkdirSync(folder, { recursive: true });
    try {
      const first = await takeAll(database, folder, simulator.url);
      const written = await changesIn(database);
      progress(`  ${shown(people / first.seconds)} applicants/s, at most ${shown(first.peakMb)} MB`);
      const second = await takeAll(database, folder, simulator.url);
      const rewritten = (await changesIn(database)) - written;
      if (written !== people) throw new Error(`${written} of ${people} applicants came`);
      return sectionOf(people, first, second, rewritten);
    } finally {
      await simulator.stop();
      await database.drop();
    }
  },
};

function sectionOf(people: number, first: Effort, second: Effort, rewritten: number): Section {
  const perSecond = people / first.seconds;
  return {
    title: `Backfill of ${shown(people)} applicants`,
    columns: ['run', 's', 'applicants/s', 'peak RSS MB', 'changes written'],
    rows: [
      ['first', shown(first.seconds), shown(perSecond), shown(first.peakMb), people],
      ['second', shown(second.seconds), shown(people / second.seconds), shown(second.peakMb), rewritten],
    ],
    notes: [
      '`rollcall backfill` from the start of the process to its end, eNROLL played by the simulator on the same cores.',
    ],
    goals: [
      {
        text: 'backfill, applicants per second',
        measured: perSecond,
        unit: '/s',
        atLeast: AT_LEAST_PER_SECOND,
      },
      {
        text: 'its peak RSS',
        measured: Math.max(first.peakMb, second.peakMb),
        unit: 'MB',
        atMost: AT_MOST_MB,
      },
      { text: 'changes that a second run writes', measured: rewritten, unit: '', atMost: 0 },
    ],
  };
}

async function takeAll(database: Database, folder: string, enrollUrl: string): Promise<Effort> {
  const startedMs = performance.now();
  const from = new Date(Date.now() - (DAYS + 1) * DAY_MS).toISOString();
  const to = new Date(Date.now() + DAY_MS).toISOString();
  const program = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.js');
  const child = spawn(process.execPath, [program, 'backfill', '--from', from, '--to', to], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      ROLLCALL_DATA_DIR: folder,
      ROLLCALL_KEYS: KEYS,
      ENROLL_BASE_URL: enrollUrl,
      ...TENANT,
    },
  });
  const ended = once(child, 'exit') as Promise<[code: number]>;
  let peakMb = 0;
  while (child.exitCode === null && child.signalCode === null) {
    const { peakMb: seen } = memoryOf(child.pid ?? 0);
    if (seen > peakMb) peakMb = seen;
    await pause(LOOK_EVERY_MS);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`rollcall backfill ended with ${code}`);
  return { seconds: (performance.now() - startedMs) / 1000, peakMb };
}

async function changesIn(database: Database): Promise<number> {
  const [row] = await database.query<{ n: number }>('select count(*)::int as n from changes');
  return row?.n ?? 0;
}
