import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import {
  type Authenticator,
  connect,
  credsAuthenticator,
  errors,
  headers,
  type NatsConnection,
  type NodeConnectionOptions,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
} from '@nats-io/transport-node';
import { isIP } from 'node:net';
import { within } from '../observability/within.js';
import type { AttemptFault, AttemptOutcome, Destination, Dispatch } from './destination.js';
import { readNatsCredentials } from './nats-credentials.js';
import { signatureHeaders } from './signature.js';
import { Cancelled, socketFaultOf, TimedOut } from './socket-fault.js';
import { hostOf, type TargetGuard } from './target-guard.js';

const DEFAULT_PORT = '4222';
/** Per address, where there are several. */
const CONNECT_WITHIN_MS = 3_000;

interface Link {
  /** The settings it was made with: another URL or other credentials need another link. */
  key: string;
  connecting: Promise<{ connection: NatsConnection; stream: JetStreamClient }>;
}

/**
 * NATS JetStream: the subject is that of the endpoint, a dot and the type of the event; `Nats-Msg-Id` is the id of the
 * message, by which the stream drops repetitions. A message is delivered once the stream has acknowledged it. There is
 * one connection per endpoint, made with the first message.
 */
export class NatsDestination implements Destination {
  private link: Link | undefined;

  constructor(private readonly guard: TargetGuard) {}

  async send(dispatch: Dispatch): Promise<AttemptOutcome> {
    const { signal, timeoutMs } = dispatch;
    let cancel = (): void => undefined;
    const cancelled = new Promise<never>((_, reject) => (cancel = () => reject(new Cancelled())));
    signal.addEventListener('abort', cancel);
    try {
      await within(timeoutMs, Promise.race([this.publish(dispatch), cancelled]), new TimedOut());
      return { ok: true };
    } catch (error) {
      const code = faultOf(error);
      // the other messages on a connection that does not answer fail with it
      if (code === 'TIMEOUT') void this.close();
      return { ok: false, code };
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  async close(): Promise<void> {
    const { link } = this;
    this.link = undefined;
    const { connection } = (await link?.connecting.catch(() => undefined)) ?? {};
    await connection?.close();
  }

  private async publish(dispatch: Dispatch): Promise<void> {
    const { id, type, body, subject, timeoutMs } = dispatch;
    const { stream } = await this.linkTo(dispatch).connecting;
    const signed = headers();
    for (const [name, value] of Object.entries(signatureHeaders(dispatch))) signed.set(name, value);
    await stream.publish(`${subject}.${type}`, body, { msgID: id, headers: signed, timeout: timeoutMs });
  }

  private linkTo(dispatch: Dispatch): Link {
    const key = JSON.stringify([dispatch.url, dispatch.credentials]);
    if (this.link?.key === key) return this.link;
    void this.close();
    const link: Link = { key, connecting: this.connect(dispatch) };
    const forget = () => {
      if (this.link === link) this.link = undefined;
    };
    link.connecting.then(({ connection }) => connection.closed().then(forget), forget);
    this.link = link;
    return link;
  }

  private async connect({ url, credentials, timeoutMs }: Dispatch) {
    const to = new URL(url);
    const addresses = await this.guard.resolve(to);
    const host = hostOf(to);
    const port = to.port === '' ? DEFAULT_PORT : to.port;
    const options: NodeConnectionOptions = {
      servers: addresses.map(({ address, family }) => `${family === 6 ? `[${address}]` : address}:${port}`),
      noRandomize: true,
      name: 'rollcall',
      timeout: addresses.length > 1 ? Math.min(CONNECT_WITHIN_MS, timeoutMs) : timeoutMs,
      // the worker tries again, and nobody has judged the addresses of servers that a server names
      reconnect: false,
      ignoreClusterUpdates: true,
      ...(credentials !== null && { authenticator: authenticatorOf(credentials) }),
    };
    // the name was resolved here, so the client does not know which name to verify; its types lack `servername`
    if (to.protocol === 'tls:') Object.assign(options, { tls: isIP(host) === 0 ? { servername: host } : {} });
    const connection = await connect(options);
    return { connection, stream: jetstream(connection) };
  }
}

/** @throws Error for an incomplete credentials file */
function authenticatorOf(text: string): Authenticator {
  const credentials = readNatsCredentials(text);
  switch (credentials?.kind) {
    case 'file':
      return credsAuthenticator(Buffer.from(credentials.text));
    case 'password':
      return usernamePasswordAuthenticator(credentials.user, credentials.password);
    case 'token':
      return tokenAuthenticator(credentials.token);
    case undefined:
      throw new errors.AuthorizationError('the credentials file is not complete');
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
  // a denial of the server arrives as the cause of a failed request
  for (let one = error; one instanceof Error; one = one.cause) {
    const fault = FAULTS[one.name];
    if (fault !== undefined) return fault;
  }
  return socketFaultOf(error);
}
