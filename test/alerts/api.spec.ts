import { CLI } from '../harness/processes.js';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { EntityManager } from 'typeorm';
import type { AlertDto, AlertPageDto, TestedDto } from '../../src/alerts/alerts.dto.js';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { notePublicUrl } from '../../src/db/installation.repository.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { type Alerting, mailSettings, startAlerting, webhookSettings } from './alerting.js';
import { smtpError } from './mailbox.js';

jest.setTimeout(60_000);

const NOBODY = '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e';

let alerting: Alerting;
let reader: Ask;
let writer: Ask;
let stranger: Ask;

beforeAll(async () => {
  alerting = await startAlerting({ ROLLCALL_ROLE: 'api' });
  reader = await callerWith(alerting.rollcall, 'alerts:read');
  writer = await callerWith(alerting.rollcall, 'alerts:write');
  stranger = await callerWith(alerting.rollcall, 'stats:read');
});
afterAll(() => alerting.stop());
afterEach(() => alerting.rollcall.sql('truncate alerts cascade'));

const POST = { method: 'POST' };
const acknowledge = (ask: Ask, id: string) => ask<AlertDto>(`/api/v1/alerts/${id}/acknowledge`, POST);

/** An alert that was opened so many minutes ago, each with a subject of its own. */
async function anAlert(state: 'suspected' | 'open' | 'resolved', minutes = 0): Promise<string> {
  const [row] = await alerting.rollcall.sql<{ id: string }>(
    `insert into alerts (rule, subject, state, summary, context, opened_at, resolved_at)
     values ('disk_full', $2, $1, 'Free space on the disk of the data: 0.1 GiB.', '{"freeBytes": 1}',
       case when $1 <> 'suspected' then now() - make_interval(mins => $3) end, case when $1 = 'resolved' then now() end)
     returning id`,
    [state, `disk ${minutes}`, minutes],
  );
  return row!.id;
}

