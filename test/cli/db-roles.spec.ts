import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { CliContext } from '../../src/cli/context.js';
import { runCommand } from '../../src/cli/program.js';
import { loadConfig } from '../../src/config/config.js';
import { checkRights } from '../../src/db/rights.js';
import { prepareDatabase } from '../../src/prepare-database.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';

jest.setTimeout(60_000);

class TestContext extends CliContext {
  readonly printed: unknown[] = [];
  override print(value: unknown): void {
    this.printed.push(value);
  }
  readonly noted: string[] = [];
  override note(line: string): void {
    this.noted.push(line);
  }
}

let folder: string;
let file: string;
let database: FreshDatabase;
let role: string;
let admin: pg.Client;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-roles-'));
  file = join(folder, 'database-url');
  database = await freshDatabase({ migrated: false });
  role = `Server of ${database.name}`; // one that must be quoted
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.query(`drop owned by ${pg.escapeIdentifier(role)}; drop role ${pg.escapeIdentifier(role)}`);
  await admin.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function roles(...args: string[]) {
  const context = new TestContext(() => loadConfig({ DATABASE_URL: database.url }));
  const code = await runCommand(['--json', 'db', 'roles', '--runtime', role, ...args], context);
  return {
    code,
    printed: context.printed[0] as { done: string; url: string } | undefined,
    noted: context.noted,
  };
}

async function asked(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    await client.end();
  }
}

test('makes the role of the server, which serves and may change neither a table nor the audit', async () => {
  const made = await roles('--url-file', file);
  expect(made).toMatchObject({ code: 0, printed: { done: 'created' } });
  const url = readFileSync(file, 'utf8').trim();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.stringify(made.printed)).not.toContain(new URL(url).password);
  await checkRights(url);
  await prepareDatabase(url, () => undefined);
  expect(await asked(url, 'select current_user::text as role')).toEqual([{ role }]);
  expect(await asked(url, 'alter table applicants add column mine int')).toBe('42501');
  expect(await asked(url, "update audit set actor = ''")).toBe('42501');
  expect(await asked(url, 'create role another')).toBe('42501');
});

test('keeps what is good, and renews only where it is told to', async () => {
  const before = readFileSync(file, 'utf8').trim();
  expect(await roles('--url-file', file)).toMatchObject({ code: 0, printed: { done: 'kept' } });
  expect(await roles('--url-file', file, '--renew')).toMatchObject({ code: 0, printed: { done: 'kept' } });
  expect(readFileSync(file, 'utf8').trim()).toBe(before);
  rmSync(file);
  const refused = await roles('--url-file', file);
  expect(refused).toMatchObject({ code: 1, noted: [expect.stringContaining('ROLE_EXISTS')] });
  const shown = await roles('--renew');
  expect(shown).toMatchObject({ code: 0, printed: { done: 'renewed' } });
  expect(await asked(shown.printed!.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await asked(before, 'select 1 as one')).toBe('28P01');
});
