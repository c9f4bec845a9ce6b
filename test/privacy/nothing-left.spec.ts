import { gunzipSync, gzipSync } from 'node:zlib';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BlindIndex } from '../../src/crypto/blind-index.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { ErasureDto } from '../../src/privacy/erasures.dto.js';
import { aFolder, rollcall as command } from '../backup/backing-up.js';
import { anApplicant } from '../factories/applicant.js';
import { callerWithAll } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';
import { type Mirrored, startMirrored } from '../images/mirrored.js';

jest.setTimeout(180_000);

/** A value that is nobody else's, and looks like nothing. */
let made = 0;
const value = (kind: string) => `${kind}${(made += 1)}zq7xk`;

const VERSIONS = 12;
/** What is said of the person, in every field and in each version anew. */
const person = (isUpdate: boolean) => {
  const one = anApplicant({ isUpdate });
  return {
    ...one,
    applicantId: 'erased-person',
    firstName: value('first'),
    familyName: value('family'),
    address: value('address'),
    state: value('state'),
    documentNumber: value('DOC'),
    emails: [`${value('mail')}@example.com`],
    phoneNumbers: [`+2010${String(55_000_000 + made)}`],
    favourite: value('extra'),
    livePhotoPath: null,
    idFrontScanPath: null,
    idBackScanPath: null,
    photo: null,
    passportScanPath: null,
  };
};
const neighbour = () =>
  anApplicant({ livePhotoPath: null, idFrontScanPath: null, idBackScanPath: null, photo: null });
type Person = ReturnType<typeof person>;
const valuesOf = (one: Person) => [
  one.firstName,
  one.familyName,
  one.address,
  one.state,
  one.documentNumber,
  one.idNumber!,
  one.favourite,
  ...one.emails,
  ...one.phoneNumbers.map((phone) => phone.slice(-9)),
];

let mirrored: Mirrored;
/** Paths that eNROLL serves. */
let paths: string[];
beforeAll(async () => {
  mirrored = await startMirrored({}, {}, true);
  mirrored.simulator.remember(60);
  paths = mirrored.simulator
    .applicantIds()
    .flatMap((id) => mirrored.simulator.applicant(id)?.enrollment.livePhotoPath ?? [])
    .filter((path) => path.endsWith('.jpg'));
});
afterAll(() => mirrored.stop());

const ask = <Body>(path: string, body?: object) =>
  callerWithAll(mirrored.rollcall)<Body>(path, body && { method: 'POST', body: JSON.stringify(body) });

