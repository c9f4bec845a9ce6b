-- One row per file of applicants that somebody asked for, until it expires.
create table exports (
  id uuid primary key default gen_random_uuid(),
  created_by text not null,
  format text not null check (format in ('csv', 'ndjson', 'xlsx', 'parquet')),
  filter jsonb not null,
  columns text[] not null,
  masked boolean not null,
  holds_pii boolean not null, -- has sensitive columns that are not masked
  state text not null default 'waiting' check (state in ('waiting', 'running', 'ready', 'failed', 'cancelled')),
  attempt uuid, -- who writes it, or wrote it: also the name of the parts in the image store
  parts integer not null default 0, -- announced before each is stored
  rows bigint not null default 0,
  rows_total bigint, -- counted in the snapshot that is written
  bytes bigint not null default 0,
  lease_until timestamptz,
  next_attempt_at timestamptz not null default now(),
  attempts integer not null default 0,
  error_code text,
  created_at timestamptz(3) not null default now(), -- as precise as a cursor
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz -- once it is over, however it ended
) with (fillfactor = 50);
create index exports_unfinished on exports (created_at) where state in ('waiting', 'running');
create index exports_created on exports (created_at, id);
create index exports_expires on exports (expires_at) where expires_at is not null;

-- Parts in the image store that belong to no export any more: cancelled, begun again, expired. A job removes them.
create table export_leftovers (
  attempt uuid primary key,
  parts integer not null
);
