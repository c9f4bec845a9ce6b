import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { DatabaseProxy } from '../../test/faults/database-proxy.js';
import { redactUrl } from '../config/database-url.js';
import { checkServer, DatabaseCheckError } from './server-check.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function refusalOf(url: string, withinMilliseconds?: number): Promise<DatabaseCheckError> {
  const error: unknown = await checkServer(url, withinMilliseconds).catch((reason: unknown) => reason);
  if (error instanceof DatabaseCheckError) return error;
  throw new Error(`not refused: ${String(error)}`);
}

/** A database beside ours, made as told, for the time of `work`. */
async function withDatabase(options: string, work: (url: string) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const name = `${database.name}_x`;
  await admin.query(`create database ${name} template template0 ${options}`);
  try {
    const url = new URL(database.url);
    url.pathname = `/${name}`;
    await work(url.href);
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

test('the embedded server passes and its version is told', async () => {
  expect((await checkServer(database.url)).version).toBeGreaterThanOrEqual(180_000);
});

test('a database with LC_CTYPE C is refused: Arabic has no letters there', () =>
  withDatabase("encoding 'UTF8' locale 'C'", async (url) => {
    const refusal = await refusalOf(url);
    expect(refusal.code).toBe('DATABASE_LOCALE');
    expect(refusal.message).toContain("locale 'C.UTF-8' template template0");
    expect(refusal.message).toContain('DATABASE_URL');
  }));

test('a database that is not in UTF-8 is refused', () =>
  withDatabase("encoding 'SQL_ASCII' locale 'C'", async (url) => {
    expect(await refusalOf(url)).toMatchObject({ code: 'DATABASE_ENCODING' });
  }));

test('nobody listening, a wrong password, a wrong name: one message that names the setting without its password', async () => {
  const url = new URL(database.url);
  const wrong = {
    port: Object.assign(new URL(url), { port: '1' }),
    password: Object.assign(new URL(url), { password: 'not-the-password' }),
    name: Object.assign(new URL(url), { pathname: '/nothing_here' }),
  };
  for (const [what, target] of Object.entries(wrong)) {
    const refusal = await refusalOf(target.href);
    expect([what, refusal.code]).toEqual([what, 'DATABASE_UNREACHABLE']);
    expect(refusal.message).toContain('DATABASE_URL (postgresql://rollcall:***@127.0.0.1');
    expect(refusal.message).not.toContain(url.password);
    expect(refusal.message).not.toContain('not-the-password');
  }
});

test('a server that says nothing is given up after the time that was given', async () => {
  const proxy = new DatabaseProxy();
  const url = await proxy.open(database.url);
  proxy.set('silent');
  const started = Date.now();
  expect((await refusalOf(url, 200)).code).toBe('DATABASE_UNREACHABLE');
  expect(Date.now() - started).toBeLessThan(2000);
  await proxy.close();
});

test('a password is hidden wherever it stands in the address', () => {
  expect(redactUrl('postgres://u:secret@h/d?sslmode=require')).toBe('postgres://u:***@h/d?sslmode=require');
  expect(redactUrl('postgres://u@h/d?password=secret')).not.toContain('secret');
});
