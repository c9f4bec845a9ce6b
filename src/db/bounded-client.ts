import pg from 'pg';
import {
  ConnectionLeftError,
  isUnavailable,
  ReadOnlyServerError,
  sqlState,
  tellsOfServer,
} from './errors.js';
import { sessionStatement } from './session.js';

export const QUERY_CANCELED = '57014';
const GOODBYE_MILLISECONDS = 1500;
const SETTLE_MILLISECONDS = 3000;

export interface BoundedClientConfig extends pg.ClientConfig {
  /** Settings of the session, on top of those that every connection has. */
  session?: Readonly<Record<string, string>>;
}

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);
type Ask = (...asked: unknown[]) => unknown;

/** The connected clients by connection string. */
const connected = new Map<string, Set<BoundedClient>>();

/**
 * Every connection of Rollcall is one of these. It does not outlive its server:
 * - It connects only to a server that takes writes, and sets up its session before anyone uses it (`session.ts`).
 * - After an error that says the server is gone, silent or read-only, it closes itself, so a pool drops it. TypeORM gives
 *   connections back without an error, and a pool lends the last one first: it would lend dead connections for ever.
 *   `impatiently` makes an exception of statements whose own short bound ends them, which is no news of the server.
 * - When one connection meets a silent or demoted server, all connections to that address are closed.
 * - Its `end()` always ends. A server that swallows packets never closes its side, so the socket is dropped soon.
 */
export class BoundedClient extends pg.Client {
  private readonly address: string;
  private readonly session: Readonly<Record<string, string>>;
  private isImpatient = false;

  constructor(config: BoundedClientConfig) {
    super(config);
    this.address = config.connectionString ?? '';
    this.session = config.session ?? {};
    // the statement in flight fails with the same error; without a listener this one would end the process
    this.on('error', () => undefined);
    this.once('end', () => connected.get(this.address)?.delete(this));
    const ask = super.query.bind(this) as Ask;
    this.query = ((...asked: unknown[]) => this.ask(ask, asked)) as typeof this.query;
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.Client> | void {
    const settled = super.connect().then(() => this.settle());
    if (callback === undefined) return settled;
    const done = callback as (error: Error | null, client?: pg.Client) => void;
    settled.then((client) => done(null, client), done);
  }

  override end(): Promise<void>;
  override end(callback: (error?: Error) => void): void;
  override end(callback?: (error?: Error) => void): Promise<void> | void {
    const force = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MILLISECONDS).unref();
    this.once('end', () => clearTimeout(force));
    return callback === undefined ? super.end() : super.end(callback);
  }

  /** Keeps the connection where a bound of the caller's own, below that of the session, ends a statement of `work`. */
  async impatiently<T>(work: () => Promise<T>): Promise<T> {
    this.isImpatient = true;
    try {
      return await work();
    } finally {
      this.isImpatient = false;
    }
  }

  /** @throws ReadOnlyServerError if the server was demoted meanwhile: a connection that only reads would never notice */
  async checkWritable(): Promise<void> {
    const { rows } = await this.query<{ readOnly: string }>(
      `select current_setting('transaction_read_only') as "readOnly"`,
    );
    if (rows[0]?.readOnly === 'on') throw this.judge(new ReadOnlyServerError());
  }

  private async settle(): Promise<pg.Client> {
    try {
      const statement = { text: sessionStatement(this.session), query_timeout: SETTLE_MILLISECONDS };
      const { rows } = await super.query<{ readOnly: string }>(statement);
      if (rows[0]?.readOnly === 'on') throw new ReadOnlyServerError();
    } catch (error) {
      this.leave();
      throw error;
    }
    const peers = connected.get(this.address) ?? new Set();
    connected.set(this.address, peers.add(this));
    return this;
  }

  /** By promise or by callback, as pools do. We do not stream rows. */
  private ask(ask: Ask, asked: unknown[]): unknown {
    const callback = asked.at(-1);
    if (typeof callback === 'function') {
      return ask(...asked.slice(0, -1), (error: unknown, result: unknown) => {
        this.judge(error);
        (callback as Ask)(error, result);
      });
    }
    const answer = ask(...asked);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.judge(error));
    return answer;
  }

  private judge<E>(error: E): E {
    if (!isUnavailable(error) || (this.isImpatient && sqlState(error) === QUERY_CANCELED)) return error;
    this.leave();
    if (tellsOfServer(error)) for (const peer of connected.get(this.address) ?? []) peer.desert();
    return error;
  }

  /** At once and without an event. Its state tells the pool not to lend it again. */
  private leave(): void {
    super.end(() => undefined);
    this.connection.stream.destroy();
  }

  /** Its holder gets an `error`, as if the network had cut the connection. */
  private desert(): void {
    this.connection.stream.destroy(new ConnectionLeftError());
  }
}

/** Connects for the time of `work`. */
export async function withClient<T>(
  config: BoundedClientConfig,
  work: (client: BoundedClient) => Promise<T>,
): Promise<T> {
  const client = new BoundedClient(config);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
