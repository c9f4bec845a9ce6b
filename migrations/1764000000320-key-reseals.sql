-- How far sealed and keyed columns have gone over to the first key of the ring: one row per place, for the run of that key.
create table key_reseals (
  place text primary key,
  key_id text not null,
  -- whatever is written after this moment is of that key
  started_at timestamptz not null default clock_timestamp(),
  -- the key of the last row that was looked at
  position text[],
  total bigint not null default 0,
  seen bigint not null default 0,
  rewritten bigint not null default 0,
  -- hashes of deliveries whose received bytes are gone
  forgotten bigint not null default 0,
  finished_at timestamptz
) with (fillfactor = 50);
-- Rows that no key of the ring opens, or that say something else than what was sealed. They stay as they are.
create table unopened_rows (
  place text not null,
  row_key text not null,
  key_id text,
  code text not null,
  found_at timestamptz not null default now(),
  primary key (place, row_key)
);
-- Keys that nothing uses any more. What they have signed stays verifiable: the public half is sealed under the key of today.
create table retired_keys (
  key_id text primary key,
  retired_at timestamptz not null default now(),
  retired_by text not null,
  sealed bytea not null
);
-- Credentials are kept as hashes alone, so those of an older key are known by their age. Null: from before this migration.
alter table invitations add column created_at timestamptz;
alter table invitations alter column created_at set default now();
alter table recovery_codes add column created_at timestamptz;
alter table recovery_codes alter column created_at set default now();
