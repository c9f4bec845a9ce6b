import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg, { type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import { recogniseOnConnect } from './histories.js';
import { poolOptions } from './pool-options.js';

const CLOSE_MILLISECONDS = 4000;

/**
 * The connections of the hot path. They are plain node-postgres, because TypeORM does not name its queries and an unnamed
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
      // a named statement that was planned on a young table may use a sequential scan for ever
      ...poolOptions(url, 'rollcall-writer', maxConnections, {}, { enable_seqscan: 'off' }),
      // before the first statement
      onConnect: recogniseOnConnect as unknown as () => void,
    });
    this.pool.on('error', (error) => this.log.warn(`An idle writer connection was lost: ${error.message}`));
    this.pool.on('connect', (client) => this.clients.add(client));
    this.pool.on('remove', (client) => this.clients.delete(client));
  }

  /** Lends one connection for the time of `work`. After a time-out or a lost answer the pool drops it. */
  async use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  /** One statement on any connection. */
  query<Row extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<Row>> {
    return this.use((client) => client.query<Row>(statement));
  }

  /** Waits for lent connections, but not for a silent server. */
  async onApplicationShutdown(): Promise<void> {
    if (this.pool.ended || this.pool.ending) return;
    const force = setTimeout(() => {
      for (const client of this.clients) client.connection.stream.destroy();
    }, CLOSE_MILLISECONDS).unref();
    await this.pool.end();
    clearTimeout(force);
  }
}
