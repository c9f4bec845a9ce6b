import pg from 'pg';
import { BoundedClient } from './bounded-client.js';
import { reasonOf, sqlState } from './errors.js';
import { MIGRATIONS_TABLE } from './migration-run.js';
import { connectionOptions } from './pool-options.js';

const JOBS_SCHEMA = 'pgboss';
/** The server's role only reads these. */
const ONLY_READ = [MIGRATIONS_TABLE, 'schema_breaks'];

/** What a role may not do that it must; the message gives the GRANT. */
class RightsError extends Error {
  readonly code = 'DATABASE_RIGHTS';
}

/** Of the owner who has migrated. */
const OWNED = (owner: string) =>
  `${owner} = (select relowner from pg_class where oid = to_regclass('${MIGRATIONS_TABLE}'))`;
const MINE = (owner: string) => `pg_has_role(${owner}, 'usage')`;

interface Lack {
  schema: string;
  usage: boolean;
  tables: boolean;
  sequences: boolean;
  functions: string | null;
}

/** Lets `role` serve with what is in the database, and with what later migrations of the same owner will make. */
export async function grantTo(url: string, role: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const grants: string[] = [];
    for (const schema of await schemasOf(client)) {
      // one by one, and not ALL IN SCHEMA: there may be others' in it
      const { rows } = await client.query<{ right: string }>(
        `select 'USAGE ON SCHEMA ' || quote_ident($1) as right
         union all
         select case c.relkind when 'S' then 'USAGE ON SEQUENCE ' else 'SELECT, INSERT, UPDATE, DELETE ON ' end
             || c.oid::regclass from pg_class c
           where c.relnamespace = to_regnamespace(quote_ident($1)) and c.relkind in ('r', 'p', 'v', 'S')
             and ${MINE('c.relowner')} and (not c.relispartition or $1 = $2)
         union all
         select 'EXECUTE ON FUNCTION ' || p.oid::regprocedure from pg_proc p
           where p.pronamespace = to_regnamespace(quote_ident($1)) and ${MINE('p.proowner')}`,
        [schema, JOBS_SCHEMA],
      );
      grants.push(...rows.map(({ right }) => `GRANT ${right} TO ${nameOf(role)}`));
      for (const right of [
        'SELECT, INSERT, UPDATE, DELETE ON TABLES',
        'USAGE ON SEQUENCES',
        'EXECUTE ON FUNCTIONS',
      ]) {
        grants.push(`ALTER DEFAULT PRIVILEGES IN SCHEMA ${nameOf(schema)} GRANT ${right} TO ${nameOf(role)}`);
      }
    }
    for (const grant of grants) await client.query(grant);
    const left = await grantsToServe(client, role);
    if (left.length > 0) {
      throw new RightsError(
        `Not all of it is yours to grant. As the owner of the schema: ${left.join('; ')};`,
      );
    }
    return grants;
  });
}

/** @throws RightsError where the role of `url` lacks a right that the server needs, with every GRANT that gives it */
export async function checkRights(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const role = await roleOf(client);
    const grants = await grantsToServe(client, role);
    if (grants.length > 0) throw lacksRights(nameOf(role), grants);
  });
}

function lacksRights(role: string, grants: string[], cause?: unknown): RightsError {
  return new RightsError(
    `The role ${role} lacks rights. As the owner run \`rollcall db migrate --grant-to ${role}\`, or: ${grants.join('; ')};`,
    { cause },
  );
}

async function grantsToServe(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<Lack>(
    `select n.nspname as schema, not has_schema_privilege($4, n.oid, 'usage') as usage,
        exists (select from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v') and ${OWNED('c.relowner')}
          and (not c.relispartition or n.nspname = $2)
          and not (has_table_privilege($4, c.oid, 'select') and (c.relname = any($3) or has_table_privilege($4, c.oid, 'insert')
            and has_table_privilege($4, c.oid, 'update') and has_table_privilege($4, c.oid, 'delete')))) as tables,
        exists (select from pg_class c where c.relnamespace = n.oid and ${OWNED('c.relowner')}
          and case c.relkind when 'S' then not has_sequence_privilege($4, c.oid, 'usage') else false end) as sequences,
        (select string_agg(p.oid::regprocedure::text, ', ') from pg_proc p where p.pronamespace = n.oid
          and ${OWNED('p.proowner')} and not has_function_privilege($4, p.oid, 'execute')) as functions
       from pg_namespace n where n.nspname = any($1) order by n.nspname`,
    [await schemasOf(client), JOBS_SCHEMA, ONLY_READ, role],
  );
  return [...rows.flatMap((lack) => grantsOf(lack, nameOf(role))), ...(await searchGrants(client, role))];
}

