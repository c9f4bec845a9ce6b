import { setTimeout as sleep } from 'node:timers/promises';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { Listener } from '../../src/db/listen.js';
import { PendingReceipts } from '../../src/inbox/pending.service.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { DatabaseProxy } from './database-proxy.js';

jest.setTimeout(60_000);

let rollcall: TestApp;
let proxy: DatabaseProxy;
let serial = 0;
const aNew = (): Record<string, unknown> => ({ ...anApplicant(), applicantId: `fault-${(serial += 1)}` });

beforeEach(async () => {
  proxy = new DatabaseProxy();
  rollcall = await startApp({ route: (url) => proxy.open(url) });
});
afterEach(async () => {
  // Connections that were silent once stay broken: cutting them lets everything close at once.
  proxy.set('cut');
  await rollcall.stop();
  await proxy.close();
});

const versionsOf = async (id: unknown): Promise<number[]> => {
  const rows = await rollcall.sql<{ version: number }>(
    'select version from changes where applicant_id = $1',
    [id],
  );
  return rows.map((row) => row.version);
};

/** A callback that does not ask for a token first: the token URL is another matter. */
function callback(token: string, body: unknown): Promise<Response> {
  return rollcall.callback('success', body, { authorization: `Bearer ${token}` });
}

describe('M4: a database that fails', () => {
  test.each(['cut', 'silent'] as const)(
    '%s: 503 with Retry-After within 15 s, and back by itself',
    async (weather) => {
      const token = await rollcall.token();
      expect((await callback(token, [aNew()])).status).toBe(200);
      proxy.set(weather);
      const startedAt = Date.now();
      const lost = aNew();
      const answers = await Promise.all([
        callback(token, [lost]),
        callback(token, [aNew()]),
        callback(token, '{'),
        // A25: refused for good, but nothing of it is kept yet
        rollcall.callback('success', '<a/>', {
          authorization: `Bearer ${token}`,
          'content-type': 'text/xml',
        }),
      ]);
      expect(Date.now() - startedAt).toBeLessThan(15_000);
      for (const answer of answers) {
        expect(answer.status).toBe(503);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await answer.json()).toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
      }
      expect((await fetch(`${rollcall.url}/health/live`)).status).toBe(200);
      proxy.set('fair');
      const again = await callback(token, [lost]);
      expect(again.status).toBe(200);
      expect(await versionsOf(lost.applicantId)).toEqual([1]);
    },
  );

  test('an answer that is lost after COMMIT is resolved by looking: 200, written once', async () => {
    const token = await rollcall.token();
    const known = aNew();
    await callback(token, [known]);
    const list = [aNew(), { ...known, isUpdate: true, firstName: 'مها' }, known, { applicantId: '' }];
    proxy.eatNextAnswerTo('inbox-commit-with-repeats');
    const answer = await callback(token, list);
    expect(proxy.answersEaten).toBe(1);
    expect(answer.status).toBe(200);
    const { items } = (await answer.json()) as Report;
    expect(items.map((item) => item.result)).toEqual(['created', 'updated', 'stale', 'quarantined']);
    expect(await versionsOf(list[0]?.applicantId)).toEqual([1]);
    expect(await versionsOf(known.applicantId)).toEqual([1, 2]);
    expect(await rollcall.sql('select state, count(*)::int as n from receipts group by state')).toEqual([
      { state: 'applied', n: 2 },
    ]);
    expect(await rollcall.sql('select count(*)::int as n from quarantine')).toEqual([{ n: 1 }]);
  });

  test('a failover of 5 s in the middle of a stream: no callback and no token is refused, all are stored once', async () => {
    const token = await rollcall.token();
    const sent = Array.from({ length: 90 }, aNew);
    const answers = sent.map(async (one, at) => {
      await sleep(at * 80);
      if (at === 12) proxy.set('cut');
      // every fifth asks for a token first, as eNROLL does once the old one has ended
      return callback(at % 5 === 0 ? await rollcall.token() : token, [one]);
    });
    await sleep(12 * 80 + 5_000);
    proxy.set('fair');
    const statuses = (await Promise.all(answers)).map((answer) => answer.status);
    expect(statuses).toEqual(sent.map(() => 200));
    const rows = await rollcall.sql<{ id: string; n: number }>(
      `select applicant_id as id, count(*)::int as n from changes group by applicant_id`,
    );
    expect(new Map(rows.map(({ id, n }) => [id, n]))).toEqual(
      new Map(sent.map(({ applicantId }) => [applicantId, 1])),
    );
  });

  test('M2: a client that is disabled while the database is away from us is refused as soon as it is back', async () => {
    const token = await rollcall.token();
    expect((await callback(token, [aNew()])).status).toBe(200);
    proxy.set('cut');
    while (rollcall.app.get(Listener).connected) await sleep(5);
    const waiting = [callback(token, [aNew()]), callback(token, [aNew()])];
    await sleep(500);
    await rollcall.sql('update clients set disabled_at = now()');
    proxy.set('fair');
    expect((await Promise.all(waiting)).map((answer) => answer.status)).toEqual([401, 401]);
  });

  test('what the guard waited is not waited once more by the commit: 503 within 15 s', async () => {
    const token = await rollcall.token();
    proxy.set('cut');
    const startedAt = Date.now();
    const waiting = callback(token, [aNew()]);
    await sleep(8_000);
    await rollcall.sql('begin');
    await rollcall.sql('lock table receipts');
    proxy.set('fair');
    expect((await waiting).status).toBe(503);
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    await rollcall.sql('rollback');
  });

  test('slow: callbacks are answered 200', async () => {
    const token = await rollcall.token();
    proxy.set('slow');
    const answers = await Promise.all([1, 2, 3, 4].map(() => callback(token, [aNew()])));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
  });

  test('flaky: nothing acknowledged is missing, nothing is doubled', async () => {
    const token = await rollcall.token();
    proxy.set('flaky');
    const sent = Array.from({ length: 40 }, aNew);
    const acknowledged: unknown[] = [];
    await Promise.all(
      sent.map(async (one) => {
        const answer = await callback(token, [one]);
        if (answer.status === 200) acknowledged.push(one.applicantId);
        else expect(answer.status).toBe(503);
      }),
    );
    proxy.set('fair');
    expect(acknowledged.length).toBeGreaterThan(0);
    const rows = await rollcall.sql<{ n: number }>(
      'select count(*)::int as n from changes where applicant_id = any($1) group by applicant_id',
      [acknowledged],
    );
    expect(rows.map((row) => row.n)).toEqual(acknowledged.map(() => 1));
  });
});

