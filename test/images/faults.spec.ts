import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { memoryOf } from '../../bench/processes.js';
import { ImageFetcher } from '../../src/images/image-fetcher.service.js';
import { eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from './mirrored.js';

jest.setTimeout(120_000);

let mirrored: Mirrored;
let paths: string[];

beforeAll(async () => {
  mirrored = await startMirrored();
  const { simulator } = mirrored;
  simulator.remember(60);
  paths = simulator
    .applicantIds()
    .flatMap((id) => simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
beforeEach(() => mirrored.simulator.faults());
afterAll(() => mirrored.stop());

const aPath = () => paths.pop()!;
const answerOf = async (id: string, query = '') => {
  const response = await mirrored.rollcall.api(`/api/v1/applicants/${id}/images/livePhotoPath${query}`);
  const { code, state } = (await response.json()) as { code: string; state: string };
  return { status: response.status, code, state };
};

describe('M10: what is wrong with one image', () => {
  it.each(['../../etc/passwd', 'http://169.254.169.254/latest/meta-data', 'kyc/%2e%2e/x.jpg', '//host/x'])(
    'the path %s is refused without a word to eNROLL',
    async (path) => {
      await mirrored.until(({ counts }) => counts.wanted === 0);
      mirrored.simulator.resetCounts();
      const id = await mirrored.named({ livePhotoPath: path });
      const image = await mirrored.untilState(id, 'failed');
      expect(image).toMatchObject({ errorCode: 'ENROLL_IMAGE_PATH', nextAttemptAt: null });
      expect(mirrored.simulator.state().calls.any?.requests ?? 0).toBe(0);
      expect(await answerOf(id)).toEqual({ status: 409, code: 'IMAGE_FAILED', state: 'failed' });
    },
  );

  it('an image that eNROLL does not have is missing, and asked for again some minutes later', async () => {
    const id = await mirrored.named({ livePhotoPath: 'kyc/nobody.jpg' });
    const image = await mirrored.untilState(id, 'missing');
    expect(image).toMatchObject({ errorCode: 'ENROLL_NOT_FOUND', attempts: 1 });
    expect(Date.parse(image.nextAttemptAt!) - Date.now()).toBeGreaterThan(500_000);
    expect(await answerOf(id)).toEqual({ status: 404, code: 'IMAGE_MISSING', state: 'missing' });
  });

  it.each([
    [{ kind: 'truncatedBase64' as const }, 'ENROLL_IMAGE_DAMAGED'],
    [{ kind: 'html' as const }, 'ENROLL_BAD_ANSWER'],
  ])('%j: it stays wanted and is fetched once eNROLL behaves', async (fault, errorCode) => {
    mirrored.simulator.faults(fault);
    // its token would be HTML too
    if (fault.kind === 'html') mirrored.simulator.faults({ ...fault, call: 'image' });
    const id = await mirrored.named({ livePhotoPath: aPath() });
    const tried = async () => (await mirrored.images(id))[0]?.errorCode === errorCode;
    while (!(await tried())) await delay(20);
    expect(await answerOf(id)).toEqual({ status: 409, code: 'IMAGE_NOT_FETCHED', state: 'wanted' });
    mirrored.simulator.faults();
    await mirrored.retry();
    await mirrored.untilState(id, 'fetched');
  });

  it('one of 100 MB is refused, its neighbours in the batch are fetched, and memory stays', async () => {
    mirrored.simulator.faults({ kind: 'hugeImage', call: 'image' });
    const fetcher = mirrored.rollcall.app.get(ImageFetcher);
    const huge = await mirrored.named({ livePhotoPath: aPath() });
    expect(await mirrored.untilState(huge, 'failed')).toMatchObject({ errorCode: 'ENROLL_IMAGE_TOO_LARGE' });
    expect(memoryOf(fetcher.pid!).peakMb).toBeLessThan(200);
    const neighbours = await mirrored.named({ livePhotoPath: aPath(), idFrontScanPath: aPath() });
    await mirrored.untilState(neighbours, 'fetched');
  });

  it('one that eNROLL does not allow steps back alone: its neighbours are fetched, and nothing is held up', async () => {
    await mirrored.until(({ counts }) => counts.wanted === 0);
    mirrored.simulator.faults(
      { kind: 'forbidden', call: 'images' },
      { kind: 'forbidden', call: 'image', times: 1 },
    );
    const id = await mirrored.named({
      livePhotoPath: aPath(),
      idFrontScanPath: aPath(),
      idBackScanPath: aPath(),
    });
    const { fault } = await mirrored.until(({ counts }) => counts.wanted === 1);
    expect(fault).toBeNull();
    const [back, ...others] = (await mirrored.images(id)).filter(({ state }) => state === 'wanted');
    expect([back, others]).toMatchObject([{ errorCode: 'ENROLL_FORBIDDEN', attempts: 1 }, []]);
    await mirrored.retry();
    await mirrored.until(({ counts }) => counts.wanted === 0);
    expect((await mirrored.images(id)).map(({ state }) => state)).toEqual(['fetched', 'fetched', 'fetched']);
  });

  it('a batch call that never works costs nothing: each image is asked for on its own', async () => {
    mirrored.simulator.faults({ kind: 'html', call: 'images' });
    const id = await mirrored.named({
      livePhotoPath: aPath(),
      idFrontScanPath: aPath(),
      idBackScanPath: aPath(),
    });
    await mirrored.until(({ counts }) => counts.wanted === 0);
    expect((await mirrored.images(id)).map(({ state }) => state)).toEqual(['fetched', 'fetched', 'fetched']);
  });
});

describe('what is wrong with everything', () => {
  it('an outage of eNROLL leaves images wanted and says so; all are fetched when it is back', async () => {
    await mirrored.until(({ counts }) => counts.wanted === 0);
    mirrored.simulator.faults({ kind: 'serverError' });
    const ids = [];
    for (let i = 0; i < 3; i += 1) ids.push(await mirrored.named({ livePhotoPath: aPath(), photo: aPath() }));
    const { fault } = await mirrored.until((status) => status.fault !== null, 60_000);
    expect(fault?.code).toMatch(/^ENROLL_/);
    expect((await mirrored.status()).counts.wanted).toBe(6);
    mirrored.simulator.faults();
    // the breaker lets the next request through after ten seconds
    for (const id of ids) {
      await mirrored.until(
        ({ counts }) => counts.wanted === 0 || void mirrored.retry() !== undefined,
        30_000,
      );
      expect((await mirrored.images(id)).every(({ state }) => state === 'fetched')).toBe(true);
    }
    expect((await mirrored.status()).fault).toBeNull();
  });

  it('a store that cannot be written leaves images wanted and says so; nothing is lost when it is back', async () => {
    const { imageDir } = mirrored;
    rmSync(imageDir, { recursive: true });
    writeFileSync(imageDir, 'a file where the folder should be');
    const id = await mirrored.named({ livePhotoPath: aPath(), photo: aPath() });
    const { fault, counts } = await mirrored.until((status) => status.fault !== null);
    expect(fault?.code).toBe('IMAGE_STORE_UNREACHABLE');
    expect(counts.wanted).toBe(2);
    expect(await answerOf(id)).toMatchObject({ status: 409, code: 'IMAGE_NOT_FETCHED' });
    rmSync(imageDir);
    mkdirSync(imageDir);
    await mirrored.retry();
    await mirrored.until((status) => status.counts.wanted === 0 && status.fault === null);
    expect((await mirrored.images(id)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['fetched', 1],
      ['fetched', 1],
    ]);
  });
});

describe('eNROLL with nothing but broken images', () => {
  let broken: Mirrored;
  beforeAll(async () => {
    broken = await startMirrored({ brokenImageShare: 1 });
  });
  afterAll(() => broken.stop());

  it('each ends in a state that says what it is, and a picture that is cut off has no thumbnail', async () => {
    const ids = await broken.enroll(6);
    const images = await eventually(async () => {
      const lists = await Promise.all(ids.map((id) => broken.images(id)));
      const all = lists.flatMap((list, at) => list.map((image) => ({ id: ids[at], ...image })));
      return all.every(({ attempts }) => attempts > 0) ? all : undefined;
    }, 60_000);
    const ends = new Set(images.map(({ state, errorCode }) => `${state} ${errorCode}`));
    // an empty answer may be a slip: it is tried again before it is given up
    expect([...ends].sort()).toEqual([
      'fetched null',
      'missing ENROLL_NOT_FOUND',
      'not_image null',
      'wanted ENROLL_IMAGE_DAMAGED',
    ]);
    const cutOff = images.find(({ state }) => state === 'fetched');
    const thumb = await broken.rollcall.api(
      `/api/v1/applicants/${cutOff!.id}/images/${cutOff!.field}?size=thumb`,
    );
    expect([thumb.status, await thumb.json()]).toMatchObject([409, { code: 'IMAGE_NO_THUMBNAIL' }]);
  });
});

describe('eNROLL that is not configured', () => {
  let alone: Mirrored;
  beforeAll(async () => {
    alone = await startMirrored({}, { ENROLL_BASE_URL: '', ENROLL_TENANT_ID: '', ENROLL_TENANT_SECRET: '' });
  });
  afterAll(() => alone.stop());

  it('images stay wanted, and every endpoint answers', async () => {
    const id = await alone.named({ livePhotoPath: 'kyc/a.jpg' });
    await alone.untilState(id, 'wanted');
    await alone.retry();
    expect(await alone.status()).toMatchObject({ configured: false, fault: null, counts: { wanted: 1 } });
    const image = await alone.rollcall.api(`/api/v1/applicants/${id}/images/livePhotoPath`);
    expect(image.status).toBe(409);
    expect(image.headers.get('retry-after')).not.toBeNull();
  });
});
