import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErasureDto } from '../../src/privacy/erasures.dto.js';
import { Erasers } from '../../src/privacy/erasers.service.js';
import { Erasures } from '../../src/privacy/erasures.service.js';
import { StandInStore } from '../exports/stand-in-store.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually, startBuilt } from '../harness/processes.js';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'rollcall-erasures-crash-'));
const store = new StandInStore();
let environment: Record<string, string>;
let rollcall: TestApp;
let ask: Ask;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  environment = await store.start();
  rollcall = await startApp({ env: { ...environment, ROLLCALL_ROLE: 'api' } });
  ask = callerWithAll(rollcall);
});
afterAll(async () => {
  store.release();
  await end('SIGTERM');
  await rollcall.stop();
  await store.stop();
  rmSync(folder, { recursive: true });
});

function startWorker(): void {
  worker = startBuilt('src/main.js', [], {
    ...environment,
    DATABASE_URL: rollcall.databaseUrl,
    PORT: '0',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_ROLE: 'worker',
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_LOG_LEVEL: 'error',
    ROLLCALL_KEYS: KEYS,
  });
  worker.stdout?.resume();
  worker.stderr?.resume();
}

async function end(signal: NodeJS.Signals): Promise<void> {
  const running = worker;
  if (running === undefined) return;
  worker = undefined;
  const gone = new Promise((resolve) => running.once('exit', resolve));
  running.kill(signal);
  await gone;
}

const find = async (id: string) => (await ask<ErasureDto>(`/api/v1/erasures/${id}`)).body;
const until = (id: string, is: (erasure: ErasureDto) => boolean) =>
  eventually(async () => {
    const now = await find(id);
    return is(now) ? now : undefined;
  }, 90_000);

test('kill -9 in the middle: the person stays restricted, and the next worker does the rest', async () => {
  const person = anApplicant();
  await rollcall.callback('success', [person]);
  await rollcall.callback('success', [{ ...person, address: 'elsewhere', isUpdate: true }]);
  store.hold();
  const body = JSON.stringify({ applicantId: person.applicantId, reason: 'request 3' });
  const { id } = (await ask<ErasureDto>('/api/v1/erasures', { method: 'POST', body })).body;
  startWorker();
  await eventually(() => store.holding > 0 || undefined, 90_000);
  await end('SIGKILL');
  expect(await find(id)).toMatchObject({ state: 'restricted', erasedAt: null });
  expectProblem(await ask(`/api/v1/applicants/${person.applicantId}`), 403, 'RESTRICTED');
  store.release();

  // as far as another killed worker came: receipts are cut, and nothing else
  const row = await rollcall.app.get(Erasures, { strict: false }).row(id);
  const steps = rollcall.app
    .get(Erasers, { strict: false })
    .outsideOfVersions(row, null, new AbortController().signal);
  expect((await steps.next()).value).toEqual({ receipts: 2 });
  await steps.return(undefined);

  startWorker();
  expect(await until(id, ({ state }) => state === 'erased')).toMatchObject({
    counts: { versions: 2 },
    errorCode: null,
  });
  expectProblem(await ask(`/api/v1/applicants/${person.applicantId}`), 410, 'APPLICANT_ERASED');
  expect(await rollcall.sql(`select from notices where event = 'applicant.erased'`)).toHaveLength(1);
});

test('while the image store is away it stays restricted, says why, and goes on', async () => {
  const person = anApplicant();
  await rollcall.callback('success', [person]);
  store.trouble = 503;
  const body = JSON.stringify({ applicantId: person.applicantId, reason: 'request 4' });
  const { id } = (await ask<ErasureDto>('/api/v1/erasures', { method: 'POST', body })).body;
  const stuck = await until(id, ({ errorCode }) => errorCode !== null);
  expect(stuck).toMatchObject({
    state: 'restricted',
    errorCode: expect.stringMatching(/^IMAGE_STORE_/),
    erasedAt: null,
  });
  expectProblem(await ask(`/api/v1/applicants/${person.applicantId}`), 403, 'RESTRICTED');
  store.trouble = undefined;
  await rollcall.sql('update erasures set next_attempt_at = now() where id = $1', [id]);
  await until(id, ({ state }) => state === 'erased');
});
