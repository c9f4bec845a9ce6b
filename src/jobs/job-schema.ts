import { createRequire } from 'node:module';
import type { ClientBase } from 'pg';
import { PgBoss } from 'pg-boss';
import { BoundedClient } from '../db/bounded-client.js';
import { connectionOptions } from '../db/pool-options.js';
import { bossOptions } from './boss.js';
import { hasJobsSchema, readJobsVersion } from './job-schema.repository.js';

/** Which one pg-boss would make, and migrate an older one to; it says so in its manifest alone. */
const { schema: SCHEMA_VERSION } = (
  createRequire(import.meta.url)('pg-boss/package.json') as { pgboss: { schema: number } }
).pgboss;

/**
 * Makes pg-boss's tables, or brings them up to date; any number of processes may try at once. A schema that is there is
 * not made: `create schema if not exists` wants a right on the database all the same.
 */
export async function installJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    ...bossOptions(url, false),
    createSchema: !(await withClient(url, hasJobsSchema)),
  });
  boss.on('error', () => undefined); // what fails is thrown
  try {
    await boss.start();
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Whether pg-boss's tables are there as this release needs them, or as a newer one has them; changes nothing. */
export async function hasJobs(url: string): Promise<boolean> {
  return (await withClient(url, readJobsVersion)) >= SCHEMA_VERSION;
}

async function withClient<T>(url: string, work: (client: ClientBase) => Promise<T>): Promise<T> {
  const client = new BoundedClient(connectionOptions(url, 'rollcall-jobs'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
