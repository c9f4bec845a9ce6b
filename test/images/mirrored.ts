import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organizationAt } from '../../simulator/organization.js';
import type { Simulator } from '../../simulator/simulator.js';
import { type SimulatorOptions, startSimulator } from '../../simulator/start.js';
import type { ImageListDto, MirrorStatusDto } from '../../src/images/images.dto.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

/** Rollcall beside a stand-in for eNROLL, with a folder for its images. */
export interface Mirrored {
  simulator: Simulator;
  rollcall: TestApp;
  imageDir: string;
  status(): Promise<MirrorStatusDto>;
  images(applicantId: string): Promise<ImageListDto['items']>;
  /** Enrolls people with a callback each; their ids. */
  enroll(count: number): Promise<string[]>;
  /** Waits until `is` holds of the status. */
  until(is: (status: MirrorStatusDto) => boolean, milliseconds?: number): Promise<MirrorStatusDto>;
  stop(): Promise<void>;
}

export async function startMirrored(
  options: SimulatorOptions = {},
  env: Record<string, string> = {},
): Promise<Mirrored> {
  const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-images-'));
  const simulator = await startSimulator({ imageBytes: 20_000, ...options });
  const rollcall = await startApp({
    env: {
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
      ROLLCALL_IMAGE_DIR: imageDir,
      ...env,
    },
  });
  simulator.register(organizationAt(rollcall.url, { clientId: CLIENT.id, clientSecret: CLIENT.secret }));
  const json = async <T>(path: string) => (await (await rollcall.api(path)).json()) as T;
  const status = () => json<MirrorStatusDto>('/api/v1/images/status');
  return {
    simulator,
    rollcall,
    imageDir,
    status,
    images: async (applicantId) =>
      (await json<ImageListDto>(`/api/v1/applicants/${encodeURIComponent(applicantId)}/images`)).items,
    enroll: async (count) => {
      const first = simulator.state().held;
      await simulator.enroll(count);
      return simulator.applicantIds(first, count);
    },
    until: (is, milliseconds = 15_000) =>
      eventually(async () => {
        const now = await status();
        return is(now) ? now : undefined;
      }, milliseconds),
    stop: async () => {
      await rollcall.stop();
      await simulator.close();
      rmSync(imageDir, { recursive: true, force: true });
    },
  };
}

/** Nothing is left to do, and something was done. */
export const isSettled = ({ counts }: MirrorStatusDto): boolean =>
  counts.wanted === 0 && Object.values(counts).some((count) => count > 0);
