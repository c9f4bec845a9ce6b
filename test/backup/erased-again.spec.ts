import { rmSync } from 'node:fs';
import type { ErasureDto } from '../../src/privacy/erasures.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { callerWithAll } from '../harness/clients.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { aFolder, rollcall } from './backing-up.js';

let source: TestApp;
let target: FreshDatabase;
let restored: TestApp | undefined;
const [images, out] = [aFolder(), aFolder()];
const env = { ROLLCALL_IMAGE_DIR: images };
const NO_IMAGES = { livePhotoPath: null, idFrontScanPath: null, idBackScanPath: null, photo: null };

beforeAll(async () => {
  [source, target] = [await startApp({ env }), await freshDatabase({ migrated: false })];
});
afterAll(async () => {
  await restored?.stop();
  await source.stop();
  await target.drop();
  for (const folder of [images, out]) rmSync(folder, { recursive: true });
});

it('who was erased since the backup is read by nobody in the restored database, and is erased again', async () => {
  const people = ['erased', 'stays'].map((applicantId) => anApplicant({ applicantId, ...NO_IMAGES }));
  await source.callback('success', people);
  expect(await rollcall({ DATABASE_URL: source.databaseUrl, ...env }, 'backup', '--out', out)).toMatchObject({
    code: 0,
  });
  const body = JSON.stringify({ applicantId: 'erased', reason: 'request 1' });
  const asked = await callerWithAll(source)<ErasureDto>('/api/v1/erasures', { method: 'POST', body });
  await eventually(async () => {
    const { state } = (await callerWithAll(source)<ErasureDto>(`/api/v1/erasures/${asked.body.id}`)).body;
    return state === 'erased';
  });

  const moved = { DATABASE_URL: target.url, ...env };
  expect(await rollcall(moved, 'restore', '--from', out)).toMatchObject({ code: 0, error: undefined });
  // whatever starts first
  restored = await startApp({ env: { ...env, ROLLCALL_ROLE: 'api' }, database: target });
  expect((await restored.api('/api/v1/applicants/erased')).status).toBe(403);
  await restored.stop();
  restored = await startApp({ env, database: target });
  const statusOf = async (id: string) => (await restored!.api(`/api/v1/applicants/${id}`)).status;
  expect([403, 410]).toContain(await statusOf('erased'));
  expect(await statusOf('stays')).toBe(200);
  await eventually(async () => (await statusOf('erased')) === 410);
  const [row] = await restored.sql<{ left: number }>(
    `select count(*)::int as left from applicants where first_name is not null and applicant_id = 'erased'`,
  );
  expect(row).toEqual({ left: 0 });
});
