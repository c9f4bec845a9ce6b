import { createRequire } from 'node:module';
import type { ClientBase } from 'pg';
import { PgBoss } from 'pg-boss';
import { BoundedClient } from '../db/bounded-client.js';
import { connectionOptions } from '../db/pool-options.js';
import { bossOptions } from './boss.js';
import { hasJobsSchema, readJobsVersion } from './job-schema.repository.js';

/** The version that pg-boss makes, and migrates older ones to. Only its manifest names it. */
const { schema: SCHEMA_VERSION } = (
  createRequire(import.meta.url)('pg-boss/package.json') as { pgboss: { schema: number } }
).pgboss;

/**
 * Makes the tables of pg-boss, or brings them up to date; any number of processes may try at once. It does not create an
 * existing schema, because even `create schema if not exists` needs a right on the database.
 */
export async function installJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    ...bossOptions(url, false),
    createSchema: !(await withClient(url, hasJobsSchema)),
  });
  boss.on('error', () => undefined); // `start` throws
  try {
    await boss.start();
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Whether the tables of pg-boss are those of this release or of a newer one. Changes nothing. */
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
