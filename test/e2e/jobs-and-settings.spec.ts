import { isSecret, settings } from '../../src/config/settings.js';
import { Jobs } from '../../src/jobs/jobs.service.js';
import type { JobListDto } from '../../src/status/jobs.dto.js';
import type { SettingListDto } from '../../src/status/settings.dto.js';
import { API_KEY, startApp, type TestApp } from '../harness/app.js';
import { callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

const MARK = 'bWFya2VyIG9mIGEgc2VjcmV0IHRoYXQgbXVzdCBzdGF5';
/** A value for every secret, valid and unmistakable. Nothing dials the URLs. */
const SECRETS: Record<string, string> = {
  DATABASE_URL: `postgres://clerk:${MARK}@127.0.0.1:5432/rollcall?options=${MARK}`,
  ROLLCALL_KEYS: `k1:${MARK.slice(0, 42)}I=`,
  ROLLCALL_CLIENT_SECRET: MARK,
  ROLLCALL_API_KEY: API_KEY,
  ROLLCALL_OIDC_CLIENT_SECRET: MARK,
  ENROLL_TENANT_SECRET: MARK,
  ENROLL_PROXY_URL: `http://proxy:${MARK}@127.0.0.1:9`,
  ROLLCALL_S3_SECRET_ACCESS_KEY: MARK,
  ROLLCALL_ALERT_WEBHOOK_URL: `https://127.0.0.1:9/${MARK}`,
  ROLLCALL_ALERT_WEBHOOK_SECRET: `whsec_${MARK}`,
  ROLLCALL_SMTP_URL: `smtps://mail:${MARK}@127.0.0.1:9`,
};
const TOGETHER = {
  ROLLCALL_OIDC_ISSUER: 'https://127.0.0.1:9',
  ROLLCALL_OIDC_CLIENT_ID: 'rollcall',
  ENROLL_BASE_URL: `https://tenant:${MARK}@127.0.0.1:9`,
  ENROLL_TENANT_ID: 'tenant',
  ROLLCALL_S3_ACCESS_KEY_ID: 'access',
  ROLLCALL_ALERT_MAIL_FROM: 'rollcall@bank.example',
  ROLLCALL_ALERT_MAIL_TO: 'watch@bank.example,night@bank.example',
  ROLLCALL_ALERTS_OFF: 'disk_full',
};

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ...SECRETS, ...TOGETHER } });
});
afterAll(() => rollcall.stop());

const ask = async <Body>(path: string) => (await callerWithAll(rollcall)<Body>(path)).body;
const job = async (name: string) =>
  (await ask<JobListDto>('/api/v1/jobs')).items.find((one) => one.name === name);

test('every queue and every poll is there, with when it runs and who does it', async () => {
  await eventually(async () => {
    const { items } = await ask<JobListDto>('/api/v1/jobs');
    return items.every(({ processes }) => processes === 1);
  });
  const { items } = await ask<JobListDto>('/api/v1/jobs');
  expect(items.map(({ name }) => name)).toEqual(
    rollcall.app
      .get(Jobs)
      .declared()
      .map(({ name }) => name),
  );
  expect(items.length).toBeGreaterThan(20);
  expect(await job('inbox.make-partitions')).toMatchObject({ kind: 'job', cron: '17 2 * * *', failed: 0 });
  expect(await job('inbox.apply-pending')).toMatchObject({ kind: 'job', cron: null, everySeconds: 60 });
  expect(await job('audit.chain')).toMatchObject({ kind: 'poll', waiting: null, lastFinishedAt: null });
});

test('what waits, runs, finished and was given up is counted, up to a thousand', async () => {
  const name = 'stats.recount-stale';
  const insert = (queue: string, state: string, count: number, completed: string) =>
    rollcall.sql(
      `insert into pgboss.job (name, state, created_on, start_after, started_on, completed_on)
       select $1, $2::pgboss.job_state, now() - interval '1 hour', now() + interval '1 day', now(), ${completed}
       from generate_series(1, $3::int)`,
      [queue, state, count],
    );
  await insert(name, 'created', 1200, 'null');
  await insert(name, 'active', 2, 'null');
  await insert(name, 'completed', 1, `'2031-01-01T00:00:00Z'`);
  await insert(`${name}.dead`, 'created', 3, 'null');
  const read = await job(name);
  expect(read).toMatchObject({ waiting: 1000, running: 2, failed: 3 });
  expect(read).toMatchObject({
    lastFinishedAt: '2031-01-01T00:00:00.000Z',
    lastFailedAt: expect.any(String),
  });
  expect(Date.now() - Date.parse(String(read?.oldestWaitingAt))).toBeGreaterThan(3_500_000);
  await rollcall.sql('delete from pgboss.job where name in ($1, $2)', [name, `${name}.dead`]);
});

test('a job that nobody works off any more says so', async () => {
  await rollcall.sql(`update pgboss.instance set stopped_on = now()`);
  expect((await job('inbox.make-partitions'))?.processes).toBe(0);
  // a beat of the process writes its true list
  await eventually(async () => {
    await rollcall.sql(
      `update pgboss.instance set stopped_on = null, workers = '[{"queue": "inbox.make-partitions"}]'`,
    );
    const [named, other] = [await job('inbox.make-partitions'), await job('webhooks.purge')];
    return named?.processes === 1 && other?.processes === 0;
  });
});

test('every setting is there in its order, with its value, its topic and where it came from', async () => {
  const { items } = await ask<SettingListDto>('/api/v1/settings');
  expect(items.map(({ name }) => name)).toEqual(Object.keys(settings.shape));
  const of = (name: string) => items.find((one) => one.name === name);
  expect(of('ROLLCALL_TOKEN_TTL_SECONDS')).toMatchObject({
    group: 'keys',
    value: '3600',
    isSet: false,
    isDefault: true,
    source: 'default',
  });
  expect(of('ROLLCALL_ALERT_MAIL_TO')).toMatchObject({
    group: 'alerts',
    value: 'watch@bank.example, night@bank.example',
    isDefault: false,
    source: 'environment',
  });
  expect(of('ROLLCALL_MANAGEMENT_URL')?.value).toMatch(/^http:/);
  expect(of('ROLLCALL_ALERT_LIMITS')).toMatchObject({ value: expect.stringContaining('silenceHours=24') });
  expect(of('DATABASE_URL')?.value).toMatch(/^postgres:\/\/127\.0\.0\.1:5432\/rollcall/);
  expect(of('ENROLL_BASE_URL')?.value).toBe('https://127.0.0.1:9');
});

test('no value of a secret is in the answer, whichever it is', async () => {
  const secrets = Object.entries(settings.shape)
    .filter(([, schema]) => isSecret(schema))
    .map(([name]) => name);
  expect(Object.keys(SECRETS).sort()).toEqual(secrets.sort());
  const { items } = await ask<SettingListDto>('/api/v1/settings');
  for (const part of [MARK.slice(0, 20), API_KEY]) expect(JSON.stringify(items)).not.toContain(part);
  for (const name of secrets) {
    const shown = items.find((one) => one.name === name);
    expect(shown).toMatchObject({ isSecret: true, isSet: true, isDefault: false });
    if (name !== 'DATABASE_URL') expect(shown?.value).toBeNull();
  }
});

test('numbers alone show the jobs, and no setting', async () => {
  const watch = await callerWith(rollcall, 'stats:read');
  expect((await watch('/api/v1/jobs')).status).toBe(200);
  expectProblem(await watch('/api/v1/settings'), 403, 'INSUFFICIENT_SCOPE');
});
