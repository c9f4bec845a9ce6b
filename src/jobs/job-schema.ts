import { PgBoss } from 'pg-boss';
import { BoundedClient } from '../db/bounded-client.js';
import { connectionOptions } from '../db/pool-options.js';
import { bossOptions } from './boss.js';
import { hasJobsSchema } from './job-schema.repository.js';

/**
 * Makes pg-boss's tables, or brings them up to date; any number of processes may try at once. A schema that is there is
 * not made: `create schema if not exists` wants a right on the database all the same.
 */
export async function installJobs(url: string): Promise<void> {
  const boss = new PgBoss({ ...bossOptions(url, false), createSchema: !(await hasSchema(url)) });
  boss.on('error', () => undefined); // what fails is thrown
  try {
    await boss.start();
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function hasSchema(url: string): Promise<boolean> {
  const client = new BoundedClient(connectionOptions(url, 'rollcall-jobs'));
  await client.connect();
  try {
    return await hasJobsSchema(client);
  } finally {
    await client.end();
  }
}
