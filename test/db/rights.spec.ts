import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { Partitions } from '../../src/inbox/partitions.service.js';
import { checkRights, grantTo } from '../../src/db/rights.js';
import { prepareDatabase, prepareForCommand } from '../../src/prepare-database.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually, runBuilt } from '../harness/processes.js';

jest.setTimeout(180_000);

let database: FreshDatabase;
let admin: pg.Client;
let owner: string;
let app: string;
beforeEach(async () => {
  database = await freshDatabase({ migrated: false });
  await enter(database.url, database.name);
});
afterEach(async () => {
  await leave();
  await database.drop();
});

/** Two roles without any right but to connect, in a database that is not theirs and whose `public` is closed. */
async function enter(url: string, name: string): Promise<void> {
  [owner, app] = [`owner_${name}`, `app_${name}`];
  admin = new pg.Client({ connectionString: url });
  admin.on('error', () => undefined); // the database is dropped
  await admin.connect();
  await admin.query('drop schema if exists public, pgboss cascade; create schema public');
  for (const role of [owner, app]) await admin.query(`create role ${role} login password 'pw'`);
}

async function leave(): Promise<void> {
  const { rows } = await admin.query<{ me: string; database: string }>(
    'select current_user as me, quote_ident(current_database()) as database',
  );
  await admin.query(`alter database ${rows[0]?.database} owner to ${rows[0]?.me}`);
  for (const role of [owner, app]) {
    await admin.query(`drop owned by ${role} cascade`);
    await admin.query(`drop role ${role}`);
  }
  await admin.end();
}

function as(role: string, url = database.url): string {
  const target = new URL(url);
  [target.username, target.password] = [role, 'pw'];
  return target.href;
}

const silent = () => undefined;

test('a role without rights is told each GRANT, and with them it starts', async () => {
  const grants: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    const error = (await prepareDatabase(as(app), silent).catch((reason: unknown) => reason)) as
      Error | undefined;
    if (error === undefined) break;
    expect(error).toMatchObject({ code: 'DATABASE_RIGHTS' });
    const given = error.message.match(/GRANT [^;]*(?=;)/g) ?? [];
    expect(given.length).toBeGreaterThan(0);
    grants.push(...given);
    for (const grant of given) await admin.query(grant);
  }
  expect(grants).toEqual([
    `GRANT USAGE, CREATE ON SCHEMA public TO ${app}`,
    `GRANT CREATE ON DATABASE ${database.name} TO ${app}`,
  ]);
  await expect(prepareDatabase(as(app), silent)).resolves.toBeUndefined();
});

test('what the DBA has made ahead, in schemas of its own, needs no right on the database', async () => {
  await admin.query(`create schema extensions; grant usage on schema extensions to ${app};
    create extension pg_trgm schema extensions;
    create schema rollcall authorization ${app}; create schema pgboss authorization ${app};
    alter role ${app} in database ${database.name} set search_path = rollcall`);
  await prepareDatabase(as(app), silent);
  const { rows } = await admin.query<{ n: number }>(
    "select count(*)::int as n from pg_tables where schemaname = 'rollcall' and tablename in ('receipts', 'changes')",
  );
  expect(rows).toEqual([{ n: 2 }]);
});

test('a server whose role may not even read is told what to grant, and its tables are not made again', async () => {
  await admin.query(
    `grant create on database ${database.name} to ${owner}; grant all on schema public to ${owner}`,
  );
  await prepareDatabase(as(owner), silent);
  const error = (await prepareDatabase(as(app), silent).catch((reason: unknown) => reason)) as Error;
  expect(error.message).toContain(`GRANT USAGE ON SCHEMA public TO ${app}`);
  // nor does a command take it for an empty one
  const asked = prepareForCommand({ url: as(app), embedded: false }, silent);
  await expect(asked).rejects.toMatchObject({
    code: 'DATABASE_RIGHTS',
    message: expect.stringContaining(`GRANT USAGE ON SCHEMA public TO ${app}`) as string,
  });
  await admin.query(`grant usage on schema public to ${app}`);
  await expect(prepareForCommand({ url: as(app), embedded: false }, silent)).rejects.toMatchObject({
    code: 'DATABASE_RIGHTS',
    message: expect.stringContaining('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES') as string,
  });
  await admin.query(`grant select on schema_migrations, schema_breaks to ${app}`);
  await expect(checkRights(as(app))).rejects.toMatchObject({
    code: 'DATABASE_RIGHTS',
    message: expect.stringMatching(
      /SCHEMA pgboss.*GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO \S+; GRANT USAGE ON ALL SEQUENCES.*ensure_month_partitions\(integer\)/,
    ) as string,
  });
});

