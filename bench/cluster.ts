import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../src/config/config.js';
import { migrate } from '../src/db/migrations.js';
import { type OpenDatabase, openDatabase } from '../src/db/open-database.js';

/** A database of its own, migrated unless asked otherwise, and one connection to look at it. */
export interface Database {
  url: string;
  /** Whose server's CPU time counts. */
  backendPid: number;
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Closes the connection and drops the database. */
  drop(): Promise<void>;
}

/** The embedded Postgres with its real settings, in a folder that is gone afterwards. */
export class Cluster {
  private made = 0;

  private constructor(
    /** For logs and scripts of the scenarios too. */
    readonly folder: string,
    private readonly server: OpenDatabase,
    private readonly admin: pg.Client,
  ) {}

  static async open(): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
    // run by root, Postgres has an account of its own: shut out of here its files would go elsewhere, and stay there
    await chmod(folder, 0o711);
    const server = await openDatabase(loadConfig({ ROLLCALL_DATA_DIR: join(folder, 'data') }));
    return new Cluster(folder, server, await connect(server.url));
  }

  async version(): Promise<string> {
    const { rows } = await this.admin.query<{ version: string }>('select version()');
    return rows[0]?.version.split(' on ')[0] ?? 'PostgreSQL';
  }

  async database(purpose: string, { migrated = true } = {}): Promise<Database> {
    const name = `${purpose}_${++this.made}`;
    await this.admin.query(`create database ${pg.escapeIdentifier(name)}`);
    const url = Object.assign(new URL(this.server.url), { pathname: `/${name}` }).href;
    if (migrated) await migrate(url);
    const client = await connect(url);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return {
      url,
      backendPid: rows[0]?.pid ?? 0,
      query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
        (await client.query<Row>(text, values)).rows,
      drop: async () => {
        await client.end();
        await this.admin.query(`drop database ${pg.escapeIdentifier(name)} with (force)`);
      },
    };
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: 'bench' });
  // the server ends these connections when it stops: no reason to fall over
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
