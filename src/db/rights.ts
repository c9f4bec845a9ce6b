import pg from 'pg';
import { withClient } from './bounded-client.js';
import { reasonOf, sqlState } from './errors.js';
import { MIGRATIONS_TABLE } from './migration-run.js';
import { connectionOptions } from './pool-options.js';

const JOBS_SCHEMA = 'pgboss';
/** The server's role only reads these. */
const ONLY_READ = [MIGRATIONS_TABLE, 'schema_breaks'];
/** It adds to these, and may neither change nor delete what is there: the record of what the server itself has done. */
const ONLY_ADDED_TO = ['audit', 'audit_links', 'audit_heads'];
/** It takes away from these, and may put nothing there: the keys and people that a migration found and whose rows it is to seal. */
const ONLY_TAKEN_FROM = ['api_keys_to_seal', 'users_to_seal'];

/** A role lacks a right that it needs; the message gives the GRANT. */
class RightsError extends Error {
  readonly code = 'DATABASE_RIGHTS';
}

/** The schema of our tables, which the search path finds, and that of the jobs. */
const SCHEMAS = `select oid, quote_ident(nspname) as name, nspname = '${JOBS_SCHEMA}' as is_of_jobs from pg_namespace
  where nspname = '${JOBS_SCHEMA}' or oid = (select relnamespace from pg_class where oid = to_regclass('${MIGRATIONS_TABLE}'))`;
/** Belongs to the owner who has migrated. */
const OWNED = (owner: string) =>
  `${owner} = (select relowner from pg_class where oid = to_regclass('${MIGRATIONS_TABLE}'))`;
const MINE = (owner: string) => `pg_has_role(${owner}, 'usage')`;

