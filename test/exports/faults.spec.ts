import { connect } from 'node:net';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import { ExportWriter } from '../../src/exports/export-writer.service.js';
import { ExportFiles } from '../../src/exports/export-files.service.js';
import { Exports } from '../../src/exports/exports.service.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { API_KEY } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { type Exporting, multiply, startExporting } from './exporting.js';
import { StandInStore } from './stand-in-store.js';

jest.setTimeout(120_000);

/** 8,000 letters of two bytes each: 11 MB, three parts. */
const PEOPLE = 700;
const PARTS = 3;
const BIG = { columns: ['applicantId', 'issuingAuthority'] };
const never = new AbortController().signal;
/** On a busy machine soon is late. */
const soon = <T>(look: () => T | undefined | Promise<T | undefined>) => eventually(look, 60_000);

const store = new StandInStore();
let exporting: Exporting;
beforeAll(async () => {
  exporting = await startExporting(await store.start());
  await exporting.enroll({ applicantId: 'seed' });
  await multiply(exporting.rollcall, 'seed', PEOPLE - 1);
});
afterEach(async () => {
  store.trouble = undefined;
  store.room = Infinity;
  store.release();
  await exporting.rollcall.sql('update exports set expires_at = now() where expires_at is not null');
  await exporting.rollcall.app.get(ExportFiles).remove(never);
  await soon(() => store.objects.size === 0 || undefined);
});
afterAll(async () => {
  await exporting.stop();
  await store.stop();
});

/** Sends for a worker now, whatever has to be waited for. */
async function hurry(): Promise<void> {
  await exporting.hurry();
  exporting.rollcall.app.get(Exports).wake();
}

async function fileProblem(id: string): Promise<{ status: number; code: string; state?: string }> {
  const response = await exporting.file(id);
  const { code, state } = (await response.json()) as { code: string; state?: string };
  return { status: response.status, code, state };
}

/** The whole file: every applicant once. */
async function expectWhole(id: string): Promise<void> {
  const lines = (await (await exporting.file(id)).text()).trimEnd().split('\r\n').slice(1);
  expect(new Set(lines.map((line) => line.split(',', 1)[0])).size).toBe(PEOPLE);
  expect(lines).toHaveLength(PEOPLE);
}

/** An export that is held up while it stores its first part. */
async function heldUp(): Promise<string> {
  store.hold();
  const { id } = await exporting.create(BIG);
  await soon(() => store.holding > 0 || undefined);
  return id;
}

describe('the store', () => {
  it.each([
    [507, 'IMAGE_STORE_FULL'],
    [403, 'IMAGE_STORE_REFUSED'],
  ])(
    'answers %i: the export has failed with %s at once, and nothing of it can be had',
    async (status, errorCode) => {
      store.trouble = status;
      const { id } = await exporting.create(BIG);
      const failed = await exporting.until(id, 'failed');
      expect(failed).toMatchObject({ errorCode, attempts: 1, finishedAt: expect.any(String) });
      expect(await fileProblem(id)).toEqual({ status: 409, code: 'EXPORT_NOT_READY', state: 'failed' });
    },
  );

  it('is full in the middle: the parts that are there already are removed', async () => {
    const before = store.puts;
    store.room = PARTS - 1;
    const { id } = await exporting.create(BIG);
    await exporting.until(id, 'failed');
    expect(store.puts - before).toBe(PARTS - 1);
    await exporting.rollcall.app.get(ExportFiles).remove(never);
    expect(store.objects.size).toBe(0);
  });

  it('does not answer: the export waits, and begins again from the start', async () => {
    store.trouble = 500;
    const { id } = await exporting.create(BIG);
    const waiting = await soon(async () => {
      const now = await exporting.find(id);
      return now.errorCode !== null ? now : undefined;
    });
    expect(waiting).toMatchObject({ state: 'waiting', errorCode: 'IMAGE_STORE_UNREACHABLE' });
    store.trouble = undefined;
    await hurry();
    expect(await exporting.until(id, 'ready')).toMatchObject({ attempts: 2, errorCode: null, rows: PEOPLE });
    await expectWhole(id);
  });

  it('does not answer when somebody wants the file: 503, later 200', async () => {
    const { id } = await exporting.exported(BIG);
    const kept = [...store.objects];
    store.objects.clear();
    expect(await fileProblem(id)).toMatchObject({ status: 503, code: 'IMAGE_STORE_UNAVAILABLE' });
    for (const [key, bytes] of kept) store.objects.set(key, bytes);
    await expectWhole(id);
  });

  it('gives a part in the place of another: the file is cut off there', async () => {
    const { id } = await exporting.exported(BIG);
    const [first, second] = [...store.objects.keys()];
    store.objects.set(second!, store.objects.get(first!)!);
    await expect(exporting.file(id).then((response) => response.text())).rejects.toThrow();
  });
});

