import { setTimeout as pause } from 'node:timers/promises';
import { enrollmentOf } from '../../simulator/enrollment.js';
import { imagePathOf } from '../../simulator/image-paths.js';
import type { MirrorStatusDto } from '../../src/images/images.dto.js';
import type { ErasureDto } from '../../src/privacy/erasures.dto.js';
import type { Bench } from '../bench.types.js';
import { median, shown } from '../figures.js';
import { API_KEY, type ServerProcess } from '../server-process.js';
import type { Findings } from './findings.js';

const SEED = 1;
const PEOPLE = 5;
const VERSIONS = 50;
export const IMAGES = 20;
/** Deliveries that changed nothing, each in a receipt of its own. */
const DUPLICATES = 10_000;
const DUPLICATES_QUICK = 500;
const LANES = 16;
const WITHIN_SECONDS = 5;
/** Each image is that of another one whom the simulator remembers. */
export const IMAGES_REMEMBERED = String(PEOPLE * IMAGES);

/** Enrolls people with many versions and images, and waits for the images; from then on none is fetched. @returns their ids */
export async function enroll({ quick, progress }: Bench, server: ServerProcess): Promise<string[]> {
  const token = await server.token();
  const ids = Array.from({ length: PEOPLE }, (_, person) => `kept-${person}`);
  for (const person of ids.keys()) {
    for (let version = 0; version < VERSIONS; version += 1)
      await call(server, token, versionOf(person, version));
  }
  let images = 0;
  for (; images < PEOPLE * IMAGES;) {
    await pause(200);
    images = (await server.api<MirrorStatusDto>('/images/status')).counts.fetched;
  }
  await server.api('/images/pause', 'POST');
  let left = quick ? DUPLICATES_QUICK : DUPLICATES;
  // after the first, each changes nothing
  const lane = async (_: unknown, n: number) => {
    while (left-- > 0) await call(server, token, versionOf(PEOPLE + n, 0));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  progress(`  ${PEOPLE} people with ${VERSIONS} versions and ${IMAGES} images each were enrolled`);
  return ids;
}

function versionOf(person: number, version: number): object {
  const none = { idFrontScanPath: null, idBackScanPath: null, photo: null, passportScanPath: null };
  const index = person * IMAGES + Math.min(version, IMAGES - 1);
  return {
    ...enrollmentOf({ seed: SEED, index: person, applicantId: `kept-${person}`, revision: 0 }),
    ...none,
    isUpdate: version > 0,
    status: 1,
    livePhotoPath: imagePathOf({ seed: SEED, index, revision: 0 }, 'livePhotoPath'),
    phoneNumbers: [`+2010${String(10_000_000 + person * VERSIONS + version)}`],
  };
}

/** What is held of each is handed out, then each is erased. */
export async function onePerson(
  { progress }: Bench,
  server: ServerProcess,
  ids: string[],
): Promise<Findings> {
  const handedOut: number[] = [];
  for (const id of ids) handedOut.push(await timed(() => access(server, id)));
  const erased: number[] = [];
  for (const id of ids) erased.push(await timed(() => erase(server, id)));
  progress(
    `  one person: handed out in ${handedOut.map(shown).join(', ')} s, erased in ${erased.map(shown).join(', ')} s`,
  );
  const rowOf = (what: string, seconds: number[]): [string, string] => [
    what,
    `${shown(median(seconds))} s, at most ${shown(Math.max(...seconds))} s`,
  ];
  const goalOf = (text: string, seconds: number[]) => ({
    text,
    measured: Math.max(...seconds),
    unit: 's',
    atMost: WITHIN_SECONDS,
  });
  return {
    rows: [rowOf('subject access of one person', handedOut), rowOf('erasure of one person', erased)],
    goals: [
      goalOf(`subject access of one person with ${VERSIONS} versions and ${IMAGES} images`, handedOut),
      goalOf('erasure of one person', erased),
    ],
  };
}

async function access(server: ServerProcess, applicantId: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/subject-access`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ applicantId, reason: 'the bench' }),
  });
  const bytes = await response.arrayBuffer();
  if (!response.ok || bytes.byteLength < IMAGES * 100_000)
    throw new Error(`a subject access was answered ${response.status} with ${bytes.byteLength} bytes`);
}

async function erase(server: ServerProcess, applicantId: string): Promise<void> {
  let erasure = await server.api<ErasureDto>('/erasures', 'POST', { applicantId, reason: 'the bench' });
  while (erasure.state !== 'erased') {
    await pause(20);
    erasure = await server.api<ErasureDto>(`/erasures/${erasure.id}`);
  }
  if ((erasure.counts.images ?? 0) < IMAGES) throw new Error(`erased: ${JSON.stringify(erasure.counts)}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}

async function call(server: ServerProcess, token: string, element: object): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${server.port}/callbacks/success`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify([element]),
  });
  const text = await response.text();
  const { applied, duplicates } = JSON.parse(text) as { applied?: number; duplicates?: number };
  if (applied !== 1 && duplicates !== 1)
    throw new Error(`a callback was answered ${response.status}: ${text}`);
}
