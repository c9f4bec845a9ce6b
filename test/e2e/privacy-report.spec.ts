import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { SignedPrivacyReportDto } from '../../src/audit-trail/privacy-report.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { rollcall as command } from '../backup/backing-up.js';
import { startApp, type TestApp } from '../harness/app.js';
import { callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { CLI } from '../harness/processes.js';

const PERIOD = { from: '2001-01-01', to: '2999-01-01' };
const PATH = `/api/v1/privacy/report?from=${PERIOD.from}&to=${PERIOD.to}`;

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
  await rollcall.callback('success', [anApplicant({ applicantId: 'seen' })]);
  const reveal = { fields: ['idNumber'], reason: 'a court asks, 12/2026' };
  for (const _ of [1, 2])
    await rollcall.api('/api/v1/applicants/seen/reveal', { method: 'POST', body: JSON.stringify(reveal) });
  const [receipt] = await rollcall.sql<{ id: string }>('select id from receipts');
  await rollcall.api(`/api/v1/receipts/${receipt?.id}/body`);
  await rollcall.api('/api/v1/applicants/seen');
  await rollcall.sql(
    `insert into audit (id, actor, action, subject, reason)
     select gen_random_uuid(), 'user:mona', action, 'applicant:seen', 'because' from unnest($1::text[]) action`,
    [
      [
        'hold.place',
        'hold.lift',
        'retention.start',
        'retention.finish',
        'erasure.request',
        'subject.access',
        'user.reset',
      ],
    ],
  );
});
afterAll(() => rollcall.stop());

const report = async (path = PATH) => (await (await rollcall.api(path)).json()) as SignedPrivacyReportDto;
const classOf = ({ report: { classes } }: SignedPrivacyReportDto, name: string) =>
  classes.find((one) => one.class === name);

describe('the privacy report', () => {
  it('counts by actor, and lists with the reason, what was done with personal data', async () => {
    const signed = await report();
    expect(classOf(signed, 'reveals')).toMatchObject({
      count: 2,
      actors: [{ actor: 'ROLLCALL_API_KEY', action: 'applicant.reveal', count: 2 }],
      entries: [{ subject: 'applicant:seen', reason: 'a court asks, 12/2026' }, {}],
      leftOff: 0,
    });
    expect(classOf(signed, 'holds')).toMatchObject({
      count: 2,
      entries: [{ actor: 'user:mona', reason: 'because' }, {}],
    });
    const counts = Object.fromEntries(signed.report.classes.map((one) => [one.class, one.count]));
    // the body of a receipt has an entry of its own and one for its applicant
    expect(counts).toEqual({
      reveals: 2,
      reads: 1,
      rawReads: 2,
      exports: 0,
      subjectAccesses: 1,
      erasures: 1,
      holds: 2,
      retention: 2,
    });
    expect(classOf(signed, 'reads')).toMatchObject({ entries: [], leftOff: 1 });
  });

  it('is signed with the key that is published', async () => {
    const { report: stated, jws } = await report();
    const keys = (await (await rollcall.api('/.well-known/jwks.json')).json()) as JSONWebKeySet;
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet(keys));
    expect(protectedHeader.typ).toBe('rollcall-privacy-report+jws');
    expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(stated);
  });

  it('knows its period, and is for the scope privacy:read, which compliance has', async () => {
    const past = await report('/api/v1/privacy/report?from=2001-01-01&to=2001-02-01');
    expect(past.report.classes.every(({ count }) => count === 0)).toBe(true);
    const all = callerWithAll(rollcall);
    expectProblem(await all('/api/v1/privacy/report?from=2001-02-01&to=2001-01-01'), 400, 'BAD_REQUEST');
    const [stranger, officer] = [
      await callerWith(rollcall, 'audit:read'),
      await callerWith(rollcall, 'privacy:read'),
    ];
    expect((await stranger(PATH)).status).toBe(403);
    expect((await officer(PATH)).status).toBe(200);
  });

  it('is one file on the command line, and its making is recorded', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-privacy-'));
    const file = join(folder, 'report.json');
    const env = { DATABASE_URL: rollcall.databaseUrl };
    const done = await command(
      env,
      'privacy',
      'report',
      '--from',
      PERIOD.from,
      '--to',
      PERIOD.to,
      '--out',
      file,
    );
    expect(done).toMatchObject({ code: 0, printed: { file, reveals: 2 } });
    expect(
      classOf(JSON.parse(readFileSync(file, 'utf8')) as SignedPrivacyReportDto, 'reveals'),
    ).toMatchObject({ count: 2 });
    expect(
      await rollcall.sql("select actor from audit where action = 'privacy.report' order by at desc limit 1"),
    ).toEqual([{ actor: CLI }]);
    rmSync(folder, { recursive: true });
  });
});
