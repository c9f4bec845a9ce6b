import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { checkImageStore } from '../../src/cli/doctor-checks.js';
import { ConfigError } from '../../src/config/config.js';
import { DiskStore } from '../../src/images/disk-store.js';
import { type ImageStore, StoreFault } from '../../src/images/image-store.js';
import { S3Store } from '../../src/images/s3-store.js';
import { StoreMark, knownObjects } from '../../src/images/store-mark.service.js';
import { StoreTrial } from '../../src/images/store-trial.service.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { Audit } from '../../src/audit/audit.service.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { Sealer } from '../../src/crypto/sealer.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;
let folder: string;
let bucket: Bucket;
beforeAll(async () => {
  rollcall = await startApp();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-marks-'));
  bucket = new Bucket();
  await bucket.start();
});
beforeEach(() =>
  rollcall.sql('update image_mirror set store_id = gen_random_uuid(), store_marked_at = null'),
);
afterAll(async () => {
  await bucket.stop();
  rmSync(folder, { recursive: true });
  await rollcall.stop();
});

/** A bucket whose rights can be taken away; without `list`, Amazon answers 403 for what is not there. */
class Bucket {
  readonly objects = new Map<string, Buffer>();
  rights = { list: true, get: true, put: true };
  /** What is answered waits for this: a store that is slow, or leads nowhere. */
  open: Promise<void> = Promise.resolve();
  private readonly server: Server = createServer((request, response) => {
    void Promise.all([buffer(request), this.open]).then(([body]) => {
      const key = request.url?.split('?')[0] ?? '';
      const refuse = (status: number, code: string) => {
        response.writeHead(status, { 'content-type': 'application/xml' });
        response.end(request.method === 'HEAD' ? undefined : `<Error><Code>${code}</Code></Error>`);
      };
      if (request.method === 'PUT') {
        if (!this.rights.put) return refuse(403, 'AccessDenied');
        this.objects.set(key, body);
        return response.end();
      }
      if (request.method === 'DELETE') {
        this.objects.delete(key);
        return response.writeHead(204).end();
      }
      const found = this.objects.get(key);
      if (!this.rights.get || (found === undefined && !this.rights.list)) return refuse(403, 'AccessDenied');
      if (found === undefined) return refuse(404, 'NoSuchKey');
      return response.end(request.method === 'HEAD' ? undefined : found);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A store of a bucket of its own. */
  store(prefix: string, known?: () => Promise<string[]>): S3Store {
    const endpoint = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'x', secretAccessKey: 'y' };
    const place = { bucket: 'images', prefix, endpoint, region: 'eu-central-1', pathStyle: true };
    return new S3Store({ ...place, credentials }, known);
  }
}

function markOf(store: ImageStore, env: Record<string, string> = {}): StoreMark {
  const config: Config = loadConfig({ NODE_ENV: 'test', ...env });
  const sealedStore = new SealedImageStore(store, rollcall.app.get(Sealer, { strict: false }));
  return new StoreMark(connection(), sealedStore, config, rollcall.app.get(Audit, { strict: false }));
}
const connection = () => rollcall.app.get(EntityManager, { strict: false });

describe('a store that is shared', () => {
  it('is marked by the first server and known by the next, whichever comes first', async () => {
    const store = new DiskStore(join(folder, 'shared'));
    await Promise.all([1, 2, 3].map(() => markOf(store).check()));
    await expect(markOf(store).check()).resolves.toBeUndefined();
  });

  it('may be read-only once it is marked', async () => {
    bucket.rights.put = true;
    await markOf(bucket.store('read-only')).check();
    bucket.rights.put = false;
    await expect(markOf(bucket.store('read-only')).check()).resolves.toBeUndefined();
    bucket.rights.put = true;
  });
});

describe('a store that is not the one of the database', () => {
  it('ends the boot of a replica with a folder of its own, also of one that starts at the same time', async () => {
    const places = ['one', 'other'].map((name) => join(folder, name));
    const checks = places.map((place) => markOf(new DiskStore(place), { ROLLCALL_IMAGE_DIR: place }).check());
    const ends = await Promise.allSettled(checks);
    const [refused] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as ConfigError] : []));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refused).toBeInstanceOf(ConfigError);
    expect(refused!.message).toMatch(
      /ROLLCALL_IMAGE_DIR: \S+(one|other) is not the image store of this database/,
    );
  });

  it.each([true, false])('ends the boot by its bucket, with s3:ListBucket %s', async (list) => {
    bucket.rights.list = list;
    await markOf(bucket.store(`a-${list}`)).check();
    const url = 's3://images/b?endpoint=http://127.0.0.1:1';
    const check = markOf(bucket.store(`b-${list}`), { ROLLCALL_IMAGE_STORE: url }).check();
    await expect(check).rejects.toThrow('ROLLCALL_IMAGE_STORE: s3://images/b is not the image store');
    bucket.rights.list = true;
  });

