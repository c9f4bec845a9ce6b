import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '../../src/config/config.js';
import type { Destination, Dispatch } from '../../src/webhooks/destination.js';
import type { Message } from '../../src/webhooks/message.js';
import { NatsDestination } from '../../src/webhooks/nats-destination.js';
import { generateSecret } from '../../src/webhooks/signature.js';
import { SignedPost } from '../../src/webhooks/signed-post.service.js';
import { TargetGuard } from '../../src/webhooks/target-guard.js';
import { ALLOW_LOOPBACK, HandingOn, verified } from './handing-on.js';
import { NatsServer } from './nats-server.js';
import { Receiver } from './receiver.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(60_000);

const SUBJECT = 'rollcall';
const SECRET = generateSecret();

interface Arrived {
  /** By which a repetition is known. */
  id: string;
  body: string;
  headers: Record<string, string>;
}

/** The other side of a kind of endpoint: a real one. */
interface FarSide {
  settings: Record<string, string>;
  open(guard: TargetGuard): Destination;
  start(): Promise<void>;
  /** Each message once, as a receiver has it who drops repetitions. */
  arrived(): Promise<Arrived[]>;
  /** Not there any more. */
  halt(): Promise<void>;
  /** There, and silent. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Takes what it is sent, and says that it cannot keep it. */
  refusing: Partial<Dispatch>;
  refusal: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function overHttp(): Promise<FarSide> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const arrived = new Map<string, Arrived>();
  let isSilent = false;
  let post: SignedPost | undefined;
  let receiver: Receiver | undefined;
  return {
    settings: { kind: 'http', url },
    open: (guard) => (post = new SignedPost(guard)),
    start: async () => {
      receiver = new Receiver();
      receiver.answer = ({ headers, body, path }, _request, response) => {
        if (isSilent) return;
        const id = String(headers['webhook-id']);
        if (path !== '/full') arrived.set(id, { id, body, headers: headers as Record<string, string> });
        response.writeHead(path === '/full' ? 507 : 204).end();
      };
      await receiver.start(port);
    },
    arrived: () => Promise.resolve([...arrived.values()]),
    halt: async () => {
      await receiver?.stop();
      receiver = undefined;
    },
    freeze: () => Promise.resolve(void (isSilent = true)),
    thaw: () => (isSilent = false),
    refusing: { url: `${url}/full` },
    refusal: 'HTTP_5XX',
    stop: async () => {
      post?.onApplicationShutdown();
      await receiver?.stop();
    },
  };
}

async function overNats(): Promise<FarSide> {
  const server = new NatsServer(await freePort());
  const { user, password } = NatsServer.credentials;
  let isFirst = true;
  return {
    settings: { kind: 'nats', url: server.url, subject: SUBJECT, credentials: `${user}:${password}` },
    open: (guard) => new NatsDestination(guard),
    start: async () => {
      await server.start();
      if (isFirst) await server.keep(SUBJECT);
      isFirst = false;
    },
    arrived: async () =>
      (await server.kept(SUBJECT)).map(({ body, headers }) => ({
        id: headers['Nats-Msg-Id'] ?? '',
        body,
        headers,
      })),
    halt: () => server.halt(),
    freeze: () => server.freeze(),
    thaw: () => server.thaw(),
    refusing: { subject: 'kept-by-no-stream' },
    refusal: 'NOT_ACKNOWLEDGED',
    stop: () => server.stop(),
  };
}

