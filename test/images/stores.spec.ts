import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { checkImageStore } from '../../src/cli/doctor-checks.js';
import { StoreTrial } from '../../src/images/store-trial.service.js';
import { DiskStore, reasonOfErrno } from '../../src/images/disk-store.js';
import { type ImageStore, StoreFault } from '../../src/images/image-store.js';
import { reasonOfS3, S3Store } from '../../src/images/s3-store.js';

const BUCKET = 'images';
/** s3rver knows this pair alone. */
const CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

const folder = mkdtempSync(join(tmpdir(), 'rollcall-stores-'));
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  directory: join(folder, 's3'),
  silent: true,
  configureBuckets: [{ name: BUCKET }],
});
let endpoint: string;
const opened: ImageStore[] = [];

beforeAll(async () => {
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
});
afterAll(async () => {
  for (const store of opened) store.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

function s3({ bucket = BUCKET, at = endpoint, credentials = CREDENTIALS } = {}): S3Store {
  const store = new S3Store({
    bucket,
    prefix: 'kyc/images',
    endpoint: at,
    region: 'us-east-1',
    pathStyle: true,
    credentials,
  });
  opened.push(store);
  return store;
}

/** A closed port of this machine. */
async function nowhere(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const faultOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'none',
    (error: unknown) => (error instanceof StoreFault ? error.reason : error),
  );

const STORES: [name: string, open: () => ImageStore, openBroken: () => Promise<ImageStore>][] = [
  [
    'disk',
    () => new DiskStore(join(folder, 'disk')),
    () => {
      const file = join(folder, 'a-file');
      writeFileSync(file, '');
      return Promise.resolve(new DiskStore(join(file, 'images')));
    },
  ],
  ['S3', () => s3(), async () => s3({ at: await nowhere() })],
];

describe.each(STORES)('the image store on %s', (_name, open, openBroken) => {
  let store: ImageStore;
  beforeAll(() => (store = open()));

  it.each([0, 1, 200_000, 15 * 1024 * 1024 + 60])('gives back %i bytes as they were put', async (size) => {
    const bytes = randomBytes(size);
    const key = sha256Of(bytes);
    await store.put([{ sha256: key, sealed: bytes }]);
    expect((await store.get(key)).equals(bytes)).toBe(true);
  });

  it('keeps one image under one key, the last that was put', async () => {
    const key = sha256Of(randomBytes(8));
    await store.put([{ sha256: key, sealed: Buffer.from('first sealing') }]);
    await store.put([{ sha256: key, sealed: Buffer.from('second') }]);
    expect(String(await store.get(key))).toBe('second');
  });

  it('takes a handful at once', async () => {
    const images = Array.from({ length: 5 }, () => randomBytes(20_000)).map((sealed) => ({
      sha256: sha256Of(sealed),
      sealed,
    }));
    await store.put(images);
    for (const { sha256, sealed } of images) expect((await store.get(sha256)).equals(sealed)).toBe(true);
    await expect(store.put([])).resolves.toBeUndefined();
  });

  it('takes the same image from twenty hands at once', async () => {
    const bytes = randomBytes(50_000);
    const key = sha256Of(bytes);
    await Promise.all(Array.from({ length: 20 }, () => store.put([{ sha256: key, sealed: bytes }])));
    expect((await store.get(key)).equals(bytes)).toBe(true);
  });

  it('says whether an image is there', async () => {
    const key = sha256Of(randomBytes(8));
    expect(await store.has(key)).toBe(false);
    await store.put([{ sha256: key, sealed: Buffer.from('x') }]);
    expect(await store.has(key)).toBe(true);
    expect(await faultOf((await openBroken()).has(key))).toBe('unreachable');
  });

  it('says that an image is absent', async () => {
    expect(await faultOf(store.get(sha256Of(randomBytes(8))))).toBe('absent');
  });

  it('removes an image, and one that is not there as well', async () => {
    const key = sha256Of(randomBytes(8));
    await store.put([{ sha256: key, sealed: Buffer.from('x') }]);
    await store.remove(key);
    await store.remove(key);
    expect(await faultOf(store.get(key))).toBe('absent');
  });

  it('is found well by the doctor, who leaves nothing, and by its code where it is not', async () => {
    const examined = open();
    const put = jest.spyOn(examined, 'put');
    expect(await checkImageStore(new StoreTrial(examined))).toMatchObject({
      status: 'ok',
    });
    expect(await faultOf(store.get(put.mock.lastCall![0][0]!.sha256))).toBe('absent');
    expect(await checkImageStore(new StoreTrial(await openBroken()))).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(/IMAGE_STORE_UNREACHABLE$/),
      fix: expect.stringMatching(/^ROLLCALL_IMAGE_/),
    });
  });

  it.each(['../../etc/passwd', 'A'.repeat(64), 'ab', ''])('M10: takes no key but a hash: %j', async (key) => {
    for (const attempt of [
      store.put([{ sha256: key, sealed: Buffer.alloc(1) }]),
      store.get(key),
      store.remove(key),
    ]) {
      expect(await faultOf(attempt)).not.toBe('none');
    }
  });

  it('says that it cannot be reached', async () => {
    const broken = await openBroken();
    const key = sha256Of(randomBytes(8));
    expect(await faultOf(broken.put([{ sha256: key, sealed: Buffer.from('x') }]))).toBe('unreachable');
    expect(await faultOf(broken.get(key))).toBe('unreachable');
  });
});

