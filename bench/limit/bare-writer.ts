import pg from 'pg';
import type { StatementDriver } from './statement-driver.js';
import { SESSION } from './pgbench.js';
import { KNOWN_PER_CLIENT, limitStatement, type Written } from './write-statement.js';

/** Where there is no pgbench: the same statement from node-postgres, which costs the limit some of its CPU. */
export class BareWriter implements StatementDriver {
  readonly name: string;

  private constructor(
    private readonly clients: pg.Client[],
    private readonly statement: string,
  ) {
    this.name = `node-postgres with ${clients.length} connections (no pgbench found)`;
  }

  static async start(url: string, written: Written, clients: number): Promise<BareWriter> {
    const statement = await limitStatement(written, (name) => (name === 'c' ? '$1' : '$2'));
    const options = Object.entries(SESSION).map(([name, value]) => `-c ${name}=${value}`);
    const opened = Array.from(
      { length: clients },
      () => new pg.Client({ connectionString: url, options: options.join(' ') }),
    );
    await Promise.all(opened.map((client) => client.connect()));
    return new BareWriter(opened, statement);
  }

  async run(seconds: number): Promise<number> {
    const startedMs = performance.now();
    const untilMs = startedMs + seconds * 1000;
    const written = await Promise.all(
      this.clients.map(async (client, at) => {
        let statements = 0;
        for (; performance.now() < untilMs; statements++) {
          const values = [at, Math.floor(Math.random() * KNOWN_PER_CLIENT)];
          await client.query({ name: 'limit', text: this.statement, values });
        }
        return statements;
      }),
    );
    const statements = written.reduce((total, some) => total + some, 0);
    return statements / ((performance.now() - startedMs) / 1000);
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
  }
}
