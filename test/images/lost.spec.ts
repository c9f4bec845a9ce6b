import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import type { StoreCheck } from '../../src/images/lost-images.service.js';
import { KEYS } from '../harness/app.js';
import { CLI, eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from './mirrored.js';

jest.setTimeout(180_000);

let mirrored: Mirrored;
let paths: string[];

beforeAll(async () => {
  mirrored = await startMirrored();
  const { simulator } = mirrored;
  simulator.remember(20);
  paths = simulator
    .applicantIds()
    .flatMap((id) => simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
afterEach(() => mirrored.rollcall.api('/api/v1/images/resume', { method: 'POST' }));
afterAll(() => mirrored.stop());

const read = (id: string) => mirrored.rollcall.api(`/api/v1/applicants/${id}/images/livePhotoPath`);
const fileOf = (sha256: string) => join(mirrored.imageDir, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
const isCalm = async () => (await mirrored.status()).counts.wanted === 0 || undefined;

/** One path that two applicants name, so one stored image. */
async function twoOfOne(): Promise<{ ids: string[]; sha256: string; file: string }> {
  const livePhotoPath = paths.pop()!;
  const ids = [await mirrored.named({ livePhotoPath }), await mirrored.named({ livePhotoPath })];
  await Promise.all(ids.map((id) => mirrored.untilState(id, 'fetched')));
  const [image] = await mirrored.images(ids[0]!);
  return { ids, sha256: image!.sha256!, file: fileOf(image!.sha256!) };
}

const flip = (file: string) => {
  const bytes = readFileSync(file);
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(file, bytes);
};

describe('a stored image that is lost', () => {
  it.each([
    ['its file is gone', 'IMAGE_STORE_LOST_IT', (file: string) => rmSync(file)],
    ['its bytes were changed', 'UNSEAL_FAILED', flip],
    ['its file was cut', 'UNSEAL_FAILED', (file: string) => writeFileSync(file, 'x')],
  ])('M10: %s: readers come back later and get the same bytes, stored once', async (_what, code, lose) => {
    const { ids, sha256, file } = await twoOfOne();
    const before = await mirrored.status();
    // what is claimed meanwhile would hide what the reading leaves behind
    await mirrored.rollcall.api('/api/v1/images/pause', { method: 'POST' });
    lose(file);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => read(ids[at % 2]!)));
    for (const answer of answers) {
      const { code: shown } = (await answer.json()) as { code: string };
      // who comes after the first sees that it is wanted again
      expect(['503 IMAGE_STORE_UNAVAILABLE', '409 IMAGE_NOT_FETCHED']).toContain(`${answer.status} ${shown}`);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(answers.some(({ status }) => status === 503)).toBe(true);
    const lost = await mirrored.status();
    expect(lost.counts).toEqual({
      ...before.counts,
      wanted: before.counts.wanted + 2,
      fetched: before.counts.fetched - 2,
    });
    expect(lost.storedImages).toBe(before.storedImages - 1);
    expect((await mirrored.images(ids[1]!))[0]).toMatchObject({
      state: 'wanted',
      attempts: 0,
      sha256: null,
      errorCode: code,
    });

    await mirrored.rollcall.api('/api/v1/images/resume', { method: 'POST' });
    await eventually(isCalm, 30_000);
    for (const id of ids) {
      const answer = await read(id);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, createHash('sha256').update(bytes).digest('hex')]).toEqual([200, sha256]);
    }
    expect(await mirrored.status()).toMatchObject({
      counts: before.counts,
      storedImages: before.storedImages,
      storedBytes: before.storedBytes,
    });
  });

  it('is fetched by itself, without anybody who resumes', async () => {
    const { ids, file } = await twoOfOne();
    rmSync(file);
    expect((await read(ids[0]!)).status).toBe(503);
    await eventually(async () => (await read(ids[1]!)).status === 200 || undefined, 30_000);
  });

  it('is not fetched again where only the key is missing: its bytes are as they were', async () => {
    const { ids, sha256, file } = await twoOfOne();
    const bytes = readFileSync(file);
    // layout version, length of the key id, key id
    bytes[2] = 'z'.charCodeAt(0);
    writeFileSync(file, bytes);
    expect((await read(ids[0]!)).status).toBe(500);
    expect((await mirrored.images(ids[0]!))[0]).toMatchObject({ state: 'fetched', sha256 });
  });
});

describe('a store that is away', () => {
  it('has lost nothing: readers come back later, and see it again once it is mounted', async () => {
    const first = await twoOfOne();
    await twoOfOne();
    const before = await mirrored.status();
    renameSync(mirrored.imageDir, `${mirrored.imageDir}-unmounted`);
    try {
      const answer = await read(first.ids[0]!);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
    } finally {
      renameSync(`${mirrored.imageDir}-unmounted`, mirrored.imageDir);
    }
    expect(await mirrored.status()).toEqual(before);
    expect((await read(first.ids[0]!)).status).toBe(200);
  });
});

describe('rollcall images verify', () => {
  class TestContext extends CliContext {
    readonly printed: unknown[] = [];
    override get config(): Config {
      return loadConfig({
        NODE_ENV: 'test',
        DATABASE_URL: mirrored.rollcall.databaseUrl,
        ROLLCALL_KEYS: KEYS,
        ROLLCALL_IMAGE_DIR: mirrored.imageDir,
      });
    }
    override print(value: unknown): void {
      this.printed.push(value);
    }
    override note(): void {
      // nobody reads it
    }
  }
  const verify = async (...args: string[]) => {
    const context = new TestContext();
    const code = await runCommand(['--json', 'images', 'verify', ...args], context);
    return { code, check: context.printed[0] as StoreCheck };
  };

  it('finds what the store does not have any more, and has it fetched again when told to', async () => {
    const [whole, gone] = [await twoOfOne(), await twoOfOne()];
    const { storedImages } = await mirrored.status();
    expect(await verify()).toEqual({ code: 0, check: { stored: storedImages, lost: 0, wanted: 0 } });
    rmSync(gone.file);
    expect(await verify()).toEqual({ code: 1, check: { stored: storedImages, lost: 1, wanted: 0 } });
    expect((await mirrored.images(gone.ids[0]!))[0]).toMatchObject({ state: 'fetched' });

    expect(await verify('--repair')).toEqual({
      code: 0,
      check: { stored: storedImages, lost: 1, wanted: 2 },
    });
    // a command may end before its hint is sent: then the schedule of every minute finds them
    for (const id of [...gone.ids, ...whole.ids]) {
      await eventually(async () => (await read(id)).status === 200 || undefined, 100_000);
    }
    expect(await verify()).toEqual({ code: 0, check: { stored: storedImages, lost: 0, wanted: 0 } });
    expect(
      await mirrored.rollcall.sql("select actor, detail from audit where action = 'images.repair'"),
    ).toEqual([{ actor: CLI, detail: { stored: storedImages, lost: 1, wanted: 2 } }]);
  });
});
