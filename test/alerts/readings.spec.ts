import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Readings } from '../../src/alerts/readings.js';
import { Clients } from '../../src/auth/clients.service.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { quarantine } from './alerting.js';

let rollcall: TestApp;
let readings: Readings;

beforeAll(async () => {
  rollcall = await startApp({
    env: {
      // nobody works the images off, and nobody is asked
      ROLLCALL_ROLE: 'api',
      ENROLL_BASE_URL: 'http://127.0.0.1:9',
      ENROLL_TENANT_ID: 'tenant',
      ENROLL_TENANT_SECRET: 'a-tenant-secret',
      ROLLCALL_DATA_DIR: tmpdir(),
    },
  });
  readings = rollcall.app.get(Readings);
});
afterAll(() => rollcall.stop());

describe('the reading', () => {
  it('of silence is that of the statistics, which know nothing at first', async () => {
    expect(await readings.take('silence')).toMatchObject({ usualMinutes: null, isSilent: null });
  });

  it('of decisions compares this hour and the one before with the week before these', async () => {
    await rollcall.sql(
      `with counted as (
         select date_trunc('hour', now()) - make_interval(hours => hours_ago) as hour, value, n
         from (values (0, 'accepted', 5), (0, 'rejected', 1), (1, 'accepted', 7), (1, 'conflict', 99),
           (72, 'accepted', 90), (72, 'rejected', 10), (200, 'rejected', 1000)) as t(hours_ago, value, n)
       )
       insert into stats (topic, grain, start, value, n)
       select 'event.outcome', 'hour', hour, value, n from counted
       union all
       select 'event.outcome', 'day', cairo_day(hour), value, sum(n) from counted group by 3, 4`,
    );
    expect(await readings.take('reject_spike')).toEqual({
      recent: { accepted: 12, rejected: 1 },
      usual: { accepted: 90, rejected: 10 },
    });
  });

  it('of the quarantine counts what is open, and what came within the hour', async () => {
    await quarantine(rollcall, 3);
    await rollcall.sql(
      `update quarantine set received_at = received_at - interval '61 minutes' where element_index = 0`,
    );
    await rollcall.sql(`update quarantine set state = 'discarded' where element_index = 1`);
    expect(await readings.take('quarantine_grows')).toEqual({ open: 2, recent: 1 });
  });

  it('of pending receipts has their number and the age of the oldest', async () => {
    expect(await readings.take('receipts_pending')).toEqual({ count: 0, oldestSeconds: 0 });
    await rollcall.sql(
      `insert into receipts (id, received_at, source, kind, state, body_bytes, body)
       select gen_random_uuid(), now() - make_interval(mins => m), 'callback', 'success', 'pending', 1, '\\x00'
       from unnest(array[3, 7]) m`,
    );
    const { count, oldestSeconds } = await readings.take('receipts_pending');
    expect(count).toBe(2);
    expect(oldestSeconds).toBeGreaterThanOrEqual(420);
    expect(oldestSeconds).toBeLessThan(480);
  });

  it('of images says how far they are behind and what holds them up, unless somebody paused them', async () => {
    await rollcall.sql(
      `insert into images (applicant_id, field, version, path, state, next_attempt_at)
       select 'a' || m, 'photo', 1, 'p', 'wanted', now() - make_interval(mins => m) from unnest(array[5, 90, -10]) m`,
    );
    await rollcall.sql('update image_totals set wanted = 3');
    await rollcall.sql(
      `update image_mirror set fault_code = 'ENROLL_AUTH', fault_at = now() - interval '2 hours'`,
    );
    const { wanted, behindSeconds, fault } = await readings.take('images_behind');
    expect([wanted, Math.floor(behindSeconds / 60), fault?.code]).toEqual([3, 90, 'ENROLL_AUTH']);
    expect(Math.floor((fault?.seconds ?? 0) / 3600)).toBe(2);
    await rollcall.sql(`update image_mirror set paused_at = now(), paused_by = 'somebody'`);
    expect(await readings.take('images_behind')).toEqual({ wanted: 0, behindSeconds: 0, fault: null });
  });

  it('of gaps counts the open ones', async () => {
    await rollcall.sql(
      `with run as (
         insert into reconciliation_runs (range_from, range_to, trigger, started_by, dry_run)
         values (now() - interval '1 day', now(), 'api', 'test', true) returning id
       )
       insert into reconciliation_gaps (run_id, applicant_id, kind, state, enrolled_at, found_at)
       select run.id, 'g' || n, 'missing_here', case n when 3 then 'healed' else 'open' end, now(), now() - make_interval(hours => n)
       from run, generate_series(1, 3) n`,
    );
    const { open, oldestSeconds } = await readings.take('gaps_open');
    expect([open, Math.floor(oldestSeconds / 3600)]).toEqual([2, 2]);
  });

  it('of consumers has those that are behind, with the age of what they have not acknowledged', async () => {
    await rollcall.callback('success', [anApplicant()]);
    const create = (name: string, from: string) =>
      rollcall.api('/api/v1/consumers', { method: 'POST', body: JSON.stringify({ name, from }) });
    await create('behind', 'beginning');
    // transactions anywhere in the server hold the feed up
    await eventually(async () => (await readings.take('consumer_behind')).length > 0 || undefined);
    await create('here', 'now');
    expect(await readings.take('consumer_behind')).toEqual([
      { name: 'behind', oldestSeconds: expect.any(Number) },
    ]);
  });

  it('of endpoints has those that fail or were disabled, and which of their secrets ends first', async () => {
    await rollcall.sql(
      `with made as (
         insert into endpoints (name, kind, url, created_by, state, state_reason, failing_since, last_failure_code)
         values ('fine', 'http', 'https://a.example.org', 'test', 'active', null, null, 'TIMEOUT'),
           ('failing', 'http', 'https://b.example.org', 'test', 'active', null, now() - interval '1 hour', 'TIMEOUT'),
           ('gone', 'http', 'https://c.example.org', 'test', 'disabled', 'GONE', now() - interval '1 hour', 'HTTP_4XX'),
           ('paused', 'http', 'https://d.example.org', 'test', 'paused', null, now() - interval '1 hour', 'TIMEOUT')
         returning id, name
       )
       insert into endpoint_secrets (id, endpoint_id, sealed, expires_at)
       select gen_random_uuid(), id, '\\x00', ends from made,
         (values ('failing', now() + interval '1 day'), ('failing', null), ('failing', now() - interval '1 day'),
           ('fine', null), ('gone', now() + interval '1 day')) as secret(owner, ends)
       where name = owner`,
    );
    const id = expect.any(String) as string;
    expect(await readings.take('endpoint_failing')).toEqual([
      { id, name: 'failing', isDisabled: false, code: 'TIMEOUT', failingSeconds: expect.any(Number) },
      { id, name: 'gone', isDisabled: true, code: 'GONE', failingSeconds: expect.any(Number) },
    ]);
    const [secret, ...others] = await readings.take('endpoint_secret_expiring');
    expect(others).toEqual([]);
    expect(secret).toEqual({ name: 'failing', hasOther: true, endsInSeconds: expect.any(Number) });
    expect(Math.round((secret?.endsInSeconds ?? 0) / 3600)).toBe(24);
  });

  it('of disks has one entry per file system', async () => {
    const { bavail, bsize } = statfsSync(tmpdir());
    const [disk, ...others] = await readings.take('disk_full');
    expect(others).toEqual([]);
    expect(disk?.folder).toBe('data and images');
    expect(Math.abs((disk?.freeBytes ?? 0) - bavail * bsize)).toBeLessThan(1024 ** 3);
  });

  it('of secrets has the first to end of each client that is live', async () => {
    const clients = rollcall.app.get(Clients);
    expect(await readings.take('client_secret_expiring')).toEqual([]);
    for (const id of ['rotated', 'disabled', 'settled']) {
      await clients.create('test', id, id, clients.makeSecret());
      if (id !== 'settled') await clients.rotate('test', id, clients.makeSecret(), 3600);
    }
    await clients.disable('test', 'disabled');
    const [secret, ...others] = await readings.take('client_secret_expiring');
    expect(others).toEqual([]);
    expect(secret).toMatchObject({ name: 'rotated', hasOther: true });
    expect(Math.round((secret?.endsInSeconds ?? 0) / 60)).toBe(60);
  });
});