describe('GET /api/v1/alerts', () => {
  it('200: newest first, page by page; what is only suspected is not shown', async () => {
    const ids = [await anAlert('open', 1), await anAlert('resolved', 2), await anAlert('open', 3)];
    await anAlert('suspected', 4);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: AlertPageDto = (
        await reader<AlertPageDto>(`/api/v1/alerts?limit=1${cursor && `&cursor=${cursor}`}`)
      ).body;
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
    const of = async (state: string) =>
      (await reader<AlertPageDto>(`/api/v1/alerts?state=${state}`)).body.items.map(({ id }) => id);
    expect(await of('open')).toEqual([ids[0], ids[2]]);
    expect(await of('resolved')).toEqual([ids[1]]);
  });

  it.each([
    ['?state=suspected', 'BAD_REQUEST'],
    ['?limit=201', 'BAD_REQUEST'],
    ['?rule=disk_full', 'UNKNOWN_FILTER'],
    ['?cursor=x', 'BAD_CURSOR'],
  ])('400: %s is %s', async (query, code) => {
    expectProblem(await reader(`/api/v1/alerts${query}`), 400, code);
  });

  it('401 without a key, 403 without alerts:read', async () => {
    expectProblem(await reader('/api/v1/alerts', { headers: { authorization: '' } }), 401, 'TOKEN_MISSING');
    expectProblem(await stranger('/api/v1/alerts'), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('3.4 the link of an alert, where no ROLLCALL_PUBLIC_URL is set', () => {
  let worker: TestApp;
  beforeAll(async () => {
    // its own PORT is not where people reach the installation
    worker = await startApp({ env: { PORT: '3999' } });
  });
  afterAll(() => worker.stop());

  it('leads to where the server said to be reached', async () => {
    await notePublicUrl(worker.app.get(EntityManager, { strict: false }), 'http://localhost:3210');
    const [{ id = '' } = {}] = await worker.sql<{ id: string }>(
      `insert into alerts (rule, subject, state, summary, context, opened_at)
       values ('disk_full', 'disk', 'open', 'Little is free.', '{}', now()) returning id`,
    );
    const link = `http://localhost:3210/api/v1/alerts/${id}`;
    const ask = callerWithAll(worker);
    expect((await ask<AlertDto>(`/api/v1/alerts/${id}`)).body.link).toBe(link);
    expect((await ask<AlertPageDto>('/api/v1/alerts')).body.items[0]?.link).toBe(link);
  });
});

describe('GET /api/v1/alerts/{id}', () => {
  it('200: says what, since when and where to look', async () => {
    const id = await anAlert('open');
    expect((await reader<AlertDto>(`/api/v1/alerts/${id.toUpperCase()}`)).body).toEqual({
      id,
      rule: 'disk_full',
      subject: 'disk 0',
      state: 'open',
      title: 'Disk nearly full',
      summary: 'Free space on the disk of the data: 0.1 GiB.',
      context: { freeBytes: 1 },
      link: `https://rollcall.example.org/api/v1/alerts/${id}`,
      openedAt: expect.stringMatching(/Z$/),
      resolvedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      notifications: [],
    });
  });

  it('404: an id that is not there, that is only suspected, that cannot be', async () => {
    for (const id of [NOBODY, await anAlert('suspected'), 'x']) {
      expectProblem(await reader(`/api/v1/alerts/${id}`), 404, 'NOT_FOUND');
    }
  });
});

describe('POST /api/v1/alerts/{id}/acknowledge', () => {
  it('200: names who did, recorded once however often it is said', async () => {
    const id = await anAlert('open');
    const first = await acknowledge(writer, id);
    expect(first).toMatchObject({
      status: 200,
      body: { state: 'open', acknowledgedBy: 'test alerts:write' },
    });
    expect((await acknowledge(writer, id)).body).toEqual(first.body);
    expect(
      await alerting.rollcall.sql('select actor, action from audit where subject = $1', [`alert:${id}`]),
    ).toEqual([{ actor: 'test alerts:write', action: 'alert.acknowledge' }]);
  });

  it('403 for a reader, 404 for what is not there, 409 for what is over', async () => {
    expectProblem(await acknowledge(reader, await anAlert('open')), 403, 'INSUFFICIENT_SCOPE');
    expectProblem(await acknowledge(writer, NOBODY), 404, 'NOT_FOUND');
    expectProblem(await acknowledge(writer, await anAlert('suspected', 1)), 404, 'NOT_FOUND');
    expectProblem(await acknowledge(writer, await anAlert('resolved', 2)), 409, 'CONFLICT');
  });
});

describe('POST /api/v1/alerts/test', () => {
  const test = (ask: Ask) => ask<TestedDto>('/api/v1/alerts/test', POST);
  afterEach(() => {
    alerting.receiver.answer = (_, _request, response) => void response.writeHead(204).end();
    alerting.mailbox.onMail = () => Promise.resolve();
  });

  it('200: sends one over each channel, recorded', async () => {
    expect(await test(writer)).toMatchObject({
      status: 200,
      body: {
        channels: [
          { channel: 'webhook', outcome: 'sent', code: null },
          { channel: 'mail', outcome: 'sent', code: null },
        ],
      },
    });
    expect(JSON.parse(alerting.receiver.delivered.at(-1)!.body)).toMatchObject({ type: 'alert.test' });
    expect(alerting.mailbox.received.at(-1)?.subject).toBe('[Rollcall] Test');
    expect(
      await alerting.rollcall.sql(`select actor, detail from audit where action = 'alert.test'`),
    ).toEqual([{ actor: 'test alerts:write', detail: { webhook: 'sent', mail: 'sent' } }]);
  });

  it('200: says of each channel why it failed', async () => {
    alerting.receiver.answer = (_, _request, response) => void response.writeHead(410).end('gone');
    alerting.mailbox.onMail = () => Promise.reject(smtpError(554, 'no oncall@example.org here'));
    const { body } = await test(writer);
    expect(body).toEqual({
      channels: [
        { channel: 'webhook', outcome: 'failed', code: 'HTTP_4XX' },
        { channel: 'mail', outcome: 'failed', code: 'SMTP_REFUSED' },
      ],
    });
  });

  it('403 for a reader', async () => {
    expectProblem(await test(reader), 403, 'INSUFFICIENT_SCOPE');
  });
});

describe('rollcall alerts', () => {
  /** The command line beside the running server, in this process. */
  class TestContext extends CliContext {
    readonly printed: unknown[] = [];
    readonly notes: string[] = [];

    constructor(env: Record<string, string>) {
      super(() =>
        loadConfig({
          NODE_ENV: 'test',
          DATABASE_URL: alerting.rollcall.databaseUrl,
          ROLLCALL_KEYS: KEYS,
          ...env,
        }),
      );
    }

    override print(value: unknown): void {
      this.printed.push(value);
    }

    override note(text: string): void {
      this.notes.push(text);
    }
  }

  async function command(args: string, env = {}) {
    const context = new TestContext(env);
    const code = await runCommand(['--json', 'alerts', ...args.split(' ')], context);
    return { code, printed: context.printed[0], notes: context.notes.join('\n') };
  }

  it('lists and acknowledges', async () => {
    const id = await anAlert('open');
    expect(await command('list')).toMatchObject({ code: 0, printed: { items: [{ id }], nextCursor: null } });
    expect(await command(`ack ${id}`)).toMatchObject({ code: 0, printed: { acknowledgedBy: CLI } });
    expect(await command(`ack ${NOBODY}`)).toMatchObject({ code: 1 });
  });

  it('tests the channels: 0 where all that is configured works, 1 where it does not or nothing is', async () => {
    const mail = mailSettings(`smtp://127.0.0.1:${alerting.mailbox.port}?tls=optional`);
    expect(await command('test', mail)).toMatchObject({
      code: 0,
      printed: {
        channels: [
          { channel: 'webhook', outcome: 'not_configured', code: null },
          { channel: 'mail', outcome: 'sent', code: null },
        ],
      },
    });
    const nowhere = await command('test', { ...mail, ...webhookSettings(1) });
    expect(nowhere).toMatchObject({ code: 1, notes: expect.stringContaining('Not sent by webhook') });
    expect(nowhere.printed).toMatchObject({
      channels: [{ code: 'CONNECTION_REFUSED' }, { outcome: 'sent' }],
    });
    expect(await command('test')).toMatchObject({ code: 1, notes: expect.stringContaining('No channel') });
  });

  it('does not wait for ever for a mail server that never greets', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const ran = await command('test', mailSettings(`smtp://127.0.0.1:${port}`));
    silent.close();
    expect(ran).toMatchObject({
      code: 1,
      printed: { channels: [{ channel: 'webhook' }, { outcome: 'failed', code: 'SMTP_UNREACHABLE' }] },
    });
  });

  it.each(['ack x', 'list --limit 0', 'list --state suspected'])('%s is called wrongly: 2', async (args) => {
    expect(await command(args)).toMatchObject({ code: 2 });
  });
});
