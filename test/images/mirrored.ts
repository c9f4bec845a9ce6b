import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organizationAt } from '../../simulator/organization.js';
import type { Simulator } from '../../simulator/simulator.js';
import { type SimulatorOptions, startSimulator } from '../../simulator/start.js';
import type { ImageDto, ImageListDto, MirrorStatusDto } from '../../src/images/images.dto.js';
import type { ImageField } from '../../src/enroll-contract/types.js';
import type { ImageState } from '../../src/images/images.types.js';
import { anApplicant } from '../factories/applicant.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

const PATIENCE_MS = 60_000;

const NO_IMAGES = {
  livePhotoPath: null,
  idFrontScanPath: null,
  idBackScanPath: null,
  photo: null,
  passportScanPath: null,
};

/** Rollcall beside a stand-in for eNROLL, with a folder for its images. */
export interface Mirrored {
  simulator: Simulator;
  rollcall: TestApp;
  imageDir: string;
  status(): Promise<MirrorStatusDto>;
  images(applicantId: string): Promise<ImageListDto['items']>;
  /** An applicant whose callback names these paths alone, once they are noted. @returns the applicant's id */
  named(paths: Partial<Record<ImageField, string>>, applicantId?: string): Promise<string>;
  /** Waits for the state of an applicant's first image. */
  untilState(applicantId: string, state: ImageState): Promise<ImageDto>;
  retry(): Promise<void>;
  /** Enrolls people by callbacks, and waits until their images are noted; their ids. */
  enroll(count: number): Promise<string[]>;
  /** Waits until `is` holds of the status. */
  until(is: (status: MirrorStatusDto) => boolean, milliseconds?: number): Promise<MirrorStatusDto>;
  stop(): Promise<void>;
}

export async function startMirrored(
  options: SimulatorOptions = {},
  env: Record<string, string> = {},
  captureLog = false,
): Promise<Mirrored> {
  const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-images-'));
  const simulator = await startSimulator({ imageBytes: 60_000, ...options });
  const rollcall = await startApp({
    captureLog,
    env: {
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
      // the stand-in draws its pictures when they are first asked for, and the machine may be busy
      ENROLL_TIMEOUT_SECONDS: '60',
      ROLLCALL_IMAGE_DIR: imageDir,
      ...env,
    },
  });
  simulator.register(organizationAt(rollcall.url, { clientId: CLIENT.id, clientSecret: CLIENT.secret }));
  const asking = askingOf(rollcall);
  const noted = async (applicantId: string) => (await asking.images(applicantId)).length;
  let named = 0;
  return {
    simulator,
    rollcall,
    imageDir,
    ...asking,
    named: async (paths, known) => {
      const applicantId = known ?? `named-${(named += 1)}`;
      const isUpdate = known !== undefined;
      const before = isUpdate ? await noted(applicantId) : 0;
      const applicant = { ...anApplicant(), ...NO_IMAGES, ...paths, applicantId, isUpdate };
      const response = await rollcall.callback('success', [applicant]);
      if (response.status !== 200) throw new Error(`the callback was answered ${response.status}`);
      const notedNow = before + Object.keys(paths).length;
      await eventually(async () => (await noted(applicantId)) === notedNow || undefined, PATIENCE_MS);
      return applicantId;
    },
    enroll: async (count) => {
      const first = simulator.state().held;
      await simulator.enroll(count);
      const ids = simulator.applicantIds(first, count);
      for (const id of ids) await eventually(async () => (await noted(id)) > 0 || undefined, PATIENCE_MS);
      return ids;
    },
    stop: async () => {
      await rollcall.stop();
      await simulator.close();
      rmSync(imageDir, { recursive: true, force: true });
    },
  };
}

/** What the API says of the mirror and of one applicant's images. */
function askingOf(rollcall: TestApp): Pick<Mirrored, 'status' | 'images' | 'until' | 'untilState' | 'retry'> {
  const json = async <T>(path: string) => (await (await rollcall.api(path)).json()) as T;
  const status = () => json<MirrorStatusDto>('/api/v1/images/status');
  const images = async (applicantId: string) =>
    (await json<ImageListDto>(`/api/v1/applicants/${encodeURIComponent(applicantId)}/images`)).items;
  return {
    status,
    images,
    until: (is, milliseconds = PATIENCE_MS) =>
      eventually(async () => {
        const now = await status();
        return is(now) ? now : undefined;
      }, milliseconds),
    untilState: (applicantId, state) =>
      eventually(async () => {
        const [image] = await images(applicantId);
        return image?.state === state ? image : undefined;
      }, PATIENCE_MS),
    retry: async () => {
      await rollcall.api('/api/v1/images/retry', { method: 'POST', body: '{}' });
    },
  };
}

/** Nothing is left to do, and something was done. */
export const isSettled = ({ counts }: MirrorStatusDto): boolean =>
  counts.wanted === 0 && Object.values(counts).some((count) => count > 0);
