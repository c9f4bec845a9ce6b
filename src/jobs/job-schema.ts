import { PgBoss } from 'pg-boss';
import { BoundedClient } from '../db/bounded-client.js';
import { connectionOptions } from '../db/pool-options.js';
import { bossOptions, JOBS_SCHEMA } from './boss.js';

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
    const { rows } = await client.query<{ found: boolean }>(
      'select to_regnamespace($1) is not null as found',
      [JOBS_SCHEMA],
    );
    return rows[0]?.found === true;
  } finally {
    await client.end();
  }
}
