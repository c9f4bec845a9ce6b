import pg from 'pg';
import { failedTests } from './failures.js';

/** A busy machine takes its time with a goodbye; only what leaves a connection open waits so long. */
const GOODBYE_MILLISECONDS = 15_000;
let made = 0;

export interface FreshDatabase {
  url: string;
  name: string;
  /** @throws when the tests left connections open. A failed test's database is kept, and its name printed. */
  drop(): Promise<void>;
}

/**
 * An empty database of its own for a test file, migrated (a clone, about 60 ms) unless said otherwise. Call `drop()` in
 * `afterAll`.
 */
export async function freshDatabase({ migrated = true } = {}): Promise<FreshDatabase> {
  const name = `t_${setting('RUN')}_${process.env.JEST_WORKER_ID ?? '0'}_${process.pid}_${Date.now()}_${(made += 1)}`;
  await administer((client) =>
    client.query(`create database ${name} template ${migrated ? setting('TEMPLATE') : 'template0'}`),
  );
  const url = new URL(setting('SERVER'));
  url.pathname = `/${name}`;
  return { url: url.href, name, drop: () => drop(name) };
}

/** Runs a statement beside the databases of the tests. */
async function administer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: setting('SERVER') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function drop(name: string): Promise<void> {
  await administer(async (client) => {
    const left = await connectionsLeft(client, name);
    if (failedTests() > 0) {
      const kept = `failed_${Math.floor(Date.now() / 1000)}_${name}`.slice(0, 63);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await client.query(`alter database ${name} rename to ${kept}`);
      console.warn(`The database of the failed test is kept for a day: ${kept}`);
    } else {
      await client.query(`drop database if exists ${name} with (force)`);
    }
    if (left.length > 0) throw new Error(`This test file leaves connections open: ${left.join('; ')}`);
  });
}

/** What is still connected after a moment: the goodbye of a closed pool takes a moment to arrive. */
async function connectionsLeft(client: pg.Client, name: string): Promise<string[]> {
  const deadline = Date.now() + GOODBYE_MILLISECONDS;
  for (;;) {
    const { rows } = await client.query<{ text: string }>(
      `select application_name || ' (' || coalesce(state, '?') || '): ' || left(query, 80) as text
         from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [name],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => row.text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function setting(name: string): string {
  const value = process.env[`TESTED_${name}`];
  if (value === undefined) throw new Error('freshDatabase() works only under jest with our jest.config.mjs');
  return value;
}
