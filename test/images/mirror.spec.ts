import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { ImageFetcher } from '../../src/images/image-fetcher.service.js';
import { StoreFault } from '../../src/images/image-store.js';
import { IMAGE_FIELDS } from '../../src/enroll-contract/types.js';
import { ReplacedImages } from '../../src/images/replaced-images.service.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { KEYS } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { isSettled, type Mirrored, startMirrored } from './mirrored.js';

const CONCURRENCY = 2;

jest.setTimeout(120_000);

let mirrored: Mirrored;
/** Paths that eNROLL serves and nobody has named yet. */
let paths: string[];

beforeAll(async () => {
  mirrored = await startMirrored({}, { ROLLCALL_IMAGE_CONCURRENCY: String(CONCURRENCY) });
  const { simulator } = mirrored;
  simulator.remember(30);
  paths = simulator
    .applicantIds()
    .flatMap((id) => simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
beforeEach(() => mirrored.simulator.faults());
afterAll(() => mirrored.stop());

const aPath = () => paths.pop()!;

describe('the image mirror', () => {
  it('fetches every image that a callback names, soon after it, and never by more requests than configured', async () => {
    mirrored.simulator.resetCounts();
    mirrored.simulator.faults({ kind: 'slow', delayMs: 50 });
    const ids = await mirrored.enroll(30);
    const { counts } = await mirrored.until(isSettled);
    const named = ids.flatMap((id) => {
      const enrollment = mirrored.simulator.applicant(id)?.enrollment;
      return IMAGE_FIELDS.filter((field) => (enrollment?.[field] ?? null) !== null).map(
        (field) => `${id} ${field}`,
      );
    });
    expect(counts).toEqual({ wanted: 0, fetched: named.length, missing: 0, notImage: 0, failed: 0 });
    const lists = await Promise.all(ids.map((id) => mirrored.images(id)));
    expect(lists.flatMap((list, at) => list.map(({ field }) => `${ids[at]} ${field}`)).sort()).toEqual(
      named.sort(),
    );
    const { image, images } = mirrored.simulator.state().calls;
    expect(mirrored.simulator.state().calls.any?.peakInFlight).toBe(CONCURRENCY);
    // 90 paths in batches, 30 photos on their own
    expect(images?.requests).toBeLessThan(30);
    expect(image?.requests).toBeGreaterThanOrEqual(30);
  });

  it('keeps nothing readable in the store', () => {
    const files = readdirSync(mirrored.imageDir, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files) {
      const sealed = readFileSync(join(parentPath, name));
      // four bytes at least: any three are in megabytes of sealed ones now and then
      for (const mark of ['JFIF', 'WEBP', '\x89PNG']) {
        expect(sealed.includes(Buffer.from(mark, 'latin1'))).toBe(false);
      }
      expect(name).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('stores the same bytes once, whoever names them', async () => {
    const path = aPath();
    await mirrored.untilState(await mirrored.named({ livePhotoPath: path }), 'fetched');
    const before = await mirrored.status();
    const twin = await mirrored.named({ livePhotoPath: path, photo: path });
    await mirrored.untilState(twin, 'fetched');
    const after = await mirrored.until(isSettled);
    expect(after.counts.fetched).toBe(before.counts.fetched + 2);
    expect([after.storedImages, after.storedBytes]).toEqual([before.storedImages, before.storedBytes]);
  });

  it('keeps the images of old versions beside the new one', async () => {
    const [first, second] = [aPath(), aPath()];
    const id = await mirrored.named({ livePhotoPath: first });
    await mirrored.named({ livePhotoPath: second }, id);
    await mirrored.named({ livePhotoPath: first }, id);
    await mirrored.until(isSettled);
    const images = await mirrored.images(id);
    expect(images.map(({ version, path, isCurrent, state }) => [version, path, isCurrent, state])).toEqual([
      [3, first, true, 'fetched'],
      [2, second, false, 'fetched'],
      [1, first, false, 'fetched'],
    ]);
    expect(images[0]!.sha256).toBe(images[2]!.sha256);
    const shown = async (query: string) => {
      const response = await mirrored.rollcall.api(`/api/v1/applicants/${id}/images/livePhotoPath${query}`);
      return response.headers.get('etag');
    };
    expect(await shown('?version=1')).toBe(await shown(''));
    expect(await shown('?version=2')).not.toBe(await shown(''));
  });

  it('stands still while it is paused and goes on when it is resumed', async () => {
    const { rollcall } = mirrored;
    await rollcall.api('/api/v1/images/pause', { method: 'POST' });
    const id = await mirrored.named({ livePhotoPath: aPath() });
    await mirrored.untilState(id, 'wanted');
    mirrored.simulator.resetCounts();
    await mirrored.retry();
    expect((await mirrored.status()).paused).toEqual({ at: expect.any(String), by: expect.any(String) });
    expect(mirrored.simulator.state().calls.any?.requests).toBe(0);
    // and nothing looks again and again for what may not be fetched
    const runs = `select count(*)::int as n from pgboss.job where name = 'images.fetch'`;
    const [before] = await rollcall.sql<{ n: number }>(runs);
    await delay(1500);
    const [after] = await rollcall.sql<{ n: number }>(runs);
    expect(after!.n - before!.n).toBeLessThanOrEqual(2);
    await rollcall.api('/api/v1/images/resume', { method: 'POST' });
    expect((await mirrored.status()).paused).toBeNull();
    await mirrored.untilState(id, 'fetched');
    const deeds = await rollcall.sql<{ action: string }>(
      "select action from audit where subject = 'images:mirror' order by at",
    );
    expect(deeds.map(({ action }) => action)).toEqual(['images.pause', 'images.retry', 'images.resume']);
  });

  describe('3.5 a fetched image that is fetched again', () => {
    const refetch = async (applicantId: string) => {
      const body = JSON.stringify({ applicantId, states: ['fetched'] });
      return (await mirrored.rollcall.api('/api/v1/images/retry', { method: 'POST', body })).json();
    };
    /** As if eNROLL had something else under the path. */
    const elsewhere = (applicantId: string, path: string) =>
      mirrored.rollcall.sql('update images set path = $2 where applicant_id = $1', [applicantId, path]);
    const shown = async (applicantId: string) => {
      const { status, headers } = await mirrored.rollcall.api(
        `/api/v1/applicants/${applicantId}/images/livePhotoPath`,
      );
      return [status, headers.get('etag')];
    };

    it('is shown as it was until the other is there, and then as that', async () => {
      const id = await mirrored.named({ livePhotoPath: aPath() });
      const before = await mirrored.untilState(id, 'fetched');
      const etag = await shown(id);
      await mirrored.rollcall.api('/api/v1/images/pause', { method: 'POST' });
      const { counts } = await mirrored.status();
      await elsewhere(id, aPath());
      expect(await refetch(id)).toEqual({ retried: 1 });
      expect((await mirrored.images(id))[0]).toMatchObject({ state: 'wanted', sha256: before.sha256 });
      expect((await mirrored.status()).counts).toEqual({
        ...counts,
        fetched: counts.fetched - 1,
        wanted: counts.wanted + 1,
      });
      expect(await shown(id)).toEqual(etag);
      await mirrored.rollcall.api('/api/v1/images/resume', { method: 'POST' });
      const after = await mirrored.untilState(id, 'fetched');
      expect(after.sha256).not.toBe(before.sha256);
      expect(await shown(id)).not.toEqual(etag);
      expect((await mirrored.until(isSettled)).counts).toEqual(counts);
    });

    describe('and the bytes it had', () => {
      const never = new AbortController().signal;
      const remove = () => mirrored.rollcall.app.get(ReplacedImages, { strict: false }).remove(never, 0);
      const isStored = (sha256: string) =>
        existsSync(`${mirrored.imageDir}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`);
      /** Fetched, and fetched again as another image. @returns the hash of before, under which path */
      const replaced = async () => {
        const path = aPath();
        const id = await mirrored.named({ livePhotoPath: path });
        const { sha256 } = await mirrored.untilState(id, 'fetched');
        await elsewhere(id, aPath());
        await refetch(id);
        await mirrored.until(isSettled);
        const [now] = await mirrored.images(id);
        expect(now?.sha256).not.toBe(sha256);
        return { id, path, before: sha256 ?? '', now: now?.sha256 ?? '' };
      };
      const expectTotals = async () => {
        const [blobs] = await mirrored.rollcall.sql<{ images: number; bytes: number }>(
          'select count(*)::int as images, sum(sealed_bytes)::int as bytes from image_blobs',
        );
        const { storedImages, storedBytes } = await mirrored.status();
        expect({ images: storedImages, bytes: storedBytes }).toEqual(blobs);
      };

      it('leave the store, also where that was away at first; the other is there', async () => {
        await remove(); // what the tests above have replaced
        const { id, before, now } = await replaced();
        const { store } = mirrored.rollcall.app.get(SealedImageStore, { strict: false });
        const away = jest.spyOn(store, 'remove').mockRejectedValueOnce(new StoreFault('unreachable'));
        expect(await remove()).toBe(0);
        expect([isStored(before), isStored(now)]).toEqual([true, true]);
        away.mockRestore();
        expect(await remove()).toBe(1);
        expect([isStored(before), isStored(now)]).toEqual([false, true]);
        expect((await shown(id))[0]).toBe(200);
        await expectTotals();
        expect(await mirrored.rollcall.sql('select from replaced_images')).toEqual([]);
      });

      it('stay for ten minutes, and where another shows them', async () => {
        const path = aPath();
        const twin = await mirrored.named({ livePhotoPath: path });
        const id = await mirrored.named({ livePhotoPath: path });
        const { sha256 = '' } = await mirrored.untilState(id, 'fetched');
        await mirrored.untilState(twin, 'fetched');
        await elsewhere(id, aPath());
        await refetch(id);
        await mirrored.until(isSettled);
        const service = mirrored.rollcall.app.get(ReplacedImages, { strict: false });
        expect(await service.remove(never)).toBe(0);
        expect(await mirrored.rollcall.sql('select from replaced_images')).toHaveLength(1);
        expect(await remove()).toBe(0);
        expect(isStored(sha256 ?? '')).toBe(true);
        expect((await shown(twin))[0]).toBe(200);
        await expectTotals();
      });

      it('hold nobody up while the store does not answer: no reader of the feed waits for a transaction', async () => {
        const { before } = await replaced();
        const { store } = mirrored.rollcall.app.get(SealedImageStore, { strict: false });
        let answer: () => void = () => undefined;
        const asked = new Promise<void>((resolve) => {
          jest.spyOn(store, 'remove').mockImplementationOnce(async () => {
            resolve();
            await new Promise<void>((answered) => (answer = answered));
          });
        });
        const removing = remove();
        await asked;
        expect(
          await mirrored.rollcall.sql(
            `select query from pg_stat_activity
             where datname = current_database() and backend_xid is not null and state like 'idle in transaction%'`,
          ),
        ).toEqual([]);
        answer();
        expect(await removing).toBe(1);
        jest.restoreAllMocks();
        await mirrored.rollcall.app.get(SealedImageStore, { strict: false }).store.remove(before);
      });

      it('stay where somebody fetches the same before they are removed', async () => {
        const { path, before } = await replaced();
        const other = await mirrored.named({ livePhotoPath: path });
        expect((await mirrored.untilState(other, 'fetched')).sha256).toBe(before);
        expect(await remove()).toBe(0);
        expect(isStored(before)).toBe(true);
        expect((await shown(other))[0]).toBe(200);
      });
    });

    it('stays as it was where eNROLL has none any more, and says so', async () => {
      const id = await mirrored.named({ livePhotoPath: aPath() });
      const { sha256 } = await mirrored.untilState(id, 'fetched');
      const { counts } = await mirrored.until(isSettled);
      await elsewhere(id, 'gone.jpg');
      await refetch(id);
      const after = await eventually(async () => {
        const [image] = await mirrored.images(id);
        return image?.errorCode === 'ENROLL_NOT_FOUND' ? image : undefined;
      }, 30_000);
      expect(after).toMatchObject({ state: 'fetched', sha256 });
      expect((await shown(id))[0]).toBe(200);
      expect((await mirrored.status()).counts).toEqual(counts);
    });

    it('that the store loses meanwhile is wanted once, and the totals know it', async () => {
      const id = await mirrored.named({ livePhotoPath: aPath() });
      const { sha256 } = await mirrored.untilState(id, 'fetched');
      await mirrored.until(isSettled);
      await mirrored.rollcall.api('/api/v1/images/pause', { method: 'POST' });
      await refetch(id);
      const file = `${mirrored.imageDir}/${sha256?.slice(0, 2)}/${sha256?.slice(2, 4)}/${sha256}`;
      rmSync(file);
      expect((await shown(id))[0]).toBe(503);
      const { counts } = await mirrored.status();
      const rows = await mirrored.rollcall.sql(
        "select count(*) filter (where state = 'wanted')::int as wanted, count(*) filter (where state = 'fetched')::int as fetched from images",
      );
      expect(rows).toEqual([{ wanted: counts.wanted, fetched: counts.fetched }]);
      await mirrored.rollcall.api('/api/v1/images/resume', { method: 'POST' });
      await mirrored.untilState(id, 'fetched');
    });

    it.each<[number, string[]]>([
      [1, ['--applicant', 'nobody']],
      [2, ['--state', 'fetched']],
      [2, ['--state', 'lost']],
    ])('rollcall images retry exits with %i for %j', async (code, args) => {
      const notes = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
      const context = new CliContext(() =>
        loadConfig({ NODE_ENV: 'test', DATABASE_URL: mirrored.rollcall.databaseUrl, ROLLCALL_KEYS: KEYS }),
      );
      expect(await runCommand(['images', 'retry', ...args], context)).toBe(code);
      notes.mockRestore();
    });
  });

  it('goes on with another process where the one that fetches is killed', async () => {
    const fetcher = mirrored.rollcall.app.get(ImageFetcher);
    mirrored.simulator.faults({ kind: 'slow', delayMs: 500 });
    const { counts } = await mirrored.until(isSettled);
    const ids = await mirrored.enroll(4);
    const killed = await eventually(() => fetcher.pid, 30_000);
    process.kill(killed, 'SIGKILL');
    mirrored.simulator.faults();
    const after = await mirrored.until(isSettled);
    expect(fetcher.pid).not.toBe(killed);
    expect(after.counts).toMatchObject({ wanted: 0, missing: 0, notImage: 0, failed: 0 });
    const named = await Promise.all(ids.map(async (id) => (await mirrored.images(id)).length));
    expect(after.counts.fetched).toBe(counts.fetched + named.reduce((sum, n) => sum + n));
  });

  it('counts without counting: the totals are those of the table', async () => {
    await mirrored.until(isSettled);
    const { counts, storedImages, storedBytes } = await mirrored.status();
    const [row] = await mirrored.rollcall.sql(
      `select count(*) filter (where state = 'wanted')::int as wanted, count(*) filter (where state = 'fetched')::int as fetched,
         count(*) filter (where state = 'missing')::int as missing, count(*) filter (where state = 'not_image')::int as "notImage",
         count(*) filter (where state = 'failed')::int as failed,
         (select array[count(*), sum(sealed_bytes)]::int[] from image_blobs) as stored from images`,
    );
    expect({ ...counts, stored: [storedImages, storedBytes] }).toEqual(row);
  });
});
