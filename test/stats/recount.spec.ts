import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import { ErasureWork } from '../../src/privacy/erasure-work.service.js';
import { Recounts, type RecountReport } from '../../src/stats/recount.service.js';
import { anApplicant } from '../factories/applicant.js';
import { KEYS } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { type Counted, forgetAll, plantApplicants, plantReceipts, startCounted } from './counted.js';

let counted: Counted;
let posted = 0;
const imageDir = mkdtempSync(join(tmpdir(), 'rollcall-recount-'));

beforeAll(async () => {
  counted = await startCounted({ ROLLCALL_IMAGE_DIR: imageDir });
});
afterAll(async () => {
  await counted.stop();
  rmSync(imageDir, { recursive: true });
});
beforeEach(() => forgetAll(counted.rollcall));

/** Some applicants, each with a second version. */
async function post(count: number): Promise<string[]> {
  const first = Array.from({ length: count }, () => anApplicant({ applicantId: `p-${(posted += 1)}` }));
  expect((await counted.rollcall.callback('success', first)).status).toBe(200);
  await update(
    first.map(({ applicantId }) => applicantId),
    { status: 5, nationality: 'SDN' },
  );
  return first.map(({ applicantId }) => applicantId);
}

async function update(ids: string[], fields: object): Promise<void> {
  const list = ids.map((applicantId) => ({ applicantId, isUpdate: true, ...fields }));
  expect((await counted.rollcall.callback('fail', list)).status).toBe(200);
}

class TestContext extends CliContext {
  readonly printed: unknown[] = [];
  readonly notes: string[] = [];

  override get config(): Config {
    return loadConfig({ NODE_ENV: 'test', DATABASE_URL: counted.rollcall.databaseUrl, ROLLCALL_KEYS: KEYS });
  }

  override print(value: unknown): void {
    this.printed.push(value);
  }

  override note(text: string): void {
    this.notes.push(text);
  }
}

/** `rollcall --json stats rebuild …` */
async function rebuild(...args: string[]) {
  const context = new TestContext();
  const code = await runCommand(['--json', 'stats', 'rebuild', ...args], context);
  return { code, report: context.printed[0] as RecountReport, notes: context.notes.join('\n') };
}

const mend = () => counted.rollcall.app.get(Recounts).run(true);
const staleDays = () => counted.rollcall.sql<{ day: Date }>('select day from stats_stale_days');

describe('rollcall stats rebuild', () => {
  it('finds every kind of error, ends with 1 for --check, and puts it right', async () => {
    const { sql } = counted.rollcall;
    await post(5);
    await counted.catchUp();
    expect(await counted.expectProven()).toMatchObject({ applicants: 5, receipts: 2 });

    // where the first versions were counted before the second ones came, their rows stand at 0
    const wrong = [
      ...(await sql(
        `update stats set n = n + 3 where topic = 'applicant.outcome' and grain = 'hour' returning value`,
      )),
      ...(await sql(
        `update stats set n = n - 1 where topic = 'applicant.nationality' and grain = 'day' returning value`,
      )),
      ...(await sql(
        `delete from stats where topic = 'event.type' and value = 'applicant.created' returning grain`,
      )),
      ...(await sql(`insert into stats values
        ('applicant.flag', 'hour', '2003-05-01T07:00Z', 'never', 7),
        ('callback.applied', 'day', '2071-05-01T21:00Z', '', 7) returning topic`)),
    ];
    expect(wrong.length).toBeGreaterThanOrEqual(6);
    const checked = await rebuild('--check');
    expect(checked).toMatchObject({ code: 1, report: { differences: wrong.length } });
    expect(checked.report.examples).toContainEqual({
      topic: 'applicant.flag',
      grain: 'hour',
      start: expect.stringMatching('2003-05-01T0'),
      value: 'never',
      counted: 0,
      kept: 7,
    });
    const recorded = () => sql(`select actor, subject, detail from audit where action = 'stats.rebuild'`);
    expect(await recorded()).toEqual([]);
    expect(await rebuild()).toMatchObject({ code: 0, report: { differences: wrong.length } });
    expect(await recorded()).toMatchObject([
      { actor: expect.stringMatching(/^cli:/), subject: 'stats', detail: { differences: wrong.length } },
    ]);
    await counted.expectProven();
  });

  it('ends with 1 while another recount is under way', async () => {
    const { sql } = counted.rollcall;
    await sql('select pg_advisory_lock(7655322080)');
    expect(await rebuild()).toMatchObject({ code: 1, notes: expect.stringContaining('under way') });
    await sql('select pg_advisory_unlock(7655322080)');
  });

  it('goes beside a follower at work: neither spoils what the other counts', async () => {
    await post(20);
    await counted.catchUp();
    await counted.rollcall.sql(`update stats set n = n * 2`);
    await post(100);
    let isDone = false;
    const following = (async () => {
      for (let look = 0; look < 100; look++) await counted.step(1);
      isDone = true;
    })();
    expect((await mend())?.differences).toBeGreaterThan(0);
    while (!isDone) await counted.expectProven();
    await following;
    await counted.catchUp();
    await counted.expectProven();
  });

  it('begins anew from nothing', async () => {
    await post(4);
    await counted.catchUp();
    await counted.rollcall.sql('truncate stats');
    expect((await mend())?.differences).toBeGreaterThan(0);
    await counted.expectProven();
    await post(4);
    await counted.catchUp();
    await counted.expectProven();
  });
});