describe('the image store on disk', () => {
  it('leaves nothing beside what it keeps, and lets nobody else read it', async () => {
    const root = join(folder, 'tidy');
    const bytes = randomBytes(100);
    const key = sha256Of(bytes);
    await new DiskStore(root).put([{ sha256: key, sealed: bytes }]);
    const file = join(root, key.slice(0, 2), key.slice(2, 4), key);
    expect(
      readdirSync(root, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
    ).toHaveLength(1);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('takes away what a killed process left half written, an hour later', async () => {
    const root = join(folder, 'killed');
    mkdirSync(join(root, 'arriving'), { recursive: true });
    for (const name of ['old', 'new']) writeFileSync(join(root, 'arriving', name), 'half');
    utimesSync(join(root, 'arriving', 'old'), 0, 0);
    await new DiskStore(root).put([{ sha256: sha256Of(Buffer.from('1')), sealed: Buffer.from('1') }]);
    expect(readdirSync(join(root, 'arriving'))).toEqual(['new']);
  });

  it('keeps images although what was left cannot be taken away', async () => {
    const root = join(folder, 'stuck');
    // no right is asked of root, but a folder is no file to anybody
    mkdirSync(join(root, 'arriving', 'old'), { recursive: true });
    utimesSync(join(root, 'arriving', 'old'), 0, 0);
    const key = sha256Of(Buffer.from('1'));
    await new DiskStore(root).put([{ sha256: key, sealed: Buffer.from('1') }]);
    expect(existsSync(join(root, key.slice(0, 2), key.slice(2, 4), key))).toBe(true);
  });

  it('takes away what was left once it can be written again', async () => {
    const root = join(folder, 'mended');
    mkdirSync(root);
    writeFileSync(join(root, 'arriving'), 'a file where the folder should be');
    const store = new DiskStore(root);
    const one = { sha256: sha256Of(Buffer.from('1')), sealed: Buffer.from('1') };
    expect(await faultOf(store.put([one]))).toBe('unreachable');
    rmSync(join(root, 'arriving'));
    mkdirSync(join(root, 'arriving'));
    writeFileSync(join(root, 'arriving', 'old'), 'half');
    utimesSync(join(root, 'arriving', 'old'), 0, 0);
    await store.put([one]);
    expect(readdirSync(join(root, 'arriving'))).toEqual([]);
  });

  it('makes a folder again that was taken away while it ran', async () => {
    const root = join(folder, 'vanishing');
    const store = new DiskStore(root);
    const key = sha256Of(Buffer.from('1'));
    await store.put([{ sha256: key, sealed: Buffer.from('1') }]);
    rmSync(root, { recursive: true });
    expect(await faultOf(store.put([{ sha256: key, sealed: Buffer.from('1') }]))).toBe('unreachable');
    await store.put([{ sha256: key, sealed: Buffer.from('1') }]);
    expect(existsSync(join(root, key.slice(0, 2)))).toBe(true);
  });

  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read_only'],
    ['EACCES', 'refused'],
    ['EIO', 'unreachable'],
    [undefined, 'unreachable'],
  ])('%s is told as %s', (errno, reason) => {
    expect(reasonOfErrno(errno)).toBe(reason);
  });
});

describe('the image store on S3', () => {
  it('says that it is refused: a bucket that is not there, a key pair that is not known', async () => {
    const key = sha256Of(randomBytes(8));
    expect(await faultOf(s3({ bucket: 'nobodys' }).put([{ sha256: key, sealed: Buffer.from('x') }]))).toBe(
      'refused',
    );
    const strangers = { accessKeyId: 'somebody', secretAccessKey: 'else' };
    expect(
      await faultOf(s3({ credentials: strangers }).put([{ sha256: key, sealed: Buffer.from('x') }])),
    ).toBe('refused');
  });

  it.each([
    [{ name: 'NoSuchKey' }, 'absent'],
    [{ name: 'XMinioStorageFull', $metadata: { httpStatusCode: 507 } }, 'full'],
    [{ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }, 'refused'],
    [{ name: 'SlowDown', $metadata: { httpStatusCode: 503 } }, 'unreachable'],
    [undefined, 'unreachable'],
  ])('%j is told as %s', (error, reason) => {
    expect(reasonOfS3(error)).toBe(reason);
  });
});
