/**
 * Settings that our statements depend on: databases and roles may have other defaults (`alter role … set`). Some settings are
 * not touched: memory and costs; `search_path`, except for an addition, since Rollcall may have its own schema; and
 * `default_transaction_read_only`, by which a server says that it takes no writes.
 */
const OURS: Readonly<Record<string, string>> = {
  // what values look like
  client_encoding: 'UTF8',
  datestyle: 'ISO, MDY',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  xmlbinary: 'base64',
  xmloption: 'content',
  // what statements mean
  array_nulls: 'on',
  backslash_quote: 'safe_encoding',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  row_security: 'on',
  quote_all_identifiers: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  client_min_messages: 'warning',
  // pools and LISTEN are idle for hours, exports read for minutes
  idle_session_timeout: '0',
  transaction_timeout: '0',
  // how statements are planned: a setting that helps one of them may turn another into a scan
  plan_cache_mode: 'auto',
  jit: 'off',
  constraint_exclusion: 'partition',
  from_collapse_limit: '8',
  join_collapse_limit: '8',
  enable_bitmapscan: 'on',
  enable_hashagg: 'on',
  enable_hashjoin: 'on',
  enable_incremental_sort: 'on',
  enable_indexonlyscan: 'on',
  enable_indexscan: 'on',
  enable_material: 'on',
  enable_memoize: 'on',
  enable_mergejoin: 'on',
  enable_nestloop: 'on',
  enable_partition_pruning: 'on',
  enable_seqscan: 'on',
  enable_sort: 'on',
  enable_tidscan: 'on',
};

/** The path of the role or database, plus the schema of pg_trgm if it is not on that path. */
const SEARCH_PATH = `concat_ws(', ', nullif(current_setting('search_path'), ''),
  (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_trgm' and n.nspname <> all (current_schemas(false)) and has_schema_privilege(n.oid, 'usage')))`;

/**
 * One statement that sets all of it, and tells whether the server takes writes. It uses `set_config`, not the startup
 * parameters of the connection, because poolers refuse those. It skips settings that this version of Postgres does not know.
 * @param own settings that override ours; its values are literals of our code
 */
export function sessionStatement(own: Readonly<Record<string, string>>): string {
  const rows = Object.entries({ ...OURS, ...own }).map(([name, setting]) => `('${name}', '${setting}')`);
  rows.push(`('search_path', ${SEARCH_PATH})`);
  // an operator may want more (`remote_apply`), but not less than an answer of 200 promises
  rows.push(`('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'))`);
  return `select count(set_config(name, setting, false)), current_setting('transaction_read_only') as "readOnly"
    from (values ${rows.join(', ')}) as session(name, setting) where current_setting(name, true) is not null`;
}
