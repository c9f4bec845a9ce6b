import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, migrationStatus } from '../../src/db/migrations.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('a clone of the template has nothing left to migrate', async () => {
  const status = await migrationStatus(database.url);
  expect(status.pending).toEqual([]);
  expect(status.applied).toContain('core1764000000001');
  expect(await migrate(database.url)).toEqual([]);
});
