import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ResealDto } from '../../src/keys/keys.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { API_KEY, callersOf, CLIENT } from '../harness/app.js';
import { type FreshDatabase, freshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { freePort, readyAt } from '../process/running.js';

jest.setTimeout(240_000);

const MAIN = join(__dirname, '../../dist/src/main.js');
const OLD = `old:${Buffer.alloc(32, 11).toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 22).toString('base64')}`;
const LISTS = 20;
const LIST = 500;

let database: FreshDatabase;
let folder: string;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-reseal-'));
  database = await freshDatabase();
});

afterAll(async () => {
  await end('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(...ring: string[]): Promise<ReturnType<typeof callersOf>> {
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  const env = {
    PATH: process.env.PATH,
    PORT: port,
    DATABASE_URL: database.url,
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_KEYS: ring.join(','),
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_LOG_LEVEL: 'error',
  };
  server = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await readyAt(url);
  return callersOf(url);
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const left = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await left;
}

async function sql<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return (await client.query<Row>(text).finally(() => client.end())).rows;
}

test('a server that is killed while everything goes over goes on where it was, and the old key can go', async () => {
  const before = await start(OLD);
  const first = anApplicant();
  for (let list = 0; list < LISTS; list++) {
    const elements = Array.from({ length: LIST }, () => anApplicant());
    const answer = await before.callback('success', list === 0 ? [first, ...elements] : elements);
    expect(answer.status).toBe(200);
  }
  await end('SIGTERM');

  const during = await start(NEW, OLD);
  const begun = await during.api('/api/v1/keys/reseal', { method: 'POST', body: '{}' });
  expect(begun.status).toBe(200);
  await eventually(
    async () => (await sql<{ n: number }>('select sum(seen)::int as n from key_reseals'))[0]!.n > 0,
  );
  await sleep(100);
  await end('SIGKILL');
  const [killed] = await sql<{ seen: number; total: number }>(
    'select sum(seen)::int as seen, sum(total)::int as total from key_reseals',
  );
  expect(killed!.seen).toBeLessThan(killed!.total);

  const after = await start(NEW, OLD);
  const done = await eventually(async () => {
    const now = (await (await after.api('/api/v1/keys/reseal')).json()) as ResealDto;
    return now.state === 'finished' && now;
  }, 60_000);
  // each row once: what was committed was not done again
  const applicants = done.places.find(({ place }) => place === 'applicants');
  expect(applicants).toMatchObject({ rewritten: LISTS * LIST + 1, unopened: 0, forgotten: 0 });
  // an hour later the last token of the old key has ended
  await sql(
    `update key_checks set signed_at = now() - interval '1 day', signing_since = now() - interval '1 day' where key_id = 'old'`,
  );
  await sql(`select pg_notify('rollcall_signing_keys', '')`);
  await eventually(async () => {
    const retired = await after.api('/api/v1/keys/old/retire', { method: 'POST', body: '{}' });
    return retired.status === 200;
  });
  await end('SIGTERM');

  const last = await start(NEW);
  const search = { method: 'POST', body: JSON.stringify({ idNumber: first.idNumber }) };
  const found = (await (await last.api('/api/v1/applicants/search', search)).json()) as { items: object[] };
  expect(found.items).toHaveLength(1);
  const again = (await (await last.callback('success', [first])).json()) as { items: object[] };
  expect(again.items).toMatchObject([{ result: 'duplicate' }]);
});