describe('data of an older Rollcall', () => {
  /** As the migration leaves it: only current versions have the columns that applicants are counted by. */
  const forgetEarlier = () =>
    counted.rollcall.sql(
      `update changes c set nationality = null, document_type_code = null, birth_governorate = null
       from applicants a where a.applicant_id = c.applicant_id and c.version < a.version`,
    );

  it('is counted right from the beginning of the feed', async () => {
    await post(5);
    await forgetEarlier();
    await counted.catchUp(3);
    await counted.expectProven();
  });

  it('that went on writing beside this one is put right by a rebuild, and stays right', async () => {
    const ids = await post(5);
    await counted.rollcall.sql(
      'update changes set nationality = null, document_type_code = null, birth_governorate = null',
    );
    await counted.catchUp();
    expect((await mend())?.differences).toBeGreaterThan(0);
    await counted.expectProven();
    await update(ids, { status: 5, nationality: 'SYR' });
    await counted.catchUp();
    await counted.expectProven();
  });
});

describe('when history is not kept any more', () => {
  it('the day of an applicant whose version before is gone is counted anew', async () => {
    const { sql, app } = counted.rollcall;
    const ids = await post(3);
    const others = await post(2);
    await counted.catchUp();
    await sql('delete from changes where applicant_id = any($1)', [ids]);
    await update(ids, { status: 5, nationality: 'SYR' });
    await update(others, { status: 5, nationality: 'SYR' });
    await counted.catchUp();
    expect(await staleDays()).toHaveLength(1);
    expect(await app.get(Recounts).recountStale()).toBe(1);
    expect(await staleDays()).toEqual([]);
    await counted.expectProven();
    await update(ids, { status: 5, nationality: 'EGY' });
    await counted.catchUp();
    expect(await staleDays()).toEqual([]);
    await counted.expectProven();
  });

  it('what happened then stays counted: a recount begins with the oldest event and receipt that are kept', async () => {
    const { sql } = counted.rollcall;
    const hour = (n: number) => new Date(Date.parse('2026-03-02T21:30:00Z') + n * 3_600_000);
    // two of them on the same day of Cairo
    await plantApplicants(counted.rollcall, [hour(0), hour(1), hour(2)]);
    await plantReceipts(counted.rollcall, [hour(0), hour(1), hour(2)]);
    await sql(`update changes set changed_at = received_at where applicant_id like 'planted%'`);
    await counted.catchUp();
    await counted.expectProven();
    await sql(`delete from changes where changed_at < $1`, [hour(2)]);
    await sql(`delete from receipts where received_at < $1`, [hour(2)]);
    expect(await counted.expectProven()).toMatchObject({ applicants: 3, events: 3, receipts: 3 });
    await sql(`update stats set n = 9 where grain = 'day' and start = '2026-03-02T22:00Z'`);
    expect((await mend())?.differences).toBeGreaterThan(0);
    await counted.expectProven();
    expect(
      await sql(`select n::int from stats where topic = 'event.type' and grain = 'day' order by start`),
    ).toEqual([{ n: 1 }, { n: 2 }]);
  });
});

describe('an erasure', () => {
  async function erase(applicantId: string): Promise<void> {
    const body = JSON.stringify({ applicantId, reason: 'request 1' });
    expect((await counted.rollcall.api('/api/v1/erasures', { method: 'POST', body })).status).toBe(202);
    const work = counted.rollcall.app.get(ErasureWork, { strict: false });
    expect(await work.work(new AbortController().signal)).toBe('erased');
  }

  it('takes the person out of what it was counted by, as a recount would', async () => {
    const [id] = await post(3);
    await counted.catchUp();
    await erase(id!);
    await counted.catchUp();
    expect(await staleDays()).toHaveLength(1);
    expect(await counted.rollcall.app.get(Recounts).recountStale()).toBe(1);
    expect(await counted.expectProven()).toMatchObject({ applicants: 3 });
  });

  it('that a rebuild began before is put right once the feed tells of it', async () => {
    const ids = await post(2);
    await counted.catchUp();
    await update(ids, { status: 5, nationality: 'SYR' });
    await erase(ids[0]!);
    await mend();
    await counted.catchUp();
    await counted.rollcall.app.get(Recounts).recountStale();
    await counted.expectProven();
  });

  it('of somebody who was never an applicant leaves a tombstone that is not counted', async () => {
    await post(1);
    const parked = anApplicant({ applicantId: 'parked', isUpdate: 'perhaps' as never });
    await counted.rollcall.callback('success', [parked]);
    await erase('parked');
    await counted.catchUp();
    expect(await counted.expectProven()).toMatchObject({ applicants: 1 });
  });

  it('beside a rebuild stays done: what older releases left empty is not filled in with what was erased', async () => {
    const { sql, databaseUrl } = counted.rollcall;
    const [id] = await post(1);
    await sql('update changes set nationality = null');
    const eraser = new pg.Client({ connectionString: databaseUrl });
    await eraser.connect();
    await eraser.query('begin');
    await eraser.query('update changes set nationality = null where applicant_id = $1', [id]);
    await eraser.query('update applicants set nationality = null where applicant_id = $1', [id]);
    const mended = mend();
    await eventually(async () => {
      const waiting = await sql(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return waiting.length > 0 || undefined;
    });
    await eraser.query('commit');
    await eraser.end();
    await mended;
    expect(await sql('select from changes where nationality is not null')).toEqual([]);
  });
});
