import type { JetStreamClient } from '@nats-io/jetstream';
import type * as Nats from '@nats-io/transport-node';
import { isIP } from 'node:net';
import { within } from '../observability/within.js';
import { authenticatorOf } from './nats-credentials.js';
import type { Message } from './message.js';
import { signatureHeaders } from './signature.js';
import type { AttemptFault, AttemptOutcome, Sink, Target } from './sink.js';
import { socketFaultOf, TimedOut, Cancelled } from './socket-fault.js';
import { hostOf, type TargetGuard } from './target-guard.js';

const DEFAULT_PORT = '4222';
/** Of an address, where there is another one to be tried. */
const ATTEMPT_WITHIN_MS = 3_000;

interface Link {
  /** What it was made for: another URL or other credentials want another link. */
  key: string;
  connecting: Promise<{ connection: Nats.NatsConnection; stream: JetStreamClient }>;
}

/**
 * NATS JetStream: the subject is the endpoint's own, a dot and the type of the event; `Nats-Msg-Id` is the id of the
 * message, by which the stream drops repetitions. A message is taken once the stream has acknowledged it. One connection
 * per endpoint, made when it is needed; the client is loaded then.
 */
export class NatsSink implements Sink {
  private link: Link | undefined;

  constructor(private readonly guard: TargetGuard) {}

  async send(message: Message, target: Target): Promise<AttemptOutcome> {
    const startedMs = performance.now();
    const took = () => Math.round(performance.now() - startedMs);
    let cancel = (): void => undefined;
    const cancelled = new Promise<never>((_, reject) => (cancel = () => reject(new Cancelled())));
    target.signal.addEventListener('abort', cancel);
    try {
      const published = this.publish(message, target);
      await within(target.timeoutMs, Promise.race([published, cancelled]), new TimedOut());
      return { ok: true, durationMs: took() };
    } catch (error) {
      const code = faultOf(error);
      // what else is under way on a link that does not answer fails with it
      if (code === 'TIMEOUT') void this.close();
      return { ok: false, code, durationMs: took() };
    } finally {
      target.signal.removeEventListener('abort', cancel);
    }
  }

  async close(): Promise<void> {
    const { link } = this;
    this.link = undefined;
    const { connection } = (await link?.connecting.catch(() => undefined)) ?? {};
    await connection?.close();
  }

  private async publish({ id, type, body, mayBeRepeated }: Message, target: Target): Promise<void> {
    const { stream } = await this.linkTo(target).connecting;
    const { headers } = await import('@nats-io/transport-node');
    const signed = headers();
    for (const [name, value] of Object.entries(
      signatureHeaders({ id, at: new Date(), body, mayBeRepeated }, target.secrets),
    )) {
      signed.set(name, value);
    }
    await stream.publish(`${target.subject}.${type}`, body, {
      msgID: id,
      headers: signed,
      timeout: target.timeoutMs,
    });
  }

  private linkTo(target: Target): Link {
    const key = JSON.stringify([target.url, target.credentials]);
    if (this.link?.key === key) return this.link;
    void this.close();
    const link: Link = { key, connecting: this.connect(target) };
    const forget = () => {
      if (this.link === link) this.link = undefined;
    };
    link.connecting.then(({ connection }) => connection.closed().then(forget), forget);
    this.link = link;
    return link;
  }

  private async connect({ url, credentials, timeoutMs }: Target) {
    const nats = await import('@nats-io/transport-node');
    const { jetstream } = await import('@nats-io/jetstream');
    const to = new URL(url);
    const addresses = await this.guard.resolve(to);
    const host = hostOf(to);
    const port = to.port === '' ? DEFAULT_PORT : to.port;
    const options: Nats.NodeConnectionOptions = {
      servers: addresses.map((address) => `${isIP(address) === 6 ? `[${address}]` : address}:${port}`),
      noRandomize: true,
      name: 'rollcall',
      timeout: addresses.length > 1 ? Math.min(ATTEMPT_WITHIN_MS, timeoutMs) : timeoutMs,
      // the lane tries again; and servers that a server names have not been looked at
      reconnect: false,
      ignoreClusterUpdates: true,
      ...(credentials !== null && { authenticator: authenticatorOf(credentials, nats) }),
    };
    // the address was resolved here, so the name to be verified must be told
    if (to.protocol === 'tls:') Object.assign(options, { tls: isIP(host) === 0 ? { servername: host } : {} });
    const connection = await nats.connect(options);
    return { connection, stream: jetstream(connection) };
  }
}

/** By name: the client does not export all of its errors. */
const FAULTS: Record<string, AttemptFault> = {
  TimeoutError: 'TIMEOUT',
  AuthorizationError: 'NOT_AUTHORIZED',
  UserAuthenticationExpiredError: 'NOT_AUTHORIZED',
  PermissionViolationError: 'NOT_AUTHORIZED',
  JetStreamApiError: 'NOT_ACKNOWLEDGED',
  JetStreamError: 'NOT_ACKNOWLEDGED',
  JetStreamNotEnabled: 'NOT_ACKNOWLEDGED',
};

function faultOf(error: unknown): AttemptFault {
  // what the server denies comes as the cause of a request that failed
  for (let one = error; one instanceof Error; one = one.cause) {
    const fault = FAULTS[one.name];
    if (fault !== undefined) return fault;
  }
  return socketFaultOf(error);
}
