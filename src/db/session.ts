/**
 * What our statements depend on, and databases and roles may carry other defaults of (`alter role … set`). Left as they
 * are: `search_path`, but for an addition (Rollcall may live in a schema of its own), memory and costs, and `default_transaction_read_only`,
 * by which a server says that it takes no writes.
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
  // pools and LISTEN rest for hours, exports read for minutes
  idle_session_timeout: '0',
  transaction_timeout: '0',
  // how statements are planned: a setting that was tried on one of them is a scan for another
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

/** The one of the role or database; where pg_trgm was put into a schema beside it, that one too. */
const SEARCH_PATH = `concat_ws(', ', nullif(current_setting('search_path'), ''),
  (select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_trgm' and n.nspname <> all (current_schemas(false)) and has_schema_privilege(n.oid, 'usage')))`;

/**
 * One statement that sets all of it, and tells whether the server takes writes. Settings come by `SET`, not with the
 * start of the connection, as poolers refuse them there. What this version of Postgres does not know is left out.
 * @param own over ours; its values are literals of our code
 */
export function sessionStatement(own: Readonly<Record<string, string>>): string {
  const rows = Object.entries({ ...OURS, ...own }).map(([name, setting]) => `('${name}', '${setting}')`);
  rows.push(`('search_path', ${SEARCH_PATH})`);
  // an operator may ask for more (`remote_apply`), but not for less than an answer of 200 promises
  rows.push(`('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'on'))`);
  return `select count(set_config(name, setting, false)), current_setting('transaction_read_only') as "readOnly"
    from (values ${rows.join(', ')}) as session(name, setting) where current_setting(name, true) is not null`;
}
