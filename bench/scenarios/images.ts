import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { organizationAt } from '../../simulator/organization.js';
import { type Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import type { MirrorStatusDto } from '../../src/images/images.dto.js';
import type { Bench, Goal, Scenario, Section } from '../bench.types.js';
import { percentile, shown } from '../figures.js';
import { memoryOfFamily } from '../processes.js';
import { API_KEY, CLIENT, KEYS, ServerProcess } from '../server-process.js';
import { SimulatorProcess, TENANT } from '../simulator-process.js';

const IMAGE_BYTES = 200_000;
const CONCURRENCY = 4;
const AT_LEAST_IMAGES_PER_SECOND = 40;
/** How much of its p99 a callback may lose while images are fetched. */
const AT_MOST_P99 = 1.2;
const CALLBACKS_PER_SECOND = 20;
const PEOPLE = 1300;
const QUICK_PEOPLE = 150;
/** Of callbacks without and with the fetching, in turn, each a quarter of a minute; the p99 is that of all of them. */
const ROUNDS = 8;
const PEOPLE_PER_ROUND = 300;

interface Drained {
  images: number;
  seconds: number;
  /** Resident memory of the server and its image process after a quarter of the images and at the end. */
  earlyMb: number;
  lateMb: number;
}

/** Callbacks without and with the fetching. */
interface Shared {
  /** Milliseconds to the answer of each. */
  alone: number[];
  beside: number[];
  /** Fetched beside them. */
  images: number;
  seconds: number;
}

/**
 * Images of 200 kB from eNROLL's side, decoded, sealed and stored on disk. First the mirror alone, then callbacks at a
 * fixed rate with the mirror paused and beside it, in turn.
 */
export const images: Scenario = {
  name: 'images',
  fullOnly: true,
  summary: `images of ${IMAGE_BYTES / 1000} kB, fetched, sealed and stored; and what callbacks notice of it`,
  run: benchImages,
};

async function benchImages(bench: Bench): Promise<Section> {
  const { cluster, quick } = bench;
  const [people, rounds] = quick ? [QUICK_PEOPLE, 1] : [PEOPLE, ROUNDS];
  const database = await cluster.database('images');
  const pictures = await SimulatorProcess.start(
    '--image-bytes',
    String(IMAGE_BYTES),
    '--remember',
    String(people * 3),
  );
  // eNROLL is on machines of its own
  setPriority(pictures.pid, constants.priority.PRIORITY_LOW);
  const server = await ServerProcess.start({
    program: [join(import.meta.dirname, '..', '..', 'src', 'main.js')],
    folder: join(cluster.folder, 'images'),
    readyPath: '/health/ready',
    env: environment(database.url, join(cluster.folder, 'images'), pictures.url),
  });
  const caller = await startSimulator();
  caller.register(
    organizationAt(`http://127.0.0.1:${server.port}`, { clientId: CLIENT.id, clientSecret: CLIENT.secret }),
  );
  try {
    await enroll(caller, PEOPLE_PER_ROUND / 3, CALLBACKS_PER_SECOND); // warm-up
    await drain(server);
    await post(server, 'pause');
    bench.progress(`images: ${people} callbacks, images paused`);
    await enroll(caller, people);
    await post(server, 'resume');
    bench.progress('images: fetching');
    const drained = await drain(server);
    const shared: Shared = { alone: [], beside: [], images: 0, seconds: 0 };
    for (let round = 1; round <= rounds; round += 1) {
      bench.progress(`images: callbacks without and with the fetching, ${round} of ${rounds}`);
      await post(server, 'pause');
      shared.alone.push(...(await enroll(caller, PEOPLE_PER_ROUND, CALLBACKS_PER_SECOND)));
      await post(server, 'resume');
      await callBackBeside(server, caller, shared);
      await drain(server);
    }
    const peak = (await pictures.state()).calls.any?.peakInFlight ?? Number.NaN;
    return sectionOf(drained, shared, peak);
  } finally {
    await caller.close();
    await server.stop();
    await pictures.stop();
    await database.drop();
  }
}

function sectionOf(drained: Drained, shared: Shared, peak: number): Section {
  const alone = percentilesOf(shared.alone);
  const beside = percentilesOf(shared.beside);
  const perSecond = drained.images / drained.seconds;
  const row = (what: string, images: string[], callbacks: string[]) => [what, ...images, ...callbacks];
  const none = ['–', '–', '–', '–'];
  return {
    title: `Images of ${IMAGE_BYTES / 1000} kB`,
    columns: [
      '',
      'images',
      'images/s',
      'MB after a quarter',
      'MB at the end',
      'callbacks',
      'p50 ms',
      'p99 ms',
    ],
    rows: [
      row('images', [drained.images, perSecond, drained.earlyMb, drained.lateMb].map(shown), none.slice(1)),
      row('callbacks', none, [shared.alone.length, alone.p50, alone.p99].map(shown)),
      row(
        'both',
        [shared.images, shared.images / shared.seconds, Number.NaN, Number.NaN].map(shown),
        [shared.beside.length, beside.p50, beside.p99].map(shown),
      ),
    ],
    notes: [
      `At most ${CONCURRENCY} requests at eNROLL's side; it counted ${peak} at one time.`,
      `Callbacks of one applicant, ${CALLBACKS_PER_SECOND} a second, by turns of ${PEOPLE_PER_ROUND}: with the images paused, and beside images that never run out.`,
      'Memory is that of the server and of its process that fetches images; eNROLL is played at the lowest priority.',
    ],
    goals: goalsOf(perSecond, peak, beside.p99 / alone.p99),
  };
}

function percentilesOf(latenciesMs: number[]): { p50: number; p99: number } {
  const sorted = latenciesMs.sort((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

function goalsOf(perSecond: number, peak: number, p99: number): Goal[] {
  return [
    {
      text: 'images fetched, sealed and stored per second',
      measured: perSecond,
      unit: '/s',
      atLeast: AT_LEAST_IMAGES_PER_SECOND,
    },
    { text: "requests at eNROLL's side at one time", measured: peak, unit: '', atMost: CONCURRENCY },
    {
      text: "callbacks' p99 beside the fetching, times that without it",
      measured: p99,
      unit: 'x',
      atMost: AT_MOST_P99,
    },
  ];
}

function environment(databaseUrl: string, folder: string, enrollUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_DATA_DIR: join(folder, 'server'),
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_IMAGE_CONCURRENCY: String(CONCURRENCY),
    ENROLL_BASE_URL: enrollUrl,
    ...TENANT,
    ENROLL_TIMEOUT_SECONDS: '60',
  };
}

/** @returns for each callback the milliseconds to its answer */
async function enroll(caller: Simulator, people: number, rate?: number): Promise<number[]> {
  const latencies: number[] = [];
  const { surprises } = await caller.enroll(people, {
    mix: { batch: 1 },
    delivery: rate === undefined ? {} : { rate },
    answered: (latencyMs) => latencies.push(latencyMs),
  });
  if (surprises > 0) throw new Error(`${surprises} callbacks were not answered as they should be`);
  return latencies;
}

/** There is always something to fetch: the images of those who were called back before. */
async function callBackBeside(server: ServerProcess, caller: Simulator, shared: Shared): Promise<void> {
  const fetched = async () => (await status(server)).counts.fetched;
  const before = await fetched();
  const startedMs = performance.now();
  shared.beside.push(...(await enroll(caller, PEOPLE_PER_ROUND, CALLBACKS_PER_SECOND)));
  shared.images += (await fetched()) - before;
  shared.seconds += (performance.now() - startedMs) / 1000;
}

/** Waits until nothing is wanted any more. */
async function drain(server: ServerProcess): Promise<Drained> {
  const before = await status(server);
  const startedMs = performance.now();
  let earlyMb = Number.NaN;
  for (let idle = 0; ;) {
    const { counts, fault } = await status(server);
    if (fault !== null) throw new Error(`images are held up: ${fault.code}`);
    const images = counts.fetched - before.counts.fetched;
    if (Number.isNaN(earlyMb) && images > before.counts.wanted / 4) earlyMb = memoryOfFamily(server.pid);
    idle = counts.wanted === 0 ? idle + 1 : 0;
    // what was called back last is wanted a second later
    if (counts.wanted === 0 && (before.counts.wanted > 0 || idle > 30)) {
      const seconds = (performance.now() - startedMs) / 1000;
      return { images, seconds, earlyMb, lateMb: memoryOfFamily(server.pid) };
    }
    await pause(100);
  }
}

async function status(server: ServerProcess): Promise<MirrorStatusDto> {
  const response = await ask(server, 'status', 'GET');
  return (await response.json()) as MirrorStatusDto;
}

async function post(server: ServerProcess, verb: 'pause' | 'resume'): Promise<void> {
  await ask(server, verb, 'POST');
}

function ask(server: ServerProcess, what: string, method: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}/api/v1/images/${what}`, {
    method,
    headers: { authorization: `Bearer ${API_KEY}` },
  });
}