test('both roles know the server by the same name, where only the owner may read it', async () => {
  await admin.query(
    `grant create on database ${database.name} to ${owner}; grant all on schema public to ${owner};
     revoke execute on function pg_control_system() from public; grant execute on function pg_control_system() to ${owner};
     create schema hostile; create table hostile.pg_database as select 0 as oid, 'none' as datname;
     grant usage on schema hostile to ${app}; grant select on hostile.pg_database to ${app}`,
  );
  await prepareDatabase(as(owner), silent);
  await admin.query(`grant usage on schema public to ${app}`);
  const clusterOf = async (role: string, searchPath: string) => {
    const client = new pg.Client({ connectionString: as(role), options: `-c search_path=${searchPath}` });
    await client.connect();
    const { rows } = await client.query<{ cluster: string }>('select public.current_cluster() as cluster');
    await client.end();
    return rows[0]?.cluster;
  };
  const known = await clusterOf(owner, 'public');
  expect(known).toMatch(/^\d+$/);
  expect(await clusterOf(app, 'public')).toBe(known);
  expect(await clusterOf(app, 'hostile,pg_catalog,public')).toBe(known);
});

test('rollcall db migrate with the owner, the server with a role that reads and writes: all works, jobs and months too', async () => {
  let rollcall: TestApp | undefined;
  await leave();
  try {
    rollcall = await startApp({
      captureLog: true,
      env: { ROLLCALL_LOG_LEVEL: 'info' },
      route: async (url) => {
        await enter(url, new URL(url).pathname.slice(1));
        await admin.query(
          `alter database ${new URL(url).pathname.slice(1)} owner to ${owner}; alter schema public owner to pg_database_owner`,
        );
        const done = await runBuilt('src/cli/main.js', ['db', 'migrate', '--grant-to', app], {
          DATABASE_URL: as(owner, url),
        });
        expect(done).toMatchObject({ code: 0 });
        // as somebody was helpful before
        await admin.query(`grant all on audit, audit_links, audit_heads to ${app}`);
        await grantTo(as(owner, url), app);
        await prepareDatabase(as(app, url), silent);
        return as(app, url);
      },
    });
    expect((await rollcall.callback('success', [anApplicant({ firstName: 'منى' })])).status).toBe(200);
    const found = await rollcall.api('/api/v1/applicants/search', {
      method: 'POST',
      body: JSON.stringify({ q: 'مني' }),
      headers: { 'content-type': 'application/json' },
    });
    expect(((await found.json()) as { items: unknown[] }).items).toHaveLength(1);
    // who has the server's role can add to the audit, and change or take away nothing of it
    await eventually(async () => (await rollcall?.sql('select from audit_links'))?.length);
    const server = new pg.Client({ connectionString: as(app, rollcall.databaseUrl) });
    await server.connect();
    for (const table of ['audit', 'audit_links', 'audit_heads']) {
      for (const change of [`update ${table} set`, `delete from ${table}`, `truncate ${table}`]) {
        const sql = change.replace(/set$/, table === 'audit' ? "set actor = ''" : 'set n = 0');
        await expect(server.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    }
    // nor have the row of a key or a person sealed that it has written itself
    for (const sql of [
      "insert into api_keys_to_seal select id, name, digest, '{*}' from api_keys",
      "insert into users_to_seal select id, login, name, '{admin}', password, subject, sessions_from, null from users",
    ]) {
      await expect(server.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
    await server.end();
    await rollcall.sql(
      "do $$ begin execute 'drop table ' || (select max(inhrelid::regclass::text) from pg_inherits where inhparent = 'receipts'::regclass and inhrelid::regclass::text like 'receipts_y%'); end $$",
    );
    const months = "select inhrelid::regclass::text from pg_inherits where inhparent = 'receipts'::regclass";
    const before = (await rollcall.sql(months)).length;
    await rollcall.app.get(Partitions, { strict: false }).make();
    expect(await rollcall.sql(months)).toHaveLength(before + 1);
    const asked = await rollcall.api('/api/v1/exports', {
      method: 'POST',
      body: JSON.stringify({ what: 'applicants', format: 'csv' }),
      headers: { 'content-type': 'application/json' },
    });
    const { id } = (await asked.json()) as { id: string };
    let state: unknown;
    for (let tries = 0; tries < 200 && state !== 'ready'; tries += 1) {
      await setTimeout(100);
      ({ state } = (await (await rollcall.api(`/api/v1/exports/${id}`)).json()) as { state: unknown });
    }
    expect(state).toBe('ready');
    await eventually(async () => (await fetch(`${rollcall?.url}/health/ready`)).status === 200);
    expect(rollcall.log.filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([]);
  } finally {
    await leave();
    await rollcall?.stop();
    await enter(database.url, database.name);
  }
});