describe('a write that fails', () => {
  const failOn = (table: string, state: string): string => `
    create function fail_on_${table}() returns trigger language plpgsql as
      $$ begin raise exception 'planted' using errcode = '${state}'; end $$;
    create trigger fail before insert on ${table} for each row execute function fail_on_${table}()`;

  test('disk full: 503, not 200, and nothing of it is kept', async () => {
    const token = await rollcall.token();
    await rollcall.sql(failOn('receipts', '53100'));
    const one = aNew();
    expect((await callback(token, [one])).status).toBe(503);
    expect(await rollcall.sql('select 1 from applicants where applicant_id = $1', [one.applicantId])).toEqual(
      [],
    );
  });

  test('applying fails for a reason of ours: 200, pending, and the job applies it later, once', async () => {
    const token = await rollcall.token();
    await rollcall.sql(failOn('changes', '22000'));
    const [one, two] = [aNew(), aNew()];
    const answer = await callback(token, [one, 'no object', two]);
    expect(answer.status).toBe(200);
    const report = (await answer.json()) as Report;
    expect(report.items.map((item) => item.result)).toEqual(['pending', 'quarantined', 'pending']);
    expect(await rollcall.sql('select state, results from receipts')).toEqual([
      { state: 'pending', results: '-Q-' },
    ]);
    await rollcall.sql('drop trigger fail on changes');
    const pending = rollcall.app.get(PendingReceipts);
    await pending.applyAll(0);
    expect(await rollcall.sql('select state, results, applied, quarantined from receipts')).toEqual([
      { state: 'applied', results: 'CQC', applied: 2, quarantined: 1 },
    ]);
    await pending.applyAll(0);
    expect([await versionsOf(one.applicantId), await versionsOf(two.applicantId)]).toEqual([[1], [1]]);
    expect(await rollcall.sql('select count(*)::int as n from quarantine')).toEqual([{ n: 1 }]);
  });

  test('an element that cannot be applied again and again goes to quarantine, its neighbours do not', async () => {
    const token = await rollcall.token();
    await rollcall.sql(`
      create function fail_some() returns trigger language plpgsql as
        $$ begin if new.applicant_id = 'poison' then raise exception 'planted' using errcode = '22000'; end if; return new; end $$;
      create trigger fail before insert on changes for each row execute function fail_some()`);
    const sound = aNew();
    const answer = await callback(token, [sound, { ...aNew(), applicantId: 'poison' }]);
    expect(((await answer.json()) as Report).items.map((item) => item.result)).toEqual([
      'pending',
      'pending',
    ]);
    const pending = rollcall.app.get(PendingReceipts);
    await pending.applyAll(0);
    expect(await versionsOf(sound.applicantId)).toEqual([1]);
    expect(await rollcall.sql('select state from receipts')).toEqual([{ state: 'pending' }]);
    await pending.applyAll(0);
    await pending.applyAll(0);
    expect(await rollcall.sql('select state, results from receipts')).toEqual([
      { state: 'applied', results: 'CQ' },
    ]);
    expect(await rollcall.sql('select code, applicant_id from quarantine')).toEqual([
      { code: 'APPLY_FAILED', applicant_id: 'poison' },
    ]);
  });

  test('one poisoned callback does not spoil the batch it waits in', async () => {
    const token = await rollcall.token();
    await rollcall.sql(`
      create function fail_some() returns trigger language plpgsql as
        $$ begin if new.applicant_id = 'poison' then raise exception 'planted' using errcode = '22000'; end if; return new; end $$;
      create trigger fail before insert on changes for each row execute function fail_some()`);
    const lists = Array.from({ length: 30 }, (_, at) => [
      at === 13 ? { ...aNew(), applicantId: 'poison' } : aNew(),
    ]);
    const answers = await Promise.all(lists.map((list) => callback(token, list)));
    const reports = (await Promise.all(answers.map((answer) => answer.json()))) as Report[];
    expect(reports.map((report) => report.items[0]?.result)).toEqual(
      lists.map((_, at) => (at === 13 ? 'pending' : 'created')),
    );
  });
});
