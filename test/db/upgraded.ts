import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from '../../src/config/root.js';
import { migrate } from '../../src/db/migrations.js';
import { freshDatabase } from '../harness/database.js';

const SHIPPED = join(projectRoot, 'migrations');

/** A database as an earlier release left it, to be migrated once something is in it. */
export interface Upgraded {
  client: pg.Client;
  url: string;
  upgrade(): Promise<void>;
  drop(): Promise<void>;
}

/** @param before the first migration, by its number, that the earlier release did not have */
export async function databaseBefore(before: number): Promise<Upgraded> {
  const database = await freshDatabase({ migrated: false });
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-earlier-'));
  for (const file of readdirSync(SHIPPED)) {
    if (Number(file.split('-')[0]) < 1_764_000_000_000 + before)
      copyFileSync(join(SHIPPED, file), join(folder, file));
  }
  await migrate(database.url, { folder });
  rmSync(folder, { recursive: true });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  return {
    client,
    url: database.url,
    upgrade: async () => void (await migrate(database.url)),
    drop: async () => {
      await client.end();
      await database.drop();
    },
  };
}
