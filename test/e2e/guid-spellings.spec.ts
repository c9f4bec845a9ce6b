import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ApplicantDto, ApplicantPageDto } from '../../src/applicants/applicants.dto.js';
import { openVersion, sealContent } from '../../src/applicants/content.js';
import type { VersionPageDto } from '../../src/applicants/versions.dto.js';
import { Sealer } from '../../src/crypto/sealer.js';
import type { ChangesPageDto } from '../../src/feed/feed.dto.js';
import type { QuarantinePageDto } from '../../src/inbox/quarantine.dto.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { type Ask, callerWithAll, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
let owner: Ask;
beforeAll(async () => {
  rollcall = await startApp();
  owner = callerWithAll(rollcall);
});
afterAll(() => rollcall.stop());

const API = '/api/v1/applicants';
async function send(...elements: object[]): Promise<Report['items']> {
  const response = await rollcall.callback('success', elements);
  expect(response.status).toBe(200);
  return ((await response.json()) as Report).items;
}
const element = (applicantId: string, over = {}) => ({ ...anApplicant(), applicantId, ...over });
const update = (applicantId: string, address: string) => ({
  applicantId,
  isUpdate: true,
  address,
  status: 1,
});
const kept = async (id: string) =>
  (
    await rollcall.sql<{ id: string; version: number }>(
      'select applicant_id as id, version from applicants where lower(applicant_id) = lower($1) order by 1',
      [id],
    )
  ).map(({ id: spelled, version }) => [spelled, version]);

const spellings = (): [low: string, up: string, mixed: string] => {
  const low = `abcdef01${randomUUID().slice(8)}`;
  return [low, low.toUpperCase(), `ABCDEF01${low.slice(8)}`];
};

/** What gives an applicant the id, without the application: the statement, and its values. */
async function renaming(to: string): Promise<[text: string, values: unknown[]]> {
  const from = `${to}x`;
  await send(element(from));
  const sealer = rollcall.app.get(Sealer, { strict: false });
  const [row] = await rollcall.sql<{ sealed: Buffer }>(
    'select sealed from applicants where applicant_id = $1',
    [from],
  );
  const { canonical, bound } = openVersion(sealer, from, 1, row!.sealed);
  return [
    'update applicants set applicant_id = $1, sealed = $2 where applicant_id = $3',
    [to, sealContent(sealer, to, 1, canonical, bound!), from],
  ];
}