  it('is taken for it by `rollcall images adopt`, as after a restore without the store', async () => {
    await markOf(new DiskStore(join(folder, 'gone'))).check();
    const fresh = markOf(new DiskStore(join(folder, 'fresh')));
    await expect(fresh.check()).rejects.toThrow(/rollcall images adopt/);
    await fresh.adopt('cli');
    await expect(fresh.check()).resolves.toBeUndefined();
    expect(await rollcall.sql("select actor from audit where action = 'images.adopt'")).toEqual([
      { actor: 'cli' },
    ]);
  });
});

describe('a store that cannot be looked at', () => {
  it('does not keep a server from taking callbacks, and is marked once it can be', async () => {
    bucket.rights.put = false;
    await expect(markOf(bucket.store('later')).check()).resolves.toBeUndefined();
    bucket.rights.put = true;
    await markOf(bucket.store('later')).check();
    bucket.rights.get = false;
    await expect(markOf(bucket.store('later')).check()).resolves.toBeUndefined();
    bucket.rights.get = true;
    await expect(markOf(bucket.store('elsewhere')).check()).rejects.toThrow(ConfigError);
  });
});

describe('a store that does not answer', () => {
  let told: jest.SpyInstance;
  beforeEach(() => (told = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined)));
  afterEach(() => {
    told.mockRestore();
    bucket.open = Promise.resolve();
  });
  const answering = () => {
    let answer = () => undefined as void;
    bucket.open = new Promise((resolve) => (answer = resolve));
    return answer;
  };

  it('is waited for briefly, without a transaction that waits beside it', async () => {
    const answer = answering();
    const mark = markOf(bucket.store('silent'));
    const startedAt = performance.now();
    await mark.check(500);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(
      await rollcall.sql(
        // other jobs have transactions too, but none for as long as the store was waited for
        `select query from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
           and xact_start < now() - interval '400 milliseconds'`,
      ),
    ).toEqual([]);
    // nothing of it holds up another server
    await markOf(new DiskStore(join(folder, 'beside'))).check();
    answer();
    // the other store is the one by now
    await eventually(() => told.mock.calls.length > 0 || undefined);
  });

  it('and is found to be another one later is told as an error, and ends the next boot', async () => {
    await markOf(bucket.store('ours')).check();
    const answer = answering();
    const url = 's3://images/theirs?endpoint=http://127.0.0.1:1';
    const mark = markOf(bucket.store('theirs'), { ROLLCALL_IMAGE_STORE: url });
    await mark.check(300);
    expect(told).not.toHaveBeenCalled();
    answer();
    await eventually(() => told.mock.calls.length > 0 || undefined);
    expect(told).toHaveBeenCalledWith(
      { code: 'STORE_NOT_OURS' },
      expect.stringContaining('s3://images/theirs is not the image store of this database'),
    );
    await expect(mark.check()).rejects.toThrow(ConfigError);
  });

  it('during `rollcall images adopt` holds up nobody', async () => {
    const answer = answering();
    const adopting = markOf(bucket.store('adopted')).adopt('cli');
    await markOf(new DiskStore(join(folder, 'meanwhile'))).check();
    answer();
    await adopting;
    await expect(markOf(bucket.store('adopted')).check()).resolves.toBeUndefined();
  });
});

describe('without s3:ListBucket', () => {
  const missing = 'a'.repeat(64);
  beforeEach(() => (bucket.rights.list = false));
  afterEach(() => (bucket.rights = { list: true, get: true, put: true }));

  it('what is missing is told from what may not be read', async () => {
    const store = bucket.store('rights', () => knownObjects(connection()));
    await markOf(store).check();
    expect(await store.has(missing)).toBe(false);
    await expect(store.get(missing)).rejects.toMatchObject({ reason: 'absent' });
    bucket.rights.get = false;
    await expect(store.has(missing)).rejects.toMatchObject({ reason: 'refused' });
    await expect(store.get(missing)).rejects.toBeInstanceOf(StoreFault);
  });

  it('the doctor names the right', async () => {
    expect(await checkImageStore(new StoreTrial(bucket.store('doctor')))).toMatchObject({
      status: 'warning',
      fix: expect.stringContaining('s3:ListBucket'),
    });
    bucket.rights.list = true;
    expect(await checkImageStore(new StoreTrial(bucket.store('doctor')))).toMatchObject({ status: 'ok' });
  });
});