test('of a hundred known values of an erased person none is found: in no table, index, job, file, log or backup', async () => {
  const { rollcall } = mirrored;
  const path = paths[0]!;
  const all: Person[] = [person(false)];
  await rollcall.callback('success', [neighbour(), { ...all[0], livePhotoPath: path }, neighbour()]);
  for (let n = 1; n < VERSIONS; n += 1) {
    all.push(person(true));
    await rollcall.callback('success', [{ ...all[n], livePhotoPath: path }]);
  }
  const newest = all.at(-1)!;
  await rollcall.callback('success', [{ ...newest, livePhotoPath: path }]); // changes nothing
  await rollcall.callback('success', [{ ...all[2], isUpdate: false }]); // stale
  await rollcall.callback('success', [{ ...newest, isUpdate: 'perhaps' }]); // to quarantine
  await rollcall.callback('success', [{ ...newest, applicantId: null }]); // to quarantine, of nobody
  await rollcall.callback('success', JSON.stringify([newest]).slice(0, -3)); // no JSON
  await rollcall.callback('success', Uint8Array.from(gzipSync(JSON.stringify([newest])).subarray(0, -12)), {
    'content-encoding': 'gzip',
  });
  await mirrored.until(({ counts }) => counts.wanted === 0 && counts.fetched > 0);
  const sha = await rollcall.sql<{ sha: string }>(
    `select encode(sha256, 'hex') as sha from images where applicant_id = 'erased-person' and sha256 is not null`,
  );
  expect(sha.length).toBeGreaterThan(0);
  const exported = await ask<{ id: string }>('/api/v1/exports', {
    what: 'applicants',
    format: 'csv',
    columns: ['applicantId', 'firstName', 'idNumber'],
  });
  await eventually(
    async () =>
      (await ask<{ state: string }>(`/api/v1/exports/${exported.body.id}`)).body.state === 'ready' ||
      undefined,
    60_000,
  );
  await ask('/api/v1/applicants/erased-person/reveal', { fields: ['idNumber'], reason: 'a case' });
  await rollcall.sql(
    `insert into session_tokens (id, kind, correlation_id, applicant_id, minted_by, minted_at)
     values (gen_random_uuid(), 'onboarding', $1, 'erased-person', 'test', now())`,
    [value('correlation')],
  );
  const known = [...all.flatMap(valuesOf), path, `correlation${made}zq7xk`];
  expect(new Set(known).size).toBeGreaterThan(100);
  const before = await everything();
  expect(known.filter((one) => !before.includes(one))).toEqual([]);
  expect(await backedUp()).toContain(newest.firstName);
  const parts = filesOf(mirrored.imageDir);
  const repeats = () =>
    rollcall.sql(`select result from repeats where applicant_id = 'erased-person' order by 1`);
  expect(await repeats()).toEqual([{ result: 'duplicate' }, { result: 'stale' }]);

  const { body, status } = await ask<ErasureDto>('/api/v1/erasures', {
    applicantId: 'erased-person',
    reason: 'request 9',
  });
  expect(status).toBe(202);
  const done = await eventually(async () => {
    const now = (await ask<ErasureDto>(`/api/v1/erasures/${body.id}`)).body;
    return now.state === 'erased' ? now : undefined;
  }, 60_000);
  expect(done.counts).toMatchObject({
    versions: VERSIONS,
    quarantined: 2,
    images: expect.any(Number),
    exports: 1,
  });

  expect(await repeats()).toEqual([]);
  const after = await everything();
  expect(known.filter((one) => after.includes(one))).toEqual([]);
  const index = rollcall.app.get(BlindIndex);
  const hashes = all.map((one) => index.of('idNumber', one.idNumber!).toString());
  expect(hashes.filter((hash) => after.includes(hash))).toEqual([]);
  // files: the image and the part of the export are gone
  const left = filesOf(mirrored.imageDir);
  expect(sha.filter((one) => left.some((file) => file.endsWith(one.sha)))).toEqual([]);
  expect(left.length).toBeLessThan(parts.length);
  const all_ = left.map((file) => readFileSync(file).toString('latin1')).join('\n');
  expect(known.filter((one) => all_.includes(one))).toEqual([]);
  expect(
    (await ask<{ state: string; errorCode: string }>(`/api/v1/exports/${exported.body.id}`)).body,
  ).toMatchObject({
    state: 'failed',
    errorCode: 'APPLICANT_ERASED',
  });
  const dump = await backedUp();
  expect(known.filter((one) => dump.includes(one))).toEqual([]);
  const log = rollcall.log.join('\n');
  expect(log).toContain('/api/v1/erasures');
  expect(known.filter((one) => log.includes(one))).toEqual([]);
  // and the database does not look changed
  const { RowVerification } = await import('../../src/applicants/row-verification.service.js');
  expect((await rollcall.app.get(RowVerification, { strict: false }).run(() => undefined)).rows).toEqual([]);
});

/** All rows of all tables as text, with what is sealed in them opened. */
async function everything(): Promise<string> {
  const { rollcall } = mirrored;
  const tables = await rollcall.sql<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'pgboss') and c.relkind = 'r'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await rollcall.sql<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  const sealer = rollcall.app.get(Sealer);
  for (const statement of [
    `select sealed, applicant_id || '|' || version as place from applicants`,
    `select sealed, applicant_id || '|' || version as place from changes`,
    `select body as sealed, 'receipt|' || id as place from receipts`,
    `select element as sealed, 'quarantine|' || id as place from quarantine`,
  ]) {
    for (const { sealed, place } of await rollcall.sql<{ sealed: Buffer; place: string }>(statement)) {
      const bytes = sealer.reveal(sealed, place);
      const { showsTrace } = await import('../../src/inbox/cut-out.js');
      texts.push(bytes.toString('utf8'));
      if (bytes[0] === 0x1f && showsTrace(bytes, { traces: ['zq7xk'] }))
        texts.push('a compressed body is left: first1zq7xk');
    }
  }
  return texts.join('\n');
}

/** All files of a backup that is made now. */
async function backedUp(): Promise<string> {
  const out = aFolder();
  const env = { DATABASE_URL: mirrored.rollcall.databaseUrl, ROLLCALL_IMAGE_DIR: mirrored.imageDir };
  expect(await command(env, 'backup', '--out', out)).toMatchObject({ code: 0 });
  const files = filesOf(out).map((file) =>
    file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file),
  );
  rmSync(out, { recursive: true });
  return Buffer.concat(files).toString('utf8');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
