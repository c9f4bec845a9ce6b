-- Where events are handed on to. While its deliveries are worked off one process owns it, for a lease.
create table endpoints (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  kind text not null check (kind in ('http', 'nats')),
  url text not null,
  subject text, -- of nats: what subjects begin with
  credentials bytea, -- of nats, sealed
  events text[] not null default '{}', -- none named: all
  outcomes text[] not null default '{}',
  fields text[] not null default '{}', -- of the applicant, that go with each event
  rate_per_second integer, -- null: no limit
  state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
  state_reason text,
  state_changed_at timestamptz not null default now(),
  failures integer not null default 0, -- in a row
  failing_since timestamptz,
  open_until timestamptz, -- of the circuit; null: closed; past: half-open
  last_success_at timestamptz,
  last_failure_at timestamptz,
  last_failure_code text,
  owner uuid,
  lease_until timestamptz,
  created_by text not null,
  created_at timestamptz not null default date_trunc('milliseconds', now()) -- as precise as `occurred_at`
) with (fillfactor = 50);

-- What deliveries are signed with; two are live while one takes over from the other.
create table endpoint_secrets (
  id uuid primary key,
  endpoint_id uuid not null references endpoints on delete cascade,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
create index endpoint_secrets_endpoint on endpoint_secrets (endpoint_id);

-- One row per event and endpoint that wants it. What the event says is read from the feed: its place is (tx, seq), and
-- its time finds the month. Rows of an endpoint that was removed go with the next purge.
create table deliveries (
  endpoint_id uuid not null,
  tx xid8 not null,
  seq bigint not null,
  event text not null,
  applicant_id text not null,
  version integer not null,
  occurred_at timestamptz(3) not null,
  state text not null default 'due' check (state in ('due', 'delivered', 'dead')),
  attempts integer not null default 0, -- in all
  tries integer not null default 0, -- since it was last made due by hand
  next_attempt_at timestamptz not null default now(), -- of due ones
  settled_at timestamptz(3),
  last_code text,
  primary key (endpoint_id, tx, seq)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
create index deliveries_due on deliveries (endpoint_id, next_attempt_at, tx, seq) where state = 'due';
create index deliveries_applicant on deliveries (endpoint_id, applicant_id, tx, seq);
create index deliveries_dead on deliveries (endpoint_id, settled_at, tx, seq) where state = 'dead';
create index deliveries_settled on deliveries (settled_at) where settled_at is not null;

-- Each time a delivery was tried. No key to `deliveries`: both are purged together.
create table attempts (
  endpoint_id uuid not null,
  tx xid8 not null,
  seq bigint not null,
  number integer not null,
  at timestamptz(3) not null,
  duration_ms integer not null,
  status integer, -- of HTTP
  code text, -- null: it was taken
  answer text, -- its beginning, redacted; of failures
  primary key (endpoint_id, tx, seq, number)
);
