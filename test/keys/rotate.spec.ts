import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing } from '../../src/crypto/key-ring.js';
import type { KeyListDto } from '../../src/keys/keys.dto.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type FreshDatabase, freshDatabase } from '../harness/database.js';

let folder: string;
let database: FreshDatabase;
let app: TestApp | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-rotate-'));
  database = await freshDatabase();
});
afterEach(async () => {
  await app?.stop();
  app = undefined;
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const keptHere = () => startApp({ database, env: { ROLLCALL_KEYS: '', ROLLCALL_DATA_DIR: folder } });

async function rotate(): Promise<{ status: number; body: { id: string; code?: string } }> {
  const answer = await app!.api('/api/v1/keys/rotate', { method: 'POST' });
  return { status: answer.status, body: (await answer.json()) as { id: string } };
}

async function listed(): Promise<[string, string][]> {
  const { items } = (await (await app!.api('/api/v1/keys')).json()) as KeyListDto;
  return items.map(({ id, state }) => [id, state]);
}

test('a new key goes to the front of the ring that Rollcall keeps, is recorded, and seals after a restart', async () => {
  app = await keptHere();
  const { status, body } = await rotate();
  expect({ status, body }).toEqual({
    status: 200,
    body: { id: expect.stringMatching(/^k\d{8}$/) as string, sealsAfter: 'restart' },
  });
  const file = join(folder, 'keys');
  expect(KeyRing.parse(readFileSync(file, 'utf8').trim()).keys.map(({ id }) => id)).toEqual([
    body.id,
    'local',
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await listed()).toEqual([['local', 'current']]);
  const recorded = await app.sql("select subject, actor from audit where action = 'key.rotate'");
  expect(recorded).toEqual([{ subject: `key:${body.id}`, actor: 'ROLLCALL_API_KEY' }]);

  await app.stop();
  app = await keptHere();
  expect(await listed()).toEqual([
    [body.id, 'current'],
    ['local', 'opens'],
  ]);
  const next = await rotate();
  expect(next.body.id).toBe(`${body.id}-2`);
});

test('a ring of the settings is refused: its keys do not travel over HTTP', async () => {
  app = await startApp();
  const { status, body } = await rotate();
  expect({ status, code: body.code }).toEqual({ status: 409, code: 'KEYS_IN_SETTINGS' });
});
