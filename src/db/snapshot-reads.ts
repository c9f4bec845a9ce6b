import type pg from 'pg';
import { BoundedClient } from './bounded-client.js';
import { MAX_PAGE_BYTES } from './page-bytes.repository.js';
import { connectionOptions, type Timeouts } from './pool-options.js';

/** Much longer than a request may take, but not for ever: a rare filter reads the whole table within one batch. */
const LONG_READ: Partial<Timeouts> = {
  statement: 300_000,
  answer: 310_000,
  // the reader may wait for a slow disk in between
  idleInTransaction: 300_000,
};

/** One snapshot of the database: every statement sees the same, whatever others commit meanwhile. */
export class Snapshot {
  constructor(private readonly client: pg.Client) {}

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(text, values)).rows;
  }

  /**
   * The rows of a statement, each as the list of its columns, from a server-side cursor. The next batch is fetched
   * while one is used. The list of a batch is emptied when the next one is requested.
   */
  async *batches<Row extends unknown[]>(
    { text, bytes, values }: BatchedRows,
    batchRows: number,
  ): AsyncGenerator<Row[], void, undefined> {
    await this.client.query(`declare batches no scroll cursor for ${text}`, values);
    await this.client.query(`declare bytes no scroll cursor for ${bytes}`, values);
    let known: number[] = [];
    const fetchRows = async (): Promise<Row[]> => {
      if (known.length < batchRows)
        known.push(...(await this.fetch<[number]>('bytes', batchRows)).map(([n]) => n));
      const count = countWithin(known.slice(0, batchRows), MAX_PAGE_BYTES);
      known = known.slice(count);
      return count === 0 ? [] : this.fetch<Row>('batches', count);
    };
    const next = (): Promise<Row[]> => {
      const fetched = fetchRows();
      fetched.catch(() => undefined); // `await ahead` throws it
      return fetched;
    };
    let ahead = next();
    for (;;) {
      const rows = await ahead;
      if (rows.length === 0) return;
      ahead = next();
      yield rows;
      // promises and timers of node-postgres keep old results until a full garbage collection: 500 bytes a row, half the speed
      rows.length = 0;
    }
  }

  private async fetch<Row extends unknown[]>(cursor: string, count: number): Promise<Row[]> {
    return (await this.client.query<Row>({ text: `fetch ${count} from ${cursor}`, rowMode: 'array' })).rows;
  }
}

/** A statement, and one that gives the size of its rows in the same order, since a cursor cannot be limited by bytes. */
export interface BatchedRows {
  text: string;
  bytes: string;
  /** Parameters of both. */
  values: unknown[];
}

/** How many rows, from the first on, fit the limit: at least one, if there is any. */
function countWithin(bytes: readonly number[], limit: number): number {
  let sum = 0;
  const beyond = bytes.findIndex((each, at) => (sum += each) > limit && at > 0);
  return beyond < 0 ? bytes.length : beyond;
}

/**
 * Reads that take minutes. Each has its own connection, so that it takes none from the requests. Its transaction is READ
 * ONLY: without a transaction id it delays no reader of the feed.
 */
export class SnapshotReads {
  constructor(private readonly url: string) {}

  /** @param signal aborting it makes the current read fail at once */
  async use<T>(signal: AbortSignal, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const client = new BoundedClient(connectionOptions(this.url, 'rollcall-export', LONG_READ));
    const leave = () => client.connection.stream.destroy();
    signal.addEventListener('abort', leave);
    try {
      await client.connect();
      await client.query('begin isolation level repeatable read, read only');
      return await work(new Snapshot(client));
    } finally {
      signal.removeEventListener('abort', leave);
      await client.end().catch(() => undefined);
    }
  }
}
