import { strFromU8, unzipSync } from 'fflate';
import { anApplicant } from '../factories/applicant.js';
import { callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { type Mirrored, startMirrored } from '../images/mirrored.js';

jest.setTimeout(120_000);

let mirrored: Mirrored;
/** Paths that eNROLL serves. */
let paths: string[];
beforeAll(async () => {
  mirrored = await startMirrored();
  mirrored.simulator.remember(60);
  paths = mirrored.simulator
    .applicantIds()
    .flatMap((id) => mirrored.simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
afterAll(() => mirrored.stop());

const VERSIONS = 50;

test('gives everything about one person, and nothing of the others in the same bodies', async () => {
  const { rollcall } = mirrored;
  const none = { livePhotoPath: null, idFrontScanPath: null, idBackScanPath: null, photo: null };
  const person = { ...anApplicant({ applicantId: 'subject/1' }), ...none };
  const other = { ...anApplicant(), ...none };
  for (let n = 0; n < VERSIONS; n += 1) {
    const livePhotoPath = paths[Math.min(n, 19)]!;
    await rollcall.callback('success', [
      { ...person, address: `street ${n}`, livePhotoPath, isUpdate: n > 0 },
      other,
    ]);
  }
  const last = { ...person, address: `street ${VERSIONS - 1}`, livePhotoPath: paths[19], isUpdate: true };
  await rollcall.callback('success', [last]);
  await rollcall.callback('success', [{ ...person, isUpdate: 'perhaps' }]);
  await mirrored.until(({ counts }) => counts.wanted === 0 && counts.fetched >= 20);
  await rollcall.api('/api/v1/applicants/subject%2F1');

  const body = JSON.stringify({ nationalId: person.idNumber, reason: 'request 2' });
  const response = await rollcall.api('/api/v1/subject-access', { method: 'POST', body });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const files = unzipSync(bytes);
  const read = <T>(name: string) => JSON.parse(strFromU8(files[name]!)) as T;
  const folder = 'applicants/subject%2F1';
  const versions = read<{ version: number; fields: { idNumber: string; address: string } }[]>(
    `${folder}/versions.json`,
  );
  expect(versions.map(({ fields }) => fields.address)).toEqual(
    Array.from({ length: VERSIONS }, (_, n) => `street ${n}`),
  );
  expect(versions[0]!.fields.idNumber).toBe(person.idNumber);
  const images = Object.keys(files).filter((name) => name.startsWith(`${folder}/images/livePhotoPath-`));
  expect(images).toHaveLength(20);
  expect(files[images[0]!]!.length).toBeGreaterThan(1000);
  const receipts = read<{ element: string }[]>('receipts.json');
  expect(receipts).toHaveLength(VERSIONS + 2);
  expect(read<unknown[]>('quarantine.json')).toHaveLength(1);
  expect(read('repeats.json')).toMatchObject([{ applicantId: 'subject/1', index: 0, result: 'duplicate' }]);
  expect(read<{ action: string; reason: string | null }[]>('audit.json').map(({ action }) => action)).toEqual(
    ['applicant.read', 'subject.access'],
  );
  expect(read('contents.json')).toMatchObject({ applicantIds: ['subject/1'], missing: [] });
  const all = Object.values(files)
    .map((file) => Buffer.from(file).toString('utf8'))
    .join('\n');
  expect(all).not.toContain(other.idNumber);
  expect(all).not.toContain(other.emails![0]);
});

test('is for those with its scope, of somebody who is known', async () => {
  const { rollcall } = mirrored;
  const reader = await callerWith(rollcall, 'applicants:read', 'pii:read');
  const body = JSON.stringify({ applicantId: 'subject/1', reason: 'because' });
  expectProblem(await reader('/api/v1/subject-access', { method: 'POST', body }), 403, 'INSUFFICIENT_SCOPE');
  const ask = callerWithAll(rollcall);
  const nobody = JSON.stringify({ applicantId: 'nobody', reason: 'because' });
  expectProblem(await ask('/api/v1/subject-access', { method: 'POST', body: nobody }), 404, 'NOT_FOUND');
});
