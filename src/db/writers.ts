import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg, {
  type ClientBase,
  type PoolClient,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
} from 'pg';
import { isUnavailable } from './errors.js';
import { recogniseOnConnect } from './histories.js';
import { poolOptions } from './pool-options.js';

const CLOSE_MILLISECONDS = 4000;

/** Before the first statement. */
async function prepare(client: ClientBase): Promise<void> {
  // on a young table the generic plan of a named statement may be a sequential scan for ever
  await client.query('set enable_seqscan = off');
  await recogniseOnConnect(client);
}

/**
 * The connections of the hot path: plain node-postgres, because TypeORM's queries are not named and an unnamed
 * statement costs 2.4 times as much. Use `name` in every query.
 */
export class Writers implements OnApplicationShutdown {
  private readonly log = new Logger(Writers.name);
  private readonly pool: pg.Pool;
  private readonly clients = new Set<PoolClient>();

  constructor(
    url: string,
    readonly maxConnections: number,
  ) {
    this.pool = new pg.Pool({
      ...poolOptions('rollcall-writer', maxConnections),
      connectionString: url,
      onConnect: prepare as unknown as () => void,
    });
    this.pool.on('error', (error) => this.log.warn(`An idle writer connection was lost: ${error.message}`));
    this.pool.on('connect', (client) => this.clients.add(client));
    this.pool.on('remove', (client) => this.clients.delete(client));
  }

  /**
   * Lends one connection for the time of `work`. It goes back to the pool only if its state is known: after a time-out
   * or a lost answer it is destroyed, since the server may still be busy with it.
   */
  async use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    // a connection that breaks while lent emits here; without a listener that would stop the process
    const onError = () => (broken = true);
    client.on('error', onError);
    try {
      return await work(client);
    } catch (error) {
      broken ||= isUnavailable(error);
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(broken);
    }
  }

  /** One statement on any connection. */
  query<Row extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<Row>> {
    return this.use((client) => client.query<Row>(statement));
  }

  /** Waits for lent connections, but not for a silent server. */
  async close(): Promise<void> {
    if (this.pool.ended || this.pool.ending) return;
    const force = setTimeout(() => {
      for (const client of this.clients) client.connection.stream.destroy();
    }, CLOSE_MILLISECONDS).unref();
    await this.pool.end();
    clearTimeout(force);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}
