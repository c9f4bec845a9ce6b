import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EntityManager } from 'typeorm';
import { sha256 } from '../../src/crypto/constant-time.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { SealedImage } from '../../src/images/image-store.js';
import { ReplacedImages } from '../../src/images/replaced-images.service.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import type { Batch, Position } from '../../src/keys/keys.types.js';
import { Places } from '../../src/keys/places.service.js';
import { connected } from '../backup/backing-up.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

const OLD = `old:${Buffer.alloc(32, 11).toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 22).toString('base64')}`;
const PARTS = 6;
/** Whether somebody waits for somebody else. */
const WAITING = `select 1 as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

let app: TestApp;
let store: SealedImageStore;
/** The same store, as a server with the old key had it. */
let before: SealedImageStore;
const folder = mkdtempSync(join(tmpdir(), 'rollcall-racing-'));

beforeAll(async () => {
  // nothing goes over by itself
  app = await startApp({
    env: { ROLLCALL_ROLE: 'api', ROLLCALL_KEYS: `${NEW},${OLD}`, ROLLCALL_IMAGE_DIR: folder },
  });
  store = app.app.get(SealedImageStore, { strict: false });
  before = new SealedImageStore(store.store, new Sealer(KeyRing.parse(OLD)));
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true });
});

/** One batch of a place, in a transaction of its own, as the job takes it. */
const next = (place: string, after: Position | null): Promise<Batch> =>
  app.app
    .get(EntityManager)
    .transaction((tx) => app.app.get(Places, { strict: false }).named(place).next(tx, after));

/** The store takes what is put into it once `work` is over. */
function slowly(work: () => Promise<unknown>): void {
  const put = store.store.put.bind(store.store);
  jest.spyOn(store.store, 'put').mockImplementationOnce(async (images: readonly SealedImage[]) => {
    await work();
    await put(images);
  });
}

test('a version that is erased while it is sealed anew does not come back', async () => {
  await app.callback('success', [anApplicant({ applicantId: 'erased' })]);
  const [row] = await app.sql<{ sealed: Buffer }>(`select sealed from changes where applicant_id = 'erased'`);
  const old = new Sealer(KeyRing.parse(OLD)).seal(
    app.app.get(Sealer).reveal(row!.sealed, 'erased|1'),
    'erased|1',
  );
  await app.sql(`update changes set sealed = $1 where applicant_id = 'erased'`, [old]);
  await app.sql('begin');
  await app.sql(
    `update changes set sealed = '\\xdead', content_hash = '\\x00' where applicant_id = 'erased'`,
  );
  const batch = next('changes', null);
  await connected(app.databaseUrl, (watch) =>
    eventually(async () => (await watch.query<{ n: number }>(WAITING)).rows.length > 0 || undefined),
  );
  await app.sql('commit');
  expect(await batch).toMatchObject({ seen: 1, rewritten: 0 });
  expect(await app.sql(`select sealed from changes where applicant_id = 'erased'`)).toEqual([
    { sealed: Buffer.from('dead', 'hex') },
  ]);
});

test('an image that is removed while it is sealed anew does not come back', async () => {
  const bytes = Buffer.from('the face of somebody who is erased');
  const hash = sha256(bytes).toString('hex');
  await before.keep([{ sha256: hash, bytes } as never]);
  await app.sql(
    `with kept as (insert into image_blobs (sha256, media_type, bytes, sealed_bytes) values ($1, 'image/png', 1, 1))
     insert into replaced_images (sha256, noted_at) values ($1, now() - interval '1 hour')`,
    [Buffer.from(hash, 'hex')],
  );
  let removal: Promise<number> | undefined;
  slowly(async () => {
    let isOver = false;
    removal = app.app
      .get(ReplacedImages, { strict: false })
      .remove(new AbortController().signal, 0)
      .finally(() => (isOver = true));
    await eventually(async () => isOver || (await app.sql(WAITING)).length > 0 || undefined);
  });
  await next('images', null);
  expect(await removal).toBe(1);
  expect(await store.store.has(hash)).toBe(false);
});

describe('the file of an export', () => {
  const [id, attempt] = [randomUUID(), randomUUID()];

  beforeEach(async () => {
    for (let part = 0; part < PARTS; part += 1)
      await before.keepPart({ file: attempt, part }, Buffer.from(`part ${part}`));
    await app.sql(
      `insert into exports (id, created_by, format, filter, columns, masked, holds_pii, state, attempt, parts)
       values ($1, 'test', 'csv', '{}', '{applicantId}', true, false, 'ready', $2, $3)`,
      [id, attempt, PARTS],
    );
  });
  afterEach(() => app.sql('delete from exports'));

  test('goes over some parts at a time: no transaction waits for all of a large file', async () => {
    const batches: Batch[] = [];
    for (let after: Position | null = null; ;) {
      const batch = await next('exports', after);
      batches.push(batch);
      if (batch.last === null) break;
      after = batch.last;
    }
    expect(batches.map(({ seen, rewritten }) => [seen, rewritten])).toEqual([
      [0, 4],
      [1, 2],
      [0, 0],
    ]);
    const left = new SealedImageStore(store.store, new Sealer(KeyRing.parse(NEW)));
    for (let part = 0; part < PARTS; part += 1)
      expect((await left.revealPart({ file: attempt, part })).toString()).toBe(`part ${part}`);
  });

  test('that is withdrawn while it is sealed anew is removed, with what came back of it', async () => {
    slowly(async () => {
      await app.sql(`update exports set state = 'failed', attempt = null, parts = 0 where id = $1`, [id]);
      await store.removePart({ file: attempt, part: 0 });
    });
    await next('exports', null);
    expect(await app.sql('select attempt, parts from export_leftovers')).toEqual([{ attempt, parts: PARTS }]);
  });
});