describe.each([
  ['http', overHttp],
  ['nats', overNats],
])('handing on by %s', (_kind, start) => {
  let far: FarSide;
  let destination: Destination;
  let sent = 0;

  beforeAll(async () => {
    far = await start();
    await far.start();
    destination = far.open(new TargetGuard(loadConfig({ NODE_ENV: 'test', ...ALLOW_LOOPBACK })));
  });
  afterAll(async () => {
    await destination.close?.();
    await far.stop();
  });

  const aMessage = (): Message => {
    const id = `msg_1_${(sent += 1)}_${'0'.repeat(12)}`;
    return {
      id,
      type: 'applicant.created',
      body: JSON.stringify({ type: 'applicant.created', data: { sent } }),
    };
  };
  const send = (message: Message, over: Partial<Dispatch> = {}) => {
    const { url = '', subject = null, credentials = null } = far.settings;
    const signal = new AbortController().signal;
    return destination.send({
      ...message,
      url,
      subject,
      credentials,
      secrets: [SECRET],
      timeoutMs: 5000,
      signal,
      ...over,
    });
  };

  it('a message arrives as it was made, signed, under its id', async () => {
    const message = aMessage();
    expect(await send(message)).toMatchObject({ ok: true });
    const [arrived] = (await far.arrived()).filter(({ id }) => id === message.id);
    expect(arrived?.body).toBe(message.body);
    const { body, headers } = arrived ?? { body: '', headers: {} };
    expect(verified({ at: 0, path: '', body, headers }, SECRET)).toEqual(JSON.parse(message.body));
  });

  it('one that is sent again is known by its id', async () => {
    const message = aMessage();
    expect(await send(message)).toMatchObject({ ok: true });
    expect(await send(message)).toMatchObject({ ok: true });
    expect((await far.arrived()).filter(({ id }) => id === message.id)).toHaveLength(1);
  });

  it('what the other side takes and does not keep has failed', async () => {
    expect(await send(aMessage(), far.refusing)).toMatchObject({ ok: false, code: far.refusal });
  });

  it('silence costs the time-out and no more, and the next message arrives', async () => {
    await far.freeze();
    const startedMs = performance.now();
    expect(await send(aMessage(), { timeoutMs: 300 })).toMatchObject({ ok: false, code: 'TIMEOUT' });
    expect(performance.now() - startedMs).toBeLessThan(5000);
    far.thaw();
    expect(await send(aMessage())).toMatchObject({ ok: true });
  });

  it('one under way when we stop is given up', async () => {
    await far.freeze();
    const leaving = new AbortController();
    const outcome = send(aMessage(), { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 50);
    expect(await outcome).toMatchObject({ ok: false, code: 'CANCELLED' });
    far.thaw();
  });

  it('an outage is told apart, and over by itself', async () => {
    await far.halt();
    const message = aMessage();
    const code = expect.stringMatching(/^CONNECTION_(REFUSED|LOST)$/);
    expect(await send(message)).toMatchObject({ ok: false, code });
    await far.start();
    expect(await send(message)).toMatchObject({ ok: true });
    expect((await far.arrived()).filter(({ id }) => id === message.id)).toHaveLength(1);
  });

  it('nothing is sent to where nothing may be sent', async () => {
    const guarded = far.open(new TargetGuard(loadConfig({ NODE_ENV: 'test' })));
    const before = (await far.arrived()).length;
    const { url = '', subject = null, credentials = null } = far.settings;
    for (const host of ['127.0.0.1', 'localhost']) {
      const target = {
        url: url.replace('127.0.0.1', host),
        subject,
        credentials,
        secrets: [SECRET],
        timeoutMs: 5000,
      };
      const outcome = await guarded.send({ ...aMessage(), ...target, signal: new AbortController().signal });
      expect(outcome).toMatchObject({ ok: false, code: 'TARGET_FORBIDDEN' });
    }
    await guarded.close?.();
    expect(await far.arrived()).toHaveLength(before);
  });

  it('an endpoint is told of an applicant in order, over an outage, each event once for who drops repetitions', async () => {
    const handing = await HandingOn.start();
    const { id, secret } = await handing.endpoint({
      ...far.settings,
      events: ['applicant.created', 'applicant.updated'],
    });
    const [applicantId = ''] = await handing.enroll();
    await eventually(async () => (await handing.find(id)).lastSuccessAt !== null);
    await far.halt();
    await handing.update(applicantId, { address: 'شارع النيل' });
    await eventually(async () => (await handing.find(id)).lastFailureCode === 'CONNECTION_REFUSED');
    await handing.update(applicantId, { address: 'شارع الأهرام' });
    await eventually(async () => (await handing.deliveries(id)).length === 3);
    await far.start();
    await handing.skipDelays(id);
    await eventually(async () => (await handing.find(id)).backlog.due === 0);
    const arrived = (await far.arrived()).filter(({ body }) => body.includes(`"${applicantId}"`));
    const said = arrived.map((one) => verified({ at: 0, path: '', ...one }, secret));
    expect(said.map(({ data }) => data.version)).toEqual([1, 2, 3]);
    expect((await handing.deliveries(id)).map((one) => one.id).reverse()).toEqual(
      arrived.map((one) => one.id),
    );
    await handing.stop();
  });
});

describe('handing on by nats', () => {
  it('refused credentials and an unknown host are told apart', async () => {
    const far = await overNats();
    await far.start();
    const destination = new NatsDestination(
      new TargetGuard(loadConfig({ NODE_ENV: 'test', ...ALLOW_LOOPBACK })),
    );
    const target = {
      subject: SUBJECT,
      secrets: [SECRET],
      timeoutMs: 5000,
      signal: new AbortController().signal,
    };
    const message = { id: 'msg_1_1_000000000000', type: 'applicant.created', body: '{}' };
    const { url = '' } = far.settings;
    for (const credentials of [null, 'a-token', 'rollcall:wrong']) {
      expect(await destination.send({ ...message, ...target, url, credentials })).toMatchObject({
        code: 'NOT_AUTHORIZED',
      });
    }
    expect(
      await destination.send({ ...message, ...target, url: 'nats://nobody.invalid', credentials: null }),
    ).toMatchObject({ code: 'DNS' });
    expect(
      await destination.send({ ...message, ...target, url: url.replace('nats:', 'tls:'), credentials: null }),
    ).toMatchObject({ ok: false });
    await destination.close();
    await far.stop();
  });
});
