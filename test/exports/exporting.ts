import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportDto } from '../../src/exports/exports.dto.js';
import type { ExportState } from '../../src/exports/exports.types.js';
import { ApiKeys } from '../../src/auth/api-keys.service.js';
import type { Scope } from '../../src/auth/auth.types.js';
import { anApplicant, type WireApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

const PATIENCE_MS = 60_000;
const PATH = '/api/v1/exports';

/** Rollcall with applicants to export. */
export interface Exporting {
  rollcall: TestApp;
  imageDir: string;
  /** A key of these scopes, as a header. */
  keyOf(...scopes: Scope[]): Promise<{ authorization: string }>;
  /** Applicants by a success callback. */
  enroll(...applicants: Partial<WireApplicant>[]): Promise<void>;
  create(body?: object, headers?: Record<string, string>): Promise<ExportDto>;
  find(id: string): Promise<ExportDto>;
  until(id: string, state: ExportState): Promise<ExportDto>;
  /** Asks for an export and waits until it is ready. */
  exported(body?: object, headers?: Record<string, string>): Promise<ExportDto>;
  file(id: string, headers?: Record<string, string>): Promise<Response>;
  /** What is due is due now. */
  hurry(): Promise<void>;
  stop(): Promise<void>;
}

export async function startExporting(env: Record<string, string> = {}): Promise<Exporting> {
  const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-exports-'));
  const rollcall = await startApp({ env: { ROLLCALL_IMAGE_DIR: imageDir, ...env } });
  const asking = askingOf(rollcall);
  let keys = 0;
  return {
    rollcall,
    imageDir,
    ...asking,
    keyOf: async (...scopes) => {
      const key = await rollcall.app.get(ApiKeys).create('test', `key-${(keys += 1)}`, scopes);
      return { authorization: `Bearer ${key}` };
    },
    enroll: async (...applicants) => {
      const list = applicants.map((over) => anApplicant(over));
      const response = await rollcall.callback('success', list);
      const answer = await response.text();
      if (response.status !== 200) throw new Error(`the callback was answered ${response.status}: ${answer}`);
    },
    exported: async (body, headers) => asking.until((await asking.create(body, headers)).id, 'ready'),
    stop: async () => {
      await rollcall.stop();
      rmSync(imageDir, { recursive: true, force: true });
    },
  };
}

type Asking = Pick<Exporting, 'create' | 'find' | 'until' | 'file' | 'hurry'>;

function askingOf(rollcall: TestApp): Asking {
  const find = async (id: string) => (await (await rollcall.api(`${PATH}/${id}`)).json()) as ExportDto;
  return {
    find,
    create: async (body = {}, headers = {}) => {
      const asked = JSON.stringify({ what: 'applicants', format: 'csv', ...body });
      const response = await rollcall.api(PATH, { method: 'POST', body: asked, headers });
      if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
      return (await response.json()) as ExportDto;
    },
    until: (id, state) =>
      eventually(async () => {
        const now = await find(id);
        return now.state === state ? now : undefined;
      }, PATIENCE_MS),
    file: (id, headers = {}) => rollcall.api(`${PATH}/${id}/file`, { headers }),
    hurry: async () => {
      await rollcall.sql(
        `update exports set next_attempt_at = now(), lease_until = case when state = 'running' then now() end
         where state in ('waiting', 'running')`,
      );
    },
  };
}

/** So many more applicants like one that is there, each with a text of 8,000 letters: 700 of them are 11 MB of CSV. */
export async function multiply(rollcall: TestApp, applicantId: string, count: number): Promise<void> {
  await rollcall.sql(
    `insert into applicants
     select (jsonb_populate_record(a, jsonb_build_object('applicant_id', 'bulk-' || i, 'issuing_authority', repeat('س', 8000)))).*
     from applicants a, generate_series(1, $2::int) i where a.applicant_id = $1`,
    [applicantId, count],
  );
}