/** The search by name uses pg_trgm, wherever the DBA has put it. */
async function searchGrants(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ schema: string }>(
    `select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'pg_trgm' and not has_schema_privilege($1, n.oid, 'usage')`,
    [role],
  );
  return rows.map(({ schema }) => `GRANT USAGE ON SCHEMA ${schema} TO ${nameOf(role)}`);
}

/** An error of migrating, told as the right that lacks where it is one. */
export async function explainedRights(url: string, error: unknown): Promise<unknown> {
  if (!/^(42501|3F000)$/.test(sqlState(error) ?? '')) return error;
  return withClient(url, async (client) => {
    const role = nameOf(await roleOf(client));
    const toServe = await grantsToServe(client, await roleOf(client));
    if (toServe.length > 0) return lacksRights(role, toServe, error);
    const grants = await grantsToMigrate(client, role);
    const remedy = grants.length === 0 ? '' : `, or give it the rights: ${grants.join('; ')};`;
    return new RightsError(
      `The role ${role} may not make what lacks in the database (${reasonOf(error)}). As its owner run ` +
        `\`rollcall db migrate --grant-to ${role}\`${remedy} (docs/operations.md, Roles)`,
      { cause: error },
    );
  }).catch(() => error);
}

/** @throws RightsError where our tables are in the database, but not where the role of `url` looks, or may look */
export async function checkSight(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const role = nameOf(await roleOf(client));
    const grants = await grantsToSee(client, role);
    if (grants.length > 0) throw lacksRights(role, grants);
  });
}

async function grantsToSee(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ grant: string }>(
    `select case when has_schema_privilege(n.oid, 'usage')
         then format('ALTER ROLE %s IN DATABASE %I SET search_path = %I', $2::text, current_database(), n.nspname)
         else format('GRANT USAGE ON SCHEMA %I TO %s', n.nspname, $2::text) end as grant
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = $1 and to_regclass($1) is null order by n.nspname`,
    [MIGRATIONS_TABLE, role],
  );
  return rows.map((row) => row.grant);
}

async function grantsToMigrate(client: pg.Client, role: string): Promise<string[]> {
  const toSee = await grantsToSee(client, role);
  const { rows } = await client.query<{ grant: string }>(
    `with place as (select coalesce(current_schema(), 'public') as schema, current_database() as database)
     select format('GRANT USAGE, CREATE ON SCHEMA %I TO ', schema) || $1 as grant from place
       where not $2 and not has_schema_privilege(schema, 'create')
     union all
     select format('GRANT CREATE ON DATABASE %I TO ', database) || $1 from place
       where not has_database_privilege(database, 'create')
         and (to_regnamespace($3) is null or not exists (select from pg_extension where extname = 'pg_trgm'))
     union all
     select format('GRANT USAGE, CREATE ON SCHEMA %I TO ', $3) || $1
       where to_regnamespace($3) is not null and not has_schema_privilege($3, 'create')`,
    [role, toSee.length > 0, JOBS_SCHEMA],
  );
  return [...toSee, ...rows.map((row) => row.grant)];
}

function grantsOf({ schema, usage, tables, sequences, functions }: Lack, role: string): string[] {
  const name = nameOf(schema);
  return [
    usage && `GRANT USAGE ON SCHEMA ${name} TO ${role}`,
    tables && `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${name} TO ${role}`,
    sequences && `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${name} TO ${role}`,
    functions !== null && `GRANT EXECUTE ON FUNCTION ${functions} TO ${role}`,
  ].filter((grant) => grant !== false);
}

/** The schema of our tables, which the search path finds, and that of the jobs. */
async function schemasOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ nspname: string }>(
    `select nspname from pg_namespace where nspname = $2
        or oid = (select relnamespace from pg_class where oid = to_regclass($1))`,
    [MIGRATIONS_TABLE, JOBS_SCHEMA],
  );
  return rows.map((row) => row.nspname);
}

/** Quoted where it must be. */
function nameOf(identifier: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(identifier) ? identifier : pg.escapeIdentifier(identifier);
}

async function roleOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('select current_user::text as role');
  return rows[0]?.role ?? '';
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new BoundedClient(connectionOptions(url, 'rollcall-rights'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
