import { EntityManager } from 'typeorm';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import type { ImageField } from '../../src/enroll-contract/types.js';
import { noticeReady, type Settlement, settle } from '../../src/images/mirror.repository.js';
import { anApplicant } from '../factories/applicant.js';
import { lockAwaited } from '../feed/fed.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { isSettled, type Mirrored, startMirrored } from './mirrored.js';

const PEOPLE = 60;

jest.setTimeout(120_000);

let mirrored: Mirrored;
let other: TestApp;
/** Paths that eNROLL serves and nobody has named yet. */
let paths: string[];
beforeAll(async () => {
  const env = { ROLLCALL_IMAGE_CONCURRENCY: '4', ENROLL_CONCURRENCY: '8' };
  mirrored = await startMirrored({ imageBytes: 10_000 }, env);
  const { simulator, rollcall, imageDir } = mirrored;
  other = await startApp({
    // a second process on the same database
    route: () => rollcall.databaseUrl,
    env: {
      ...env,
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
      ENROLL_TIMEOUT_SECONDS: '60',
      ROLLCALL_IMAGE_DIR: imageDir,
    },
  });
  simulator.remember(30);
  paths = simulator
    .applicantIds()
    .flatMap((id) => simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
afterAll(async () => {
  await other.stop();
  await mirrored.stop();
});

const aPath = () => paths.pop()!;

/** The versions of which the feed says that their images are ready, in its order. */
async function ready(applicantId: string): Promise<number[]> {
  const notices = await mirrored.rollcall.sql<{ version: number }>(
    `select version from notices where event = 'applicant.images_ready' and applicant_id = $1 order by tx, seq`,
    [applicantId],
  );
  return notices.map(({ version }) => version);
}

const CLAIM = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';

function aSettlement(applicantId: string, field: ImageField): Settlement {
  const claimed = {
    applicantId,
    field,
    version: 1,
    path: '-',
    state: 'wanted',
    attempts: 0,
    lateSeconds: 0,
  } as const;
  return {
    claimed,
    state: 'failed',
    delaySeconds: null,
    counts: true,
    errorCode: 'ENROLL_IMAGE_PATH',
    blob: null,
  };
}

describe('applicant.images_ready', () => {
  it('is told once of each applicant, whichever of two processes settles which of the images', async () => {
    const { rollcall } = mirrored;
    await rollcall.api('/api/v1/images/pause', { method: 'POST' });
    // few pictures, since the stand-in draws each of them; who names them settles his own
    const [livePhotoPath, idFrontScanPath, idBackScanPath] = [aPath(), aPath(), aPath()];
    const ids = Array.from({ length: PEOPLE }, (_, n) => `ready-${n}`);
    const all = ids.map((applicantId) =>
      anApplicant({ applicantId, livePhotoPath, idFrontScanPath, idBackScanPath, photo: null }),
    );
    await rollcall.callback('success', all);
    await mirrored.until(({ counts }) => counts.wanted === 3 * PEOPLE);
    await rollcall.api('/api/v1/images/resume', { method: 'POST' });
    await other.api('/api/v1/images/resume', { method: 'POST' });
    await mirrored.until(isSettled);
    const told = await rollcall.sql<{ applicant_id: string; version: number }>(
      "select applicant_id, version from notices where event = 'applicant.images_ready' order by applicant_id",
    );
    expect(told).toEqual([...ids].sort().map((applicant_id) => ({ applicant_id, version: 1 })));
  });

  it('is told by the second of two processes that settle the last two images at the same moment', async () => {
    const { rollcall } = mirrored;
    await rollcall.api('/api/v1/images/pause', { method: 'POST' });
    const id = await mirrored.named({ livePhotoPath: aPath(), photo: aPath() });
    await rollcall.sql(
      "update images set claimed_by = $2, next_attempt_at = now() + interval '1 hour' where applicant_id = $1",
      [id, CLAIM],
    );
    const settleOne = async (tx: EntityManager, field: ImageField) => {
      await settle(tx, CLAIM, [aSettlement(id, field)]);
      await noticeReady(tx, [id]);
    };
    const connection = (of: TestApp) => of.app.get(EntityManager, { strict: false });
    let second: Promise<void> | undefined;
    await connection(rollcall).transaction(async (tx) => {
      await settleOne(tx, 'livePhotoPath');
      second = connection(other).transaction((theirs) => settleOne(theirs, 'photo'));
      // as long as the second needs to come as far as it can while the first has not committed
      await Promise.race([second, lockAwaited(rollcall)]);
    });
    await second;
    expect(await ready(id)).toEqual([1]);
    await rollcall.api('/api/v1/images/resume', { method: 'POST' });
  });

  it('comes behind the version that named the images, with the outcome of the applicant', async () => {
    const id = await mirrored.named({ livePhotoPath: aPath(), photo: aPath() });
    await mirrored.until(isSettled);
    await eventually(async () => (await ready(id)).length > 0);
    const page = await eventually(async () => {
      const answer = await mirrored.rollcall.api('/api/v1/changes?event=applicant.images_ready&limit=200');
      const { items } = (await answer.json()) as ChangesPageDto;
      return items.find(({ applicantId }) => applicantId === id);
    });
    expect(page).toMatchObject({
      version: 1,
      outcome: 'accepted',
      status: 1,
      changedFields: [],
      flags: [],
      receiptId: null,
    });
  });

  it('is told again of a later version that names new images, and not of one that names none', async () => {
    const { rollcall } = mirrored;
    const id = await mirrored.named({ livePhotoPath: aPath() });
    await eventually(async () => (await ready(id)).length === 1);
    await rollcall.callback('success', [{ applicantId: id, isUpdate: true, address: 'ش الهرم' }]);
    await mirrored.named({ photo: aPath() }, id);
    await eventually(async () => (await ready(id)).length === 2);
    expect(await ready(id)).toEqual([1, 3]);
  });

  it('waits for no image that eNROLL does not have, and is not told again when an operator has it fetched later', async () => {
    const { rollcall } = mirrored;
    const id = await mirrored.named({ livePhotoPath: 'nobody/has/this.jpg', photo: aPath() });
    await eventually(async () => (await ready(id)).length === 1);
    await mirrored.retry();
    await mirrored.until(isSettled);
    await rollcall.sql("update images set path = $2 where applicant_id = $1 and state = 'missing'", [
      id,
      aPath(),
    ]);
    await mirrored.retry();
    await eventually(async () => (await mirrored.images(id)).every(({ state }) => state === 'fetched'));
    expect(await ready(id)).toEqual([1]);
  });
});