/** Lets `role` serve with what is in the database, and with what later migrations of the same owner will make. */
export async function grantTo(url: string, role: string): Promise<string[]> {
  return connected(url, async (client) => {
    // object by object, and not ALL IN SCHEMA: others may have objects there too
    const { rows } = await client.query<{ statement: string }>(
      `with schemas as (${SCHEMAS}), grants as (
         select 'GRANT USAGE ON SCHEMA ' || name as statement from schemas
         union all
         select case when c.relkind = 'S' then 'GRANT USAGE ON SEQUENCE ' when c.relname = any($2) then 'GRANT SELECT, INSERT ON '
             when c.relname = any($3) then 'GRANT SELECT, DELETE ON ' else 'GRANT SELECT, INSERT, UPDATE, DELETE ON ' end || c.oid::regclass from pg_class c join schemas s on s.oid = c.relnamespace
           where c.relkind in ('r', 'p', 'v', 'S') and ${MINE('c.relowner')} and (not c.relispartition or s.is_of_jobs)
         union all
         select 'GRANT EXECUTE ON FUNCTION ' || p.oid::regprocedure
           from pg_proc p join schemas s on s.oid = p.pronamespace where ${MINE('p.proowner')}
         union all
         select format('ALTER DEFAULT PRIVILEGES IN SCHEMA %s GRANT %s', name, future) from schemas,
           unnest('{"SELECT, INSERT, UPDATE, DELETE ON TABLES", USAGE ON SEQUENCES, EXECUTE ON FUNCTIONS}'::text[]) future)
       select statement || ' TO ' || $1 as statement from grants`,
      [nameOf(role), ONLY_ADDED_TO, ONLY_TAKEN_FROM],
    );
    const grants = rows.map(({ statement }) => statement);
    // what a table has from the default privileges, from an earlier release, or from a GRANT ALL
    grants.push(
      `REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ${ONLY_ADDED_TO.join(', ')} FROM ${nameOf(role)}`,
    );
    grants.push(`REVOKE INSERT, UPDATE ON ${ONLY_TAKEN_FROM.join(', ')} FROM ${nameOf(role)}`);
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

/** @throws RightsError if the role of `url` lacks a right that the server needs, with every GRANT that gives it */
export async function checkRights(url: string): Promise<void> {
  await check(url, grantsToServe);
}

/** @throws RightsError if the database holds our tables, but the role of `url` does not look in their schema, or may not */
export async function checkSight(url: string): Promise<void> {
  await check(url, grantsToSee);
}

async function check(url: string, grantsOf: typeof grantsToServe): Promise<void> {
  await connected(url, async (client) => {
    const role = await roleOf(client);
    const grants = await grantsOf(client, role);
    if (grants.length > 0) throw lacksRights(role, grants);
  });
}

function lacksRights(role: string, grants: string[], cause?: unknown): RightsError {
  const name = nameOf(role);
  return new RightsError(
    `The role ${name} lacks rights. As the owner run \`rollcall db migrate --grant-to ${name}\`, or: ${grants.join('; ')};`,
    { cause },
  );
}

/** Also for pg_trgm, which the search by name uses, wherever the DBA has put it. */
async function grantsToServe(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ allowed: string }>(
    `with schemas as (${SCHEMAS}), relations as (
       select c.oid, c.relname, c.relkind, s.name from pg_class c join schemas s on s.oid = c.relnamespace
        where ${OWNED('c.relowner')} and (not c.relispartition or s.is_of_jobs))
     select 1 as kind, 'USAGE ON SCHEMA ' || name as allowed from schemas where not has_schema_privilege($1, oid, 'usage')
     union
     select 1, 'USAGE ON SCHEMA ' || quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'pg_trgm' and not has_schema_privilege($1, n.oid, 'usage')
     union
     select 2, 'SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ' || name from relations
      where relkind in ('r', 'p', 'v') and not (has_table_privilege($1, oid, 'select') and (relname = any($2)
        or relname = any($4) and has_table_privilege($1, oid, 'delete')
        or has_table_privilege($1, oid, 'insert') and (relname = any($3)
          or has_table_privilege($1, oid, 'update') and has_table_privilege($1, oid, 'delete'))))
     union
     select 3, 'USAGE ON ALL SEQUENCES IN SCHEMA ' || name from relations
      where case relkind when 'S' then not has_sequence_privilege($1, oid, 'usage') else false end
     union
     select 4, 'EXECUTE ON FUNCTION ' || string_agg(p.oid::regprocedure::text, ', ')
       from pg_proc p join schemas s on s.oid = p.pronamespace
      where ${OWNED('p.proowner')} and not has_function_privilege($1, p.oid, 'execute') group by s.name
     order by 1, 2`,
    [role, ONLY_READ, ONLY_ADDED_TO, ONLY_TAKEN_FROM],
  );
  return rows.map(({ allowed }) => `GRANT ${allowed} TO ${nameOf(role)}`);
}

/** Names the missing right in an error of migrating, if that is the cause. */
export async function explainedRights(url: string, error: unknown): Promise<unknown> {
  if (!/^(42501|3F000)$/.test(sqlState(error) ?? '')) return error;
  return connected(url, async (client) => {
    const role = await roleOf(client);
    const toServe = await grantsToServe(client, role);
    if (toServe.length > 0) return lacksRights(role, toServe, error);
    const grants = await grantsToMigrate(client, role);
    const remedy = grants.length === 0 ? '' : `, or give it the rights: ${grants.join('; ')};`;
    const name = nameOf(role);
    return new RightsError(
      `The role ${name} may not create what is missing in the database (${reasonOf(error)}). As its owner run ` +
        `\`rollcall db migrate --grant-to ${name}\`${remedy} (docs/operations.md, Roles)`,
      { cause: error },
    );
  }).catch(() => error);
}

async function grantsToSee(client: pg.Client, role: string): Promise<string[]> {
  const { rows } = await client.query<{ grant: string }>(
    `select case when has_schema_privilege(n.oid, 'usage')
         then format('ALTER ROLE %s IN DATABASE %I SET search_path = %I', $2::text, current_database(), n.nspname)
         else format('GRANT USAGE ON SCHEMA %I TO %s', n.nspname, $2::text) end as grant
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = $1 and to_regclass($1) is null order by n.nspname`,
    [MIGRATIONS_TABLE, nameOf(role)],
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
    [nameOf(role), toSee.length > 0, JOBS_SCHEMA],
  );
  return [...toSee, ...rows.map((row) => row.grant)];
}

/** Quoted if necessary. */
function nameOf(identifier: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(identifier) ? identifier : pg.escapeIdentifier(identifier);
}

async function roleOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('select current_user::text as role');
  return rows[0]?.role ?? '';
}

function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(connectionOptions(url, 'rollcall-rights'), work);
}
