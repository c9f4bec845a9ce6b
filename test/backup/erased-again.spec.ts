import { rmSync } from 'node:fs';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import type { ErasureDto } from '../../src/privacy/erasures.dto.js';
import type { HoldDto, HoldPageDto } from '../../src/retention/holds.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll } from '../harness/clients.js';
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

const posted = async <Body>(ask: Ask, path: string, body: object) => {
  const answer = await ask<Body>(path, {
    method: 'POST',
    body: JSON.stringify({ reason: 'case 1', ...body }),
  });
  expect([200, 201, 202]).toContain(answer.status);
  return answer.body;
};
const stateOf = async (ask: Ask, id: string) => (await ask<ErasureDto>(`/api/v1/erasures/${id}`)).body.state;

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

it('who was restricted or held since the backup is so in the restored database, and a lifted hold is lifted', async () => {
  const ask = callerWithAll(source);
  const other = await freshDatabase({ migrated: false });
  const folder = aFolder();
  const [waiting, kept, free] = ['waiting', 'kept', 'free'].map((applicantId) =>
    anApplicant({ applicantId, ...NO_IMAGES }),
  );
  await source.callback('success', [waiting!, kept!, free!]);
  const lifted = await posted<HoldDto>(ask, '/api/v1/holds', { applicantId: 'free' });
  expect(
    await rollcall({ DATABASE_URL: source.databaseUrl, ...env }, 'backup', '--out', folder),
  ).toMatchObject({ code: 0 });
  await posted(ask, '/api/v1/holds', { applicantId: 'waiting' });
  await posted(ask, '/api/v1/holds', { idNumber: kept!.idNumber });
  await posted(ask, `/api/v1/holds/${lifted.id}/lift`, {});
  const { id } = await posted<ErasureDto>(ask, '/api/v1/erasures', { applicantId: 'waiting' });
  await eventually(async () => (await stateOf(ask, id)) === 'held' || undefined);
  await eventually(async () => (await source.sql('select from hold_ledger')).length === 4 || undefined);

  expect(await rollcall({ DATABASE_URL: other.url, ...env }, 'restore', '--from', folder)).toMatchObject({
    code: 0,
  });
  // whatever starts first
  let again = await startApp({ env: { ...env, ROLLCALL_ROLE: 'api' }, database: other });
  expect((await again.api('/api/v1/applicants/waiting')).status).toBe(403);
  expect((await again.api('/api/v1/applicants/kept')).status).toBe(200);
  await again.stop();
  again = await startApp({ env, database: other });
  const asked = callerWithAll(again);
  await eventually(async () => (await stateOf(asked, id)) === 'held' || undefined);
  const refused = await posted<ErasureDto>(asked, '/api/v1/erasures', { applicantId: 'kept' });
  await eventually(async () => (await stateOf(asked, refused.id)) === 'held' || undefined);
  const holds = (await asked<HoldPageDto>('/api/v1/holds')).body.items;
  expect(holds.map((hold) => [hold.applicantIds, hold.applicantId, hold.state, hold.reason])).toEqual([
    [['kept'], null, 'placed', 'case 1'],
    [['waiting'], 'waiting', 'placed', 'case 1'],
    [[], 'free', 'lifted', 'case 1'],
  ]);
  await again.stop();
  await other.drop();
  rmSync(folder, { recursive: true });
});

it('a national id does not stay in the ledger once its hold is lifted', async () => {
  const ask = callerWithAll(source);
  const { id } = await posted<HoldDto>(ask, '/api/v1/holds', { idNumber: '29001011234567' });
  const entered = (deed: string) =>
    eventually(async () => {
      const [row] = await source.sql<{ place: number }>(
        'select place from hold_ledger where hold_id = $1 and deed = $2',
        [id, deed],
      );
      return row?.place;
    });
  const place = await entered('placed');
  const entry = async () => {
    const [{ store_id: storeId }] = (await source.sql('select store_id from image_mirror')) as [
      { store_id: string },
    ];
    const store = source.app.get(SealedImageStore, { strict: false });
    return (await store.revealPart({ file: `hold-ledger|${storeId}`, part: place })).toString();
  };
  expect(await entry()).toContain('29001011234567');
  await posted(ask, `/api/v1/holds/${id}/lift`, {});
  await entered('lifted');
  expect(await entry()).toBe(JSON.stringify({ deed: 'placed', holdId: id, hold: null }));
});
