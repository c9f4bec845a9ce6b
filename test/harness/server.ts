import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../src/config/config.js';
import { projectRoot } from '../../src/config/root.js';
import { type OpenDatabase, openDatabase } from '../../src/db/open-database.js';
import { installSchema } from '../../src/prepare-database.js';

const TEMPLATE_LOCK = 7_655_322_002;
const KEPT_MILLISECONDS = 24 * 3_600_000;

/**
 * Opens the test server: an embedded Postgres in a folder of the system's temporary files that outlives the run, so
 * that a failed test's database can be looked at and the next run starts in a moment. The template is named after the
 * migrations, made once, and cloned by `freshDatabase()`.
 */
export async function openTestServer(): Promise<OpenDatabase> {
  const server = await openDatabase(loadConfig({ NODE_ENV: 'test', ROLLCALL_DATA_DIR: testFolder() }));
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await dropStale(client);
    process.env.TESTED_SERVER = server.url;
    process.env.TESTED_TEMPLATE = await ensureTemplate(client, server.url);
    process.env.TESTED_RUN = String(process.pid);
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await client.end();
  }
  return server;
}

function testFolder(): string {
  const checkout = createHash('sha256').update(projectRoot).digest('hex').slice(0, 8);
  return join(tmpdir(), `rollcall-test-${userInfo().uid}-${checkout}`);
}

/** Made of what is in it: the migrations, and the month, since they make the partitions of the months to come. */
function templateName(): string {
  const folder = join(projectRoot, 'migrations');
  const hash = createHash('sha256').update(new Date().toISOString().slice(0, 7));
  for (const file of readdirSync(folder).sort()) {
    if (/^\d{13}-.*\.sql$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)));
  }
  hash.update('with the tables of the jobs');
  return `template_${hash.digest('hex').slice(0, 12)}`;
}

async function ensureTemplate(client: pg.Client, url: string): Promise<string> {
  const template = templateName();
  const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [
    template,
  ]);
  if (rowCount === 1) return template;
  await client.query(`drop database if exists ${template} with (force)`);
  await client.query(`create database ${template}`);
  const target = new URL(url);
  target.pathname = `/${template}`;
  await installSchema(target.href, () => undefined);
  await client.query(`alter database ${template} with is_template true allow_connections false`);
  return template;
}

/** Databases of runs that are over, failed tests' databases after a day, and old templates when nobody can need them. */
async function dropStale(client: pg.Client): Promise<void> {
  const names = await databasesLike(client, '^(t|failed)_[0-9]+_');
  const stale = names.filter((name) => {
    const [kind, number] = name.split('_');
    return kind === 't' ? !isAlive(Number(number)) : Date.now() - Number(number) * 1000 > KEPT_MILLISECONDS;
  });
  for (const name of stale)
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
  if (names.some((name) => name.startsWith('t_') && !stale.includes(name))) return;
  for (const name of await databasesLike(client, '^template_')) {
    if (name === templateName()) continue;
    await client.query(`alter database ${name} with is_template false`);
    await client.query(`drop database ${name} with (force)`);
  }
}

async function databasesLike(client: pg.Client, pattern: string): Promise<string[]> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where datname ~ $1',
    [pattern],
  );
  return rows.map((row) => row.datname);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