describe('a key that is disabled while it downloads', () => {
  it('gets no further part', async () => {
    const keys = exporting.rollcall.app.get(ApiKeys);
    const key = await keys.create('test', 'to-be-disabled', ['exports:read']);
    const { id } = await exporting.exported(BIG);
    const { revealPart } = SealedImageStore.prototype;
    const parts: number[] = [];
    const read = jest.spyOn(SealedImageStore.prototype, 'revealPart').mockImplementation(async function (
      this: SealedImageStore,
      place,
    ) {
      if (parts.push(place.part) === 2) await keys.disable('test', 'to-be-disabled');
      return revealPart.call(this, place);
    });
    const download = exporting.file(id, { authorization: `Bearer ${key}` });
    await expect(download.then((response) => response.text())).rejects.toThrow();
    read.mockRestore();
    expect(parts).toEqual([0, 1]);
  });
});

describe('the database', () => {
  it('is away in mid-export: the export is tried again from the start', async () => {
    const id = await heldUp();
    await exporting.rollcall.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollcall-export' and datname = current_database()",
    );
    store.release();
    const waiting = await soon(async () => {
      const now = await exporting.find(id);
      return now.errorCode !== null ? now : undefined;
    });
    expect(waiting).toMatchObject({ state: 'waiting', errorCode: 'DATABASE_UNAVAILABLE', attempts: 1 });
    await hurry();
    expect(await exporting.until(id, 'ready')).toMatchObject({ attempts: 2, rows: PEOPLE });
    await exporting.rollcall.app.get(ExportFiles).remove(never);
    expect(store.objects.size).toBe(PARTS);
    await expectWhole(id);
  });

  it('has a sealed state that does not open: nothing is known of that applicant, and the file is whole', async () => {
    const { id } = await exporting.create({
      columns: ['applicantId', 'outcome', 'idNumber', 'tamperedFields'],
    });
    expect(await exporting.until(id, 'ready')).toMatchObject({ attempts: 1, rows: PEOPLE });
    const text = await (await exporting.file(id)).text();
    expect(text).toContain('bulk-1,unknown,,sealed');
  });
});

describe('a worker', () => {
  it('tells how far it is, and ends when the export is cancelled', async () => {
    const id = await heldUp();
    expect(await exporting.find(id)).toMatchObject({ state: 'running', rowsTotal: PEOPLE, errorCode: null });
    expect(await fileProblem(id)).toEqual({ status: 409, code: 'EXPORT_NOT_READY', state: 'running' });
    const response = await exporting.rollcall.api(`/api/v1/exports/${id}/cancel`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([
      200,
      expect.objectContaining({ state: 'cancelled' }),
    ]);
    store.release();
    // its worker is free again
    await exporting.exported({ filter: { status: 4 } });
    expect(await exporting.find(id)).toMatchObject({ state: 'cancelled', expiresAt: expect.any(String) });
  });

  it('that was silent for too long has lost the export: the file is that of the next', async () => {
    const id = await heldUp();
    const silent = store.holding;
    // from here on it cannot prolong its lease
    await exporting.rollcall.sql(
      'update exports set attempt = gen_random_uuid(), lease_until = now() where id = $1',
      [id],
    );
    const next = exporting.rollcall.app.get(ExportWriter).work(never);
    await soon(() => store.holding > silent || undefined);
    store.release();
    expect(await next).toBe('ready');
    const ready = await exporting.find(id);
    expect(ready).toMatchObject({ state: 'ready', attempts: 2, rows: PEOPLE });
    await expectWhole(id);
    // the silent one has noticed, and what it stored is gone
    await soon(async () => {
      await exporting.rollcall.app.get(ExportFiles).remove(never);
      return store.objects.size === PARTS || undefined;
    });
    await expectWhole(id);
  });

  it('that never lives to tell why fails the export in the end', async () => {
    store.hold();
    const { id } = await exporting.create(BIG);
    await soon(() => store.holding > 0 || undefined);
    await exporting.rollcall.sql(
      'update exports set attempts = 6, attempt = gen_random_uuid(), lease_until = now() where id = $1',
      [id],
    );
    expect(await exporting.rollcall.app.get(ExportWriter).work(never)).toBe('failed');
    expect(await exporting.find(id)).toMatchObject({ state: 'failed', errorCode: 'WORKER_LOST' });
  });
});

it('a client that goes away in the middle leaves nothing running', async () => {
  const { id } = await exporting.exported(BIG);
  const before = store.gets;
  const { port } = new URL(exporting.rollcall.url);
  const client = connect(Number(port), '127.0.0.1');
  client.write(
    `GET /api/v1/exports/${id}/file HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${API_KEY}\r\n\r\n`,
  );
  await new Promise((resolve) => client.once('data', resolve));
  client.destroy();
  // by the time that another has the whole file, this one would have it too
  await expectWhole(id);
  expect(store.gets - before).toBeLessThan(2 * PARTS);
});