describe('A34: a GUID is one applicant, however it is spelled', () => {
  it.each([
    ['small letters', (s: string[]) => [s[0]!, s[1]!, s[2]!]],
    ['capitals', (s: string[]) => [s[1]!, s[0]!, s[2]!]],
    ['both', (s: string[]) => [s[2]!, s[1]!, s[0]!]],
  ])('first received in %s: kept and shown so, updated and found by every spelling', async (_what, order) => {
    const [first, second, third] = order(spellings()) as [string, string, string];
    expect(await send(element(first))).toMatchObject([{ applicantId: first, result: 'created' }]);
    expect(await send(update(second, 'شارع ١'))).toMatchObject([{ applicantId: first, result: 'updated' }]);
    expect(await send(update(third, 'شارع ٢'))).toMatchObject([{ applicantId: first, result: 'updated' }]);
    expect(await send(update(second, 'شارع ٢'))).toMatchObject([{ result: 'duplicate' }]);
    expect(await kept(first)).toEqual([[first, 3]]);
    for (const id of [first, second, third]) {
      const { body } = await owner<ApplicantDto>(`${API}/${id}`);
      expect(body).toMatchObject({ applicantId: first, version: 3, address: 'شارع ٢' });
      const versions = await owner<VersionPageDto>(`${API}/${id}/versions`);
      expect(versions.body.items.map(({ version }) => version)).toEqual([1, 2, 3]);
      expect((await owner(`${API}/${id}/images`)).status).toBe(200);
    }
    // transactions of other tests may hold the feed up for a moment
    const told = await eventually(async () => {
      const { body } = await owner<ChangesPageDto>('/api/v1/changes?limit=200');
      const ids = body.items.map(({ applicantId }) => applicantId);
      const its = ids.filter((id) => id.toLowerCase() === first.toLowerCase());
      return its.length >= 3 ? its : undefined;
    });
    expect(new Set(told)).toEqual(new Set([first]));
  });

  it('in one callback: decided one after the other', async () => {
    const [low, up] = spellings();
    const items = await send(element(up), update(low, 'شارع ٣'));
    expect(items).toMatchObject([
      { applicantId: up, result: 'created' },
      { applicantId: up, result: 'updated' },
    ]);
    expect(await kept(low)).toEqual([[up, 2]]);
  });

  it('in parallel first deliveries: one applicant, of whom the others are updates', async () => {
    for (let round = 0; round < 8; round++) {
      const all = spellings();
      await Promise.all(
        [...all, ...all].map((id, i) =>
          rollcall.callback('success', [element(id, { address: `شارع ${i}` })]),
        ),
      );
      expect(await kept(all[0])).toHaveLength(1);
    }
  });

  it('and nothing else is: other ids, and GUIDs within longer ones, keep their case', async () => {
    const [low, up] = spellings();
    for (const [a, b] of [
      ['a-1001-x', 'A-1001-X'],
      [`x${low}`, `X${up}`],
      [`{${low}}`, `{${up}}`],
      [low.replaceAll('-', ''), up.replaceAll('-', '')],
      [`g${low.slice(1)}`, `G${up.slice(1)}`],
    ]) {
      const items = await send(element(a!), element(b!));
      expect(items.map(({ result }) => result)).toEqual(['created', 'created']);
      expectProblem(await owner(`${API}/${a!.slice(0, -1)}`), 404, 'NOT_FOUND');
    }
  });

  it('one that another replica is making in capitals is waited for, and is the same applicant', async () => {
    const [low, up] = spellings();
    const replica = new pg.Client({ connectionString: rollcall.databaseUrl });
    await replica.connect();
    try {
      const rename = await renaming(up);
      await replica.query('begin; lock table guid_gate in exclusive mode');
      await replica.query(...rename);
      const answer = send(update(low, 'شارع ١٠'));
      await sleep(300);
      await replica.query('commit');
      expect(await answer).toMatchObject([{ applicantId: up, result: 'updated' }]);
      expect(await kept(low)).toEqual([[up, 2]]);
    } finally {
      await replica.end();
    }
  });

  it('a dump, which reads every table, holds up neither a GUID in capitals nor anybody behind it', async () => {
    const dump = new pg.Client({ connectionString: rollcall.databaseUrl });
    await dump.connect();
    try {
      await dump.query('begin; lock table guid_gate, applicants, changes in access share mode');
      const began = performance.now();
      const [[, up], [other]] = [spellings(), spellings()];
      const answers = await Promise.all([
        send(element(up)),
        send(element(other)),
        send(element('beside-a-dump')),
      ]);
      expect(answers.flat().map(({ result }) => result)).toEqual(['created', 'created', 'created']);
      expect(performance.now() - began).toBeLessThan(2500);
    } finally {
      await dump.end();
    }
  });

  it('in quarantine it is found by every spelling, and overtaken by another', async () => {
    const [low, up] = spellings();
    await send(element(up, { isUpdate: '?' }), element('beside-a34'));
    for (const id of [low, up]) {
      const { body } = await owner<QuarantinePageDto>(`/api/v1/quarantine?applicantId=${id}`);
      expect(body.items.map(({ applicantId }) => applicantId)).toEqual([up]);
    }
  });
});

describe('A34: who is here twice from before', () => {
  it('is flagged by the migration and not merged: each spelling goes on with its own, a third with either', async () => {
    const [low, up, mixed] = spellings();
    await send(element(low));
    // as the version before A34 kept it
    await rollcall.sql(...(await renaming(up)));
    const migration = await readFile('migrations/1764000000171-guid-spellings.sql', 'utf8');
    await rollcall.sql(migration.slice(migration.indexOf('update applicants')));
    const flagged = async () =>
      (
        await rollcall.sql<{ id: string }>(
          "select applicant_id as id from applicants where flags @> '{guidTwice}' order by 1",
        )
      ).map(({ id }) => id);
    expect(await flagged()).toEqual([low, up].sort());
    expect(await send(update(low, 'شارع ٤'))).toMatchObject([{ applicantId: low, result: 'updated' }]);
    expect(await send(update(up, 'شارع ٥'))).toMatchObject([{ applicantId: up, result: 'updated' }]);
    expect(await send(update(mixed, 'شارع ٦'))).toMatchObject([{ applicantId: up, result: 'updated' }]);
    // whoever reads by a third spelling finds what was written by it
    expect((await owner<ApplicantDto>(`${API}/${mixed}`)).body.applicantId).toBe(up);
    const list = [update(up, 'شارع ٧'), update(low, 'شارع ٨'), update(mixed, 'شارع ٩')];
    expect(await send(...list)).toMatchObject([up, low, up].map((applicantId) => ({ applicantId })));
    expect(await flagged()).toEqual([low, up].sort());
    const found = (await owner<ApplicantPageDto>(`${API}?limit=200`)).body.items;
    expect(found.filter(({ applicantId }) => applicantId.toLowerCase() === low)).toHaveLength(2);
  });
});
