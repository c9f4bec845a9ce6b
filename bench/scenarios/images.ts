import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { organizationAt } from '../../simulator/organization.js';
import { type Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import type { MirrorStatusDto } from '../../src/images/images.dto.js';
import type { Bench, Scenario, Section } from '../bench.types.js';
import { median, shown, spread } from '../figures.js';
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
/** Of callbacks without and with the fetching, in turn: a p99 wanders by a fifth on its own. */
const ROUNDS = 3;

interface Drained {
  images: number;
  seconds: number;
  /** Resident memory of the server and its image process after a quarter of the images and at the end. */
  earlyMb: number;
  lateMb: number;
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
  const people = quick ? QUICK_PEOPLE : PEOPLE;
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
    await enroll(caller, Math.ceil(people / 20)); // warm-up
    await drain(server);
    await post(server, 'pause');
    bench.progress(`images: ${people} callbacks, images paused`);
    await enroll(caller, people);
    await post(server, 'resume');
    bench.progress('images: fetching');
    const drained = await drain(server);
    const alone: number[] = [];
    const beside: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      bench.progress(`images: callbacks without and with the fetching, ${round} of ${ROUNDS}`);
      await post(server, 'pause');
      alone.push(await enroll(caller, Math.ceil(people / ROUNDS)));
      await post(server, 'resume');
      await drain(server);
      beside.push(await enroll(caller, Math.ceil(people / ROUNDS)));
      await drain(server);
    }
    const peak = (await pictures.state()).calls.any?.peakInFlight ?? Number.NaN;
    return sectionOf(drained, { alone, beside }, peak);
  } finally {
    await caller.close();
    await server.stop();
    await pictures.stop();
    await database.drop();
  }
}

function sectionOf(drained: Drained, p99: { alone: number[]; beside: number[] }, peak: number): Section {
  const perSecond = drained.images / drained.seconds;
  return {
    title: `Images of ${IMAGE_BYTES / 1000} kB`,
    columns: ['images', 'images/s', 'MB after a quarter', 'MB at the end', 'p99 ms alone', 'p99 ms beside'],
    rows: [
      [
        drained.images,
        shown(perSecond),
        shown(drained.earlyMb),
        shown(drained.lateMb),
        `${shown(median(p99.alone))} (${spread(p99.alone)})`,
        `${shown(median(p99.beside))} (${spread(p99.beside)})`,
      ],
    ],
    notes: [
      `At most ${CONCURRENCY} requests at eNROLL's side; it counted ${peak} at one time.`,
      `Callbacks of one applicant, ${CALLBACKS_PER_SECOND} a second, whose images are fetched at once in the second case; medians and ranges of ${ROUNDS} rounds in turn.`,
      'Memory is that of the server and of its process that fetches images; eNROLL is played at the lowest priority.',
    ],
    goals: [
      {
        text: 'images fetched, sealed and stored per second',
        measured: perSecond,
        unit: '/s',
        atLeast: AT_LEAST_IMAGES_PER_SECOND,
      },
      { text: "requests at eNROLL's side at one time", measured: peak, unit: '', atMost: CONCURRENCY },
      {
        text: "callbacks' p99 beside the fetching, times that without it",
        measured: median(p99.beside) / median(p99.alone),
        unit: 'x',
        atMost: AT_MOST_P99,
      },
    ],
  };
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

/** @returns the p99 of the callbacks in milliseconds */
async function enroll(caller: Simulator, people: number): Promise<number> {
  const { latencyMs, surprises } = await caller.enroll(people, {
    mix: { batch: 1 },
    delivery: { rate: CALLBACKS_PER_SECOND },
  });
  if (surprises > 0) throw new Error(`${surprises} callbacks were not answered as they should be`);
  return latencyMs.p99;
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
