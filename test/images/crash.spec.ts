import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { memoryOf } from '../../bench/processes.js';
import { organizationAt } from '../../simulator/organization.js';
import { startSimulator } from '../../simulator/start.js';
import type { MirrorStatusDto } from '../../src/images/images.dto.js';
import { API_KEY, CLIENT } from '../harness/app.js';
import { type FreshDatabase, freshDatabase } from '../harness/database.js';
import { eventually, startBuilt } from '../harness/processes.js';
import { freePort } from '../process/running.js';
import { isSettled } from './mirrored.js';

jest.setTimeout(180_000);

const ENROLLMENTS = 15;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-images-crash-'));

let port: string;
let url: string;
let database: FreshDatabase;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let server: ChildProcess | undefined;
let output = '';

beforeAll(async () => {
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  database = await freshDatabase();
  simulator = await startSimulator({ imageBytes: 60_000 });
  simulator.register(organizationAt(url, { clientId: CLIENT.id, clientSecret: CLIENT.secret }));
});
afterAll(async () => {
  await kill('SIGTERM');
  await simulator.close();
  rmSync(folder, { recursive: true });
  await database.drop();
});

async function start(): Promise<void> {
  server = startBuilt('src/main.js', [], {
    DATABASE_URL: database.url,
    PORT: port,
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_LOG_LEVEL: 'info',
    ROLLCALL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_IMAGE_CONCURRENCY: '2',
    ENROLL_BASE_URL: simulator.url,
    ENROLL_TENANT_ID: simulator.tenantId,
    ENROLL_TENANT_SECRET: simulator.tenantSecret,
    ENROLL_TIMEOUT_SECONDS: '60',
  });
  output = '';
  server.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  server.stderr?.resume();
  const isReady = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    );
  await eventually(isReady, 60_000);
}

async function kill(signal: NodeJS.Signals): Promise<void> {
  const running = server;
  if (running === undefined) return;
  server = undefined;
  const gone = new Promise((resolve) => running.once('exit', resolve));
  running.kill(signal);
  await gone;
}

async function status(): Promise<MirrorStatusDto> {
  const response = await fetch(`${url}/api/v1/images/status`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return (await response.json()) as MirrorStatusDto;
}

test('kill -9 in the middle of images: the next process fetches the rest by itself, nothing is lost or stored twice', async () => {
  await start();
  await simulator.enroll(ENROLLMENTS);
  simulator.faults({ kind: 'slow', delayMs: 200 });
  const before = await eventually(async () => {
    const now = await status();
    return now.counts.fetched > 0 && now.counts.wanted > 0 ? now : undefined;
  }, 60_000);
  const [, imageProcess] = await eventually(
    () => /"event":"image_process","child":(\d+)/.exec(output) ?? undefined,
  );
  const memory = () => memoryOf(Number(imageProcess)).residentMb;
  expect(memory()).toBeGreaterThan(0);
  await kill('SIGKILL');
  expect(before.counts.wanted).toBeGreaterThan(0);
  // what it had started ends with it
  await eventually(() => Number.isNaN(memory()) || undefined);

  simulator.faults();
  await start();
  const { counts, storedImages } = await eventually(async () => {
    const now = await status();
    return isSettled(now) ? now : undefined;
  }, 90_000);
  expect(counts).toMatchObject({ wanted: 0, missing: 0, notImage: 0, failed: 0 });

  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ sha256: string }>(
    "select distinct encode(sha256, 'hex') as sha256 from images where state = 'fetched'",
  );
  await client.end();
  const files = readdirSync(join(folder, 'images'), { recursive: true }).map((file) => String(file));
  for (const { sha256 } of rows) {
    expect(existsSync(join(folder, 'images', sha256.slice(0, 2), sha256.slice(2, 4), sha256))).toBe(true);
  }
  expect(storedImages).toBe(rows.length);
  // the mark of the store is one more; what was being written when it died has a name that nobody reads
  expect(files.filter((file) => /[0-9a-f]{64}$/.test(file))).toHaveLength(rows.length + 1);
});
