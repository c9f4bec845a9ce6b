import { CLI, eventually } from '../harness/processes.js';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { type Config, loadConfig } from '../../src/config/config.js';
import type { DeliveryDto, DeliveryPageDto } from '../../src/webhooks/deliveries.dto.js';
import type { CreatedEndpointDto, EndpointDetailDto, EndpointDto } from '../../src/webhooks/endpoints.dto.js';
import { KEYS } from '../harness/app.js';
import { ALLOW_LOOPBACK, HandingOn } from '../webhooks/handing-on.js';
import { Receiver } from '../webhooks/receiver.js';

jest.setTimeout(60_000);

let handing: HandingOn;
let receiver: Receiver;
let url: string;
beforeAll(async () => {
  handing = await HandingOn.start();
  receiver = new Receiver();
  url = `http://127.0.0.1:${await receiver.start()}`;
});
afterAll(async () => {
  await receiver.stop();
  await handing.stop();
});

/** The command line beside the running server, in this process. */
class TestContext extends CliContext {
  readonly printed: unknown[] = [];
  readonly notes: string[] = [];

  override get config(): Config {
    const { databaseUrl } = handing.rollcall;
    return loadConfig({
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      ROLLCALL_KEYS: KEYS,
      ...ALLOW_LOOPBACK,
    });
  }

  override print(value: unknown): void {
    this.printed.push(value);
  }

  override note(text: string): void {
    this.notes.push(text);
  }
}

/** `rollcall --json endpoint …` */
async function endpoint<Printed = unknown>(...args: string[]) {
  const context = new TestContext();
  const code = await runCommand(['--json', 'endpoint', ...args], context);
  return { code, printed: context.printed[0] as Printed, notes: context.notes.join('\n') };
}

describe('rollcall endpoint', () => {
  it('makes one, shows it by its name, changes, pauses, resumes and removes it', async () => {
    const made = await endpoint<CreatedEndpointDto>(
      'create',
      '--name',
      'crm',
      '--url',
      url,
      '--events',
      'applicant.created, applicant.updated',
      '--rate',
      '50',
    );
    expect(made).toMatchObject({
      code: 0,
      printed: {
        secret: expect.stringMatching(/^whsec_/),
        events: ['applicant.created', 'applicant.updated'],
        ratePerSecond: 50,
        createdBy: CLI,
      },
    });
    const { id } = made.printed;
    expect((await endpoint<EndpointDetailDto>('show', 'crm')).printed).toMatchObject({
      id,
      backlog: { due: 0 },
    });
    expect(
      (await endpoint<EndpointDto>('update', 'crm', '--rate', '0', '--events', '')).printed,
    ).toMatchObject({
      name: 'crm',
      events: [],
      ratePerSecond: null,
    });
    expect((await endpoint<EndpointDto>('pause', id)).printed.state).toBe('paused');
    expect((await endpoint<EndpointDto[]>('list')).printed).toMatchObject([{ id, state: 'paused' }]);
    expect((await endpoint<EndpointDto>('resume', 'crm')).printed.state).toBe('active');
    expect((await endpoint('rotate-secret', 'crm')).printed).toEqual({
      secret: expect.stringMatching(/^whsec_/),
    });
    expect((await endpoint('delete', 'crm')).printed).toEqual({ id, deleted: true });
  });

  it('tells what came of a test, with the exit code', async () => {
    await endpoint('create', '--name', 'tested', '--url', url, '--events', 'applicant.erased');
    expect(await endpoint('test', 'tested')).toMatchObject({
      code: 0,
      printed: { state: 'delivered', status: 204, code: null, number: 1 },
    });
    receiver.answer = (_, _request, response) => void response.writeHead(500).end('a bug');
    expect(await endpoint('test', 'tested')).toMatchObject({
      code: 1,
      printed: { state: 'due', status: 500, code: 'HTTP_5XX', answer: 'a bug' },
      notes: expect.stringContaining('HTTP_5XX'),
    });
    receiver.answer = (_, _request, response) => void response.writeHead(204).end();
  });

  it('sends a delivery again that was delivered', async () => {
    const page = await endpoint<DeliveryPageDto>('deliveries', 'tested', '--state', 'delivered');
    const id = page.printed.items.at(-1)?.id ?? '';
    expect((await endpoint<DeliveryDto>('resend', 'tested', id)).printed).toMatchObject({ id, state: 'due' });
    await eventually(async () => (await endpoint<unknown[]>('attempts', 'tested', id)).printed.length === 2);
    await endpoint('delete', 'tested');
  });

  it('counts what a recovery and a replay would send, and sends it with --yes', async () => {
    const since = new Date().toISOString();
    await handing.enroll(3);
    await endpoint('create', '--name', 'late', '--url', url, '--events', 'applicant.created');
    const replay = (...more: string[]) =>
      endpoint<{ count: number }>('replay', 'late', '--since', since, ...more);
    await eventually(async () => (await replay()).printed.count === 3);
    expect(await replay()).toMatchObject({
      code: 0,
      printed: { dryRun: true, count: 3 },
      notes: expect.stringContaining('--yes'),
    });
    expect(await replay('--yes')).toMatchObject({ code: 0, printed: { dryRun: false, count: 3 } });
    await eventually(
      async () =>
        (await endpoint<DeliveryPageDto>('deliveries', 'late', '--state', 'delivered')).printed.items
          .length === 3,
    );
    await handing.rollcall.sql(`update deliveries set state = 'dead'`);
    const recover = (...more: string[]) => endpoint('recover', 'late', '--since', since, ...more);
    expect((await recover()).printed).toEqual({ dryRun: true, count: 3 });
    expect((await recover('--yes')).printed).toEqual({ dryRun: false, count: 3 });
    expect(await endpoint('replay', 'late', '--since', 'yesterday')).toMatchObject({
      code: 2,
      notes: expect.stringContaining('since must be a time'),
    });
  });

  it.each([
    [2, ['show', 'nobody'], 'There is no endpoint'],
    [2, ['create', '--name', 'x'], ''],
    [2, ['create', '--name', 'x', '--url', 'ftp://x'], 'url must begin with http:// or https://'],
    [2, ['create', '--name', 'x', '--url', 'http://10.0.0.1'], 'ROLLCALL_WEBHOOK_ALLOW_CIDR'],
    [2, ['create', '--name', 'x', '--url', 'https://x.example', '--events', 'applicant.born'], 'events'],
  ])('exits with %i for %j', async (code, args, said) => {
    const ran = await endpoint(...args);
    expect(ran.code).toBe(code);
    expect(ran.notes).toContain(said);
  });
});
