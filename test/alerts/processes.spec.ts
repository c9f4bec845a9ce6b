import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pino from 'pino';
import { Evaluation } from '../../src/alerts/evaluation.service.js';
import { Config } from '../../src/config/config.js';
import { createServer } from '../../src/server.js';
import { API_KEY, CLIENT, KEYS } from '../harness/app.js';
import { eventually, startBuilt } from '../harness/processes.js';
import { type Alerting, mailSettings, only, pass, sendDue, startAlerting } from './alerting.js';

jest.setTimeout(60_000);

const SUBJECTS = 12;
const RULE = only('client_secret_expiring');

let alerting: Alerting;
beforeAll(async () => {
  // by hand alone
  alerting = await startAlerting({ ...RULE, ROLLCALL_ROLE: 'api' });
});
afterAll(() => alerting.stop());
afterEach(async () => {
  await alerting.rollcall.sql('truncate alerts cascade');
  await alerting.rollcall.sql(`delete from clients where client_id like 'partner-%'`);
  alerting.mailbox.received.length = 0;
  alerting.receiver.delivered.length = 0;
});

/** So many clients, each with a secret that ends in two days. */
async function clients(count: number): Promise<void> {
  await alerting.rollcall.sql(
    `with made as (
       insert into clients (client_id, name) select 'partner-' || n, 'Partner' from generate_series(1, $1) n
       on conflict (client_id) do nothing returning client_id
     )
     insert into client_secrets (client_id, kind, digest, expires_at)
     select client_id, 'sha256', md5(client_id), now() + interval '2 days' from made`,
    [count],
  );
}

describe('two processes', () => {
  let second: NestFastifyApplication;
  beforeAll(async () => {
    const config = alerting.rollcall.app.get(Config);
    second = await createServer(config, alerting.rollcall.databaseUrl, pino({ level: 'silent' }));
    await second.init();
  });
  afterAll(() => second.close());

  it('find, open and tell each alert once, whoever comes first', async () => {
    await clients(SUBJECTS);
    const both = [alerting.rollcall.app, second];
    for (let round = 0; round < 3; round++) {
      await Promise.all(both.flatMap((app) => [1, 2].map(() => app.get(Evaluation).evaluate())));
      await pass(alerting.rollcall, 60);
    }
    expect(await alerting.alerts('?state=open')).toHaveLength(SUBJECTS);
    await Promise.all(both.flatMap((app) => [1, 2].map(() => sendDue(app))));
    const subjects = alerting.mailbox.received.map(({ subject }) => subject).sort();
    expect(new Set(subjects).size).toBe(SUBJECTS);
    expect(subjects).toHaveLength(SUBJECTS);
    const ids = alerting.receiver.delivered.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(SUBJECTS);
    expect(ids).toHaveLength(SUBJECTS);
  });
});

describe('a process that is killed', () => {
  it('between the writing and the sending loses nothing: the next one sends it, once', async () => {
    await clients(1);
    await alerting.evaluate();
    await pass(alerting.rollcall, 60);
    await alerting.evaluate();

    let isAsked = false;
    let refuse: (reason: Error) => void = () => undefined;
    alerting.mailbox.onMail = () =>
      new Promise((_resolve, reject) => {
        isAsked = true;
        refuse = reject;
      });
    const worker = startBuilt('src/main.js', [], {
      DATABASE_URL: alerting.rollcall.databaseUrl,
      PORT: '0',
      ROLLCALL_HOST: '127.0.0.1',
      ROLLCALL_ROLE: 'worker',
      ROLLCALL_LOG_LEVEL: 'error',
      ROLLCALL_KEYS: KEYS,
      ROLLCALL_CLIENT_ID: CLIENT.id,
      ROLLCALL_CLIENT_SECRET: CLIENT.secret,
      ROLLCALL_API_KEY: API_KEY,
      ...RULE,
      ...mailSettings(`smtp://127.0.0.1:${alerting.mailbox.port}?tls=optional`),
    });
    worker.stdout?.resume();
    worker.stderr?.resume();
    const gone = new Promise((exited) => worker.once('exit', exited));
    try {
      await eventually(() => isAsked || undefined, 40_000);
    } finally {
      worker.kill('SIGKILL');
      await gone;
    }
    refuse(new Error('the client went away before it was answered'));
    alerting.mailbox.onMail = () => Promise.resolve();

    const mails = () => alerting.mailbox.received.map(({ subject }) => subject);
    await alerting.sendDue();
    expect(mails()).toEqual([]);
    await pass(alerting.rollcall, 121);
    await alerting.sendDue();
    await alerting.sendDue();
    expect(mails()).toEqual(['[Rollcall] Secret of a client ends soon: partner-1']);
  });
});
