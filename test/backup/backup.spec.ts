import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadConfig } from '../../src/config/config.js';
import { type OpenDatabase, openDatabase } from '../../src/db/open-database.js';
import { makeRuntimeRole } from '../../src/db/runtime-role.js';
import type { ConsumerPageDto } from '../../src/feed/consumers.dto.js';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import { StoreMark } from '../../src/images/store-mark.service.js';
import { anApplicant } from '../factories/applicant.js';
import { endOfFeed } from '../feed/fed.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from '../images/mirrored.js';
import { aFolder, backupsIn, connected, rollcall } from './backing-up.js';

jest.setTimeout(240_000);

const COUNTED = ['applicants', 'changes', 'receipts', 'quarantine', 'images', 'image_blobs', 'consumers'];
/** Without images, so that nothing comes after it. */
const sent = anApplicant({
  applicantId: 'sent-before',
  livePhotoPath: null,
  idFrontScanPath: null,
  idBackScanPath: null,
  photo: null,
  passportScanPath: null,
});
const folders: string[] = [];
let source: Mirrored;
let env: Record<string, string>;
let out: string;
/** Of the one backup that every test reads. */
let backup: string;

function folder(): string {
  const made = aFolder();
  folders.push(made);
  return made;
}

const read = async <Body>(app: TestApp, path: string) => (await (await app.api(path)).json()) as Body;
const consumed = (app: TestApp) =>
  read<ChangesPageDto>(app, '/api/v1/consumers/bank/changes').then(({ items }) =>
    items.map((item) => item.applicantId),
  );

