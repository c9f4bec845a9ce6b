import pg from 'pg';
import { ConnectionLeftError, isUnavailable, ReadOnlyServerError, tellsOfServer } from './errors.js';
import { sessionStatement } from './session.js';

const GOODBYE_MILLISECONDS = 1500;
const SETTLE_MILLISECONDS = 3000;

export interface BoundedClientConfig extends pg.ClientConfig {
  /** Settings of the session over those that every connection has. */
  session?: Readonly<Record<string, string>>;
}

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void);
type Ask = (...asked: unknown[]) => unknown;

/** Who is connected, by connection string. */
const connected = new Map<string, Set<BoundedClient>>();

/**
 * Every connection of Rollcall. It does not outlive its server:
 * - it is made only to a server that takes writes, and set up before it is lent (`session.ts`);
 * - after an error that tells that the server is gone, silent or takes no writes it is left, not given back, and a pool
 *   drops it. TypeORM gives connections back without an error, and a pool lends first what came last: dead ones would be
 *   lent for ever;
 * - where one of them meets a silent server or one that was demoted, all that were made to that address are left;
 * - its `end()` comes to an end: a server that swallows packets never closes its side. After a short goodbye the socket
 *   is dropped.
 */
export class BoundedClient extends pg.Client {
  private readonly address: string;
  private readonly session: Readonly<Record<string, string>>;

  constructor(config: BoundedClientConfig) {
    super(config);
    this.address = config.connectionString ?? '';
    this.session = config.session ?? {};
    // the statement in flight fails with the same error; unheard, this one would stop the process
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
    const tell = callback as (error: Error | null, client?: pg.Client) => void;
    settled.then((client) => tell(null, client), tell);
  }

  override end(): Promise<void>;
  override end(callback: (error?: Error) => void): void;
  override end(callback?: (error?: Error) => void): Promise<void> | void {
    const force = setTimeout(() => this.connection.stream.destroy(), GOODBYE_MILLISECONDS).unref();
    this.once('end', () => clearTimeout(force));
    return callback === undefined ? super.end() : super.end(callback);
  }

  /** @throws ReadOnlyServerError where the server was demoted since: what only reads would never notice */
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

  /** By promise or by callback, as pools do; streams of rows are not used. */
  private ask(ask: Ask, asked: unknown[]): unknown {
    const told = asked.at(-1);
    if (typeof told === 'function') {
      return ask(...asked.slice(0, -1), (error: unknown, result: unknown) => {
        this.judge(error);
        (told as Ask)(error, result);
      });
    }
    const answer = ask(...asked);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.judge(error));
    return answer;
  }

  private judge<E>(error: E): E {
    if (!isUnavailable(error)) return error;
    this.leave();
    if (tellsOfServer(error)) for (const peer of connected.get(this.address) ?? []) peer.desert();
    return error;
  }

  /** At once and without an event: whoever lent this connection sees by its state that it must not be lent again. */
  private leave(): void {
    super.end(() => undefined);
    this.connection.stream.destroy();
  }

  /** Whoever holds this connection is told by an `error`, as if the network had cut it. */
  private desert(): void {
    this.connection.stream.destroy(new ConnectionLeftError());
  }
}