beforeAll(async () => {
  source = await startMirrored();
  const { rollcall: app } = source;
  await app.app.get(StoreMark, { strict: false }).check();
  await source.enroll(3);
  await source.until(({ counts }) => counts.wanted === 0 && counts.fetched > 0);
  await app.callback('success', [{ ...anApplicant(), applicantId: '' }]);
  const consumer = { name: 'bank', from: await endOfFeed(app) };
  await app.api('/api/v1/consumers', { method: 'POST', body: JSON.stringify(consumer) });
  await app.callback('success', [sent]);
  await eventually(async () => (await consumed(app)).includes('sent-before'));
  env = { DATABASE_URL: app.databaseUrl, ROLLCALL_IMAGE_DIR: source.imageDir };
  out = folder();
  const { code, printed, error } = await rollcall(env, 'backup', '--out', out);
  expect({ code, error }).toEqual({ code: 0, error: undefined });
  backup = String(printed?.folder);
});
afterAll(async () => {
  await source.stop();
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

describe('a backup on another server', () => {
  let elsewhere: Record<string, string>;
  let server: OpenDatabase;
  let restored: TestApp;
  let printed: Record<string, unknown> | undefined;

  beforeAll(async () => {
    elsewhere = { ROLLCALL_DATA_DIR: folder() };
    const done = await rollcall(elsewhere, 'restore', '--from', out);
    expect(done).toMatchObject({ code: 0, error: undefined });
    printed = done.printed;
    server = await openDatabase(loadConfig(elsewhere), () => undefined);
    restored = await startApp({
      env: { ROLLCALL_IMAGE_DIR: join(elsewhere.ROLLCALL_DATA_DIR!, 'images') },
      route: () => server.url,
    });
    await restored.app.get(StoreMark, { strict: false }).check();
  });
  afterAll(async () => {
    await restored.stop();
    await server.stop();
  });

  it('has every row and every image, and an audit whose chain is intact', async () => {
    expect(printed).toMatchObject({ folder: backup, auditIntact: true });
    const count = COUNTED.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ');
    const rows = await connected(server.url, (client) => client.query(`select ${count}`));
    expect(rows.rows).toEqual(await source.rollcall.sql(`select ${count}`));
    const verified = await rollcall(elsewhere, 'audit', 'verify');
    expect(verified).toMatchObject({ code: 0, printed: { intact: true } });
    const images = await rollcall({ ...elsewhere }, 'images', 'verify');
    expect(images).toMatchObject({ code: 0, printed: { lost: 0, stored: printed?.images } });
  });

  it('shows the applicants with their sealed fields and their images as they were', async () => {
    for (const id of source.simulator.applicantIds()) {
      const path = `/api/v1/applicants/${id}`;
      expect(await read(restored, path)).toEqual(await read(source.rollcall, path));
      const [image] = await source.images(id);
      const bytes = (app: TestApp) =>
        app.api(`/api/v1/applicants/${id}/images/${image?.field}`).then((answer) => answer.arrayBuffer());
      expect(Buffer.from(await bytes(restored)).equals(Buffer.from(await bytes(source.rollcall)))).toBe(true);
    }
  });

  it('goes on with the feed where its consumers were, and knows again what it has', async () => {
    const before = await consumed(source.rollcall);
    expect(await consumed(restored)).toEqual(before);
    const again = (await (await restored.callback('success', [sent])).json()) as object;
    expect(again).toMatchObject({ applied: 0, duplicates: 1 });
    await restored.callback('success', [anApplicant({ applicantId: 'sent-after' })]);
    await eventually(async () => (await consumed(restored)).includes('sent-after'));
    expect((await consumed(restored)).slice(0, before.length + 1)).toEqual([...before, 'sent-after']);
    const latest = await connected(server.url, (client) =>
      client.query('select reason from histories order by history desc limit 1'),
    );
    expect(latest.rows).toEqual([{ reason: 'cluster' }]);
  });

  it('records who restored what', async () => {
    const { items } = await read<ConsumerPageDto>(restored, '/api/v1/audit?action=backup.restore');
    expect(items).toMatchObject([{ subject: `backup:${printed?.id as string}` }]);
  });
});

describe('a backup', () => {
  it('never holds a key, and says which ones it needs', () => {
    const manifest = readFileSync(join(backup, 'manifest.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({ backup: { keys: [{ id: 'k1' }] } });
    expect(manifest).not.toContain(KEYS.slice(3, 20));
  });

  it('can be verified without a database, with the ring or the public keys alone', async () => {
    const nowhere = { ROLLCALL_DATA_DIR: folder() };
    expect(await rollcall(nowhere, 'backup', 'verify', '--from', backup)).toMatchObject({
      code: 0,
      printed: { intact: true },
    });
    const keys = join(folder(), 'jwks.json');
    writeFileSync(keys, JSON.stringify(await read(source.rollcall, '/.well-known/jwks.json')));
    const noRing = { ...nowhere, ROLLCALL_KEYS: `other:${Buffer.alloc(32, 1).toString('base64')}` };
    expect(await rollcall(noRing, 'backup', 'verify', '--from', backup, '--keys', keys)).toMatchObject({
      code: 0,
    });
  });

  it('into the same folder copies no image that is there', async () => {
    const second = folder();
    cpSync(out, second, { recursive: true });
    const away = { ...env, ROLLCALL_IMAGE_DIR: folder() };
    expect(await rollcall(away, 'backup', '--out', second)).toMatchObject({
      code: 1,
      error: { code: 'IMAGE_STORE_AWAY' },
    });
    const { printed } = await rollcall(env, 'backup', '--out', second);
    expect(backupsIn(second)).toHaveLength(2);
    const verified = await rollcall(env, 'backup', 'verify', '--from', second);
    expect(verified.printed).toMatchObject({ folder: printed?.folder, missingImages: 0 });
  });

  it('can be made by the role of the server, which owns no table', async () => {
    const { databaseUrl, sql } = source.rollcall;
    const role = `backup_${process.pid}`;
    const { url } = await makeRuntimeRole(databaseUrl, role, { known: undefined, renew: false });
    const own = folder();
    const done = await rollcall({ ...env, DATABASE_URL: url }, 'backup', '--out', own, '--no-images');
    await sql(`drop owned by ${role}`);
    await sql(`drop role ${role}`);
    expect(done).toMatchObject({ code: 0, error: undefined });
    const { backup: made } = JSON.parse(
      readFileSync(join(String(done.printed?.folder), 'manifest.json'), 'utf8'),
    ) as { backup: { sequences: { name: string }[]; images: null } };
    expect(made.images).toBeNull();
    expect(made.sequences.map(({ name }) => name)).toEqual(['audit_seq', 'changes_seq']);
  });

  it('leaves out who was logged in', () => {
    expect(existsSync(join(backup, 'users.copy.gz'))).toBe(true);
    expect(existsSync(join(backup, 'user_sessions.copy.gz'))).toBe(false);
  });
});

describe('a restore refuses', () => {
  let empty: FreshDatabase;
  /** A copy that a test may damage. */
  let copy: string;
  beforeEach(async () => {
    empty = await freshDatabase({ migrated: false });
    const own = folder();
    cpSync(out, own, { recursive: true });
    copy = join(own, basename(backup));
  });
  afterEach(() => empty.drop());

  const tables = () =>
    connected(empty.url, (client) =>
      client.query(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
      ),
    );
  const restore = (over: Record<string, string> = {}, ...args: string[]) =>
    rollcall(
      { DATABASE_URL: empty.url, ROLLCALL_IMAGE_DIR: folder(), ...over },
      'restore',
      '--from',
      copy,
      ...args,
    );

  it.each<[string, string, () => void]>([
    [
      'a manifest that was changed',
      'BACKUP_SIGNATURE',
      () => edit(join(copy, 'manifest.json'), (text) => text.replace(/"jws": "(.{9})./, '"jws": "$1!')),
    ],
    ['a backup that was cut off', 'BACKUP_INCOMPLETE', () => rmSync(join(copy, 'manifest.json'))],
  ])('%s, before it writes anything', async (_, code, damage) => {
    damage();
    expect(await restore()).toMatchObject({ code: 1, error: { code } });
    expect((await tables()).rows).toEqual([]);
  });

  it.each([
    ['lacks a key', 'KEY_MISSING', `k2:${Buffer.alloc(32, 7).toString('base64')}`],
    ['has another key of that name', 'KEY_WRONG', `k1:${Buffer.alloc(32, 8).toString('base64')}`],
  ])('a key ring that %s, and names it', async (_, code, ring) => {
    const { error } = await restore({ ROLLCALL_KEYS: ring });
    expect(error).toMatchObject({ code, message: expect.stringContaining('"k1"') as string });
    expect((await tables()).rows).toEqual([]);
  });

  it('a file that was changed; no row stays, no server starts on it, and the good file is taken afterwards', async () => {
    const part = join(copy, 'applicants.copy');
    const good = readFileSync(part);
    const bad = Buffer.from(good);
    bad[bad.length - 30]! ^= 1;
    writeFileSync(part, bad);
    expect(await rollcall(env, 'backup', 'verify', '--from', copy)).toMatchObject({
      code: 1,
      error: { code: 'BACKUP_DAMAGED' },
    });
    const refused = await restore();
    expect(refused).toMatchObject({
      code: 1,
      error: { code: 'BACKUP_DAMAGED', message: expect.stringContaining('applicants.copy') as string },
    });
    expect((await connected(empty.url, (client) => client.query('select from applicants'))).rowCount).toBe(0);
    const command = await rollcall({ DATABASE_URL: empty.url }, 'apikey', 'list');
    expect(command).toMatchObject({ code: 1, error: { code: 'DATABASE_HALF_RESTORED' } });
    writeFileSync(part, good);
    expect(await restore()).toMatchObject({ code: 0, error: undefined });
  });

  it('an image that was changed or is gone', async () => {
    const [image = ''] = readFileSync(join(backup, 'images.list'), 'utf8').split('\n');
    const [sha256 = '', keyId = ''] = image.split(' ');
    renameSync(join(dirname(copy), 'images', keyId, sha256.slice(0, 2), sha256), join(copy, 'elsewhere'));
    expect(await restore()).toMatchObject({ code: 1, error: { code: 'BACKUP_DAMAGED' } });
    expect(await restore({}, '--no-images')).toMatchObject({ code: 0 });
  });

  it('a database that is not empty, unless it may replace what is there', async () => {
    expect(await restore({}, '--no-images')).toMatchObject({ code: 0 });
    expect(await restore({}, '--no-images')).toMatchObject({
      code: 1,
      error: { code: 'DATABASE_NOT_EMPTY' },
    });
    await connected(empty.url, (client) => client.query('delete from quarantine'));
    await connected(empty.url, async (client) => {
      await client.query("set application_name = 'rollcall'");
      expect(await restore({}, '--replace')).toMatchObject({ code: 1, error: { code: 'DATABASE_IN_USE' } });
    });
    expect(await restore({}, '--no-images', '--replace')).toMatchObject({ code: 0 });
    expect((await connected(empty.url, (client) => client.query('select from quarantine'))).rowCount).toBe(1);
  });
});

function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}
