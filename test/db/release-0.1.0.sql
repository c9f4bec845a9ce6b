-- What release 0.1.0 left in a database: its migrations (those of commit 1664483) in their order without the comments between them, the
-- table in which they are noted, and rows. Never changed: a release stays as it was.

-- 1764000000001-core.sql
create extension if not exists pg_trgm;
create table clients (
  client_id text primary key,
  name text not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);
create table client_secrets (
  id uuid primary key default gen_random_uuid(),
  client_id text not null references clients on delete cascade,
  kind text not null check (kind in ('sha256', 'argon2id')),
  digest text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
create index client_secrets_client_id on client_secrets (client_id);
create table api_keys (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  digest bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);
create table token_failures (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create table key_checks (
  key_id text primary key,
  sealed bytea not null,
  created_at timestamptz not null default now()
);
create table audit (
  id uuid primary key,
  at timestamptz not null default now(),
  actor text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_subject on audit (subject, at);
create index audit_at on audit (at);
create table probes (
  id uuid primary key,
  at timestamptz not null default now(),
  url text not null,
  remote_address text not null,
  token_valid boolean not null
);
create index probes_at on probes (at desc);
create table receipts (
  id uuid not null,
  received_at timestamptz not null,
  source text not null check (source in ('callback', 'replay', 'reconciliation', 'import')),
  kind text not null check (kind in ('success', 'fail', 'any')),
  state text not null check (state in ('applied', 'pending', 'rejected')),
  client_id text,
  remote_address text,
  request_id text,
  content_type text,
  error_code text,
  received integer not null default 0,
  applied integer not null default 0,
  duplicates integer not null default 0,
  quarantined integer not null default 0,
  results text not null default '', -- one letter an element: Created Updated Duplicate Stale Quarantined, - not yet
  attempts integer not null default 0,
  body_bytes integer not null,
  body bytea not null, -- sealed
  primary key (received_at, id)
) partition by range (received_at);
alter table receipts alter body set storage external;
create table receipts_default partition of receipts default;
create index receipts_pending on receipts (received_at) where state = 'pending';
create table applicants (
  applicant_id text primary key,
  version integer not null,
  outcome text not null check (outcome in ('accepted', 'rejected', 'conflict', 'unknown')),
  status integer,
  gender text,
  first_name text,
  family_name text,
  name_key text not null,
  nationality text,
  document_type_code text,
  issuing_authority text,
  issue_date date,
  issue_date_precision text check (issue_date_precision in ('year', 'month', 'day')),
  birth_governorate text,
  live_photo_path text,
  id_front_scan_path text,
  id_back_scan_path text,
  photo text,
  passport_scan_path text,
  flags text[] not null,
  id_number_index bigint, -- blind index: keyed hash, cut to 64 bits; a hit is checked on the opened row
  document_number_index bigint,
  contact_index bigint[] not null, -- phones and e-mails
  content_hash bytea not null, -- of this version's state, 8 bytes
  known_hashes bytea not null, -- 16 bytes per version, oldest first: content hash and hash of what was delivered
  sealed bytea not null,
  first_received_at timestamptz not null,
  last_received_at timestamptz not null
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
alter table applicants alter sealed set storage external;
create index applicants_first_received on applicants (first_received_at, applicant_id);
create index applicants_outcome on applicants (outcome, first_received_at, applicant_id);
create index applicants_name_prefix on applicants (name_key text_pattern_ops, applicant_id) where name_key <> '';
create index applicants_name_trigram on applicants using gin (name_key gin_trgm_ops) where name_key <> '';
create index applicants_id_number on applicants (id_number_index) where id_number_index is not null;
create index applicants_document_number on applicants (document_number_index) where document_number_index is not null;
create index applicants_contact on applicants using gin (contact_index) where contact_index <> '{}';
create index applicants_flags on applicants using gin (flags) where flags <> '{}';
create sequence changes_seq cache 100;
create table changes (
  applicant_id text not null,
  version integer not null,
  changed_at timestamptz not null default now(),
  tx xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('changes_seq'),
  event text not null,
  receipt_id uuid not null,
  element_index integer not null,
  received_at timestamptz not null,
  source text not null,
  kind text not null,
  outcome text not null,
  previous_outcome text,
  status integer,
  changed_fields text[] not null,
  flags text[] not null,
  reverts_to integer,
  content_hash bytea not null,
  sealed bytea not null,
  primary key (applicant_id, version, changed_at)
) partition by range (changed_at);
alter table changes alter sealed set storage external;
create table changes_default partition of changes default;
create index changes_feed on changes (tx, seq);
create table quarantine (
  id uuid primary key,
  receipt_id uuid not null,
  element_index integer not null,
  received_at timestamptz not null,
  source text not null,
  kind text not null,
  applicant_id text,
  code text not null,
  reason text not null,
  state text not null default 'open' check (state in ('open', 'replayed', 'discarded')),
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  replay_receipt_id uuid,
  element_bytes integer not null,
  element bytea not null -- sealed
);
alter table quarantine alter element set storage external;
create index quarantine_state on quarantine (state, received_at, id);
create index quarantine_applicant on quarantine (applicant_id) where applicant_id is not null;
create index quarantine_receipt on quarantine (receipt_id);
create function ensure_month_partitions(months_ahead integer) returns void language plpgsql as $$
declare
  parent text;
  month timestamptz;
  partition text;
begin
  perform pg_advisory_xact_lock(hashtext('rollcall.partitions'));
  foreach parent in array array['receipts', 'changes'] loop
    for ahead in 0 .. months_ahead loop
      month := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC';
      month := ((month at time zone 'UTC') + make_interval(months => ahead)) at time zone 'UTC';
      partition := parent || to_char(month at time zone 'UTC', '"_y"YYYY"m"MM');
      if to_regclass(partition) is null then
        begin
          execute format('create table %I partition of %I for values from (%L) to (%L)', partition, parent, month,
            ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC');
        exception when check_violation then
          -- the default partition already holds rows of that month: they stay there, nothing is lost
          raise warning 'partition % not made: rows of its month are in the default partition', partition;
        end;
      end if;
    end loop;
  end loop;
end $$;
select ensure_month_partitions(2);

-- 1764000000010-enroll-sessions.sql
create table session_tokens (
  id uuid primary key,
  kind text not null check (kind in ('onboarding', 'authentication')),
  correlation_id text,
  request_id text,
  applicant_id text, -- authentication: who is to prove it is them; onboarding: who it became
  minted_by text not null,
  minted_at timestamptz not null,
  expires_at timestamptz,
  finished_at timestamptz
);
create index session_tokens_minted on session_tokens (minted_at, id);
create index session_tokens_open on session_tokens (minted_at, id) where finished_at is null;
create index session_tokens_correlation on session_tokens (correlation_id, minted_at) where correlation_id is not null;
create index session_tokens_request on session_tokens (request_id) where request_id is not null;
create index session_tokens_applicant on session_tokens (applicant_id) where applicant_id is not null;

-- 1764000000020-images.sql
create table image_blobs (
  sha256 bytea primary key,
  media_type text not null,
  bytes integer not null,
  sealed_bytes integer not null,
  stored_at timestamptz not null default now()
);
create table images (
  applicant_id text not null,
  field text not null check (field in ('livePhotoPath', 'idFrontScanPath', 'idBackScanPath', 'passportScanPath', 'photo')),
  version integer not null,
  path text, -- eNROLL's, opaque; null where the version cleared the field
  state text not null check (state in ('wanted', 'fetched', 'missing', 'not_image', 'failed', 'cleared')),
  attempts integer not null default 0,
  next_attempt_at timestamptz, -- null: nothing is due; while claimed: the end of the lease
  claimed_by uuid,
  sha256 bytea references image_blobs,
  error_code text,
  wanted_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (applicant_id, field, version)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
create index images_due on images (next_attempt_at) where next_attempt_at is not null;
create index images_claimed on images (claimed_by) where claimed_by is not null;
create index images_unsettled on images (state, applicant_id, field, version) where state not in ('fetched', 'cleared');
create index images_sha256 on images (sha256) where sha256 is not null;
create table image_totals (
  only_row boolean primary key default true check (only_row),
  wanted bigint not null default 0,
  fetched bigint not null default 0,
  missing bigint not null default 0,
  not_image bigint not null default 0,
  failed bigint not null default 0,
  stored_images bigint not null default 0,
  stored_bytes bigint not null default 0
) with (fillfactor = 50);
insert into image_totals default values;
create table image_mirror (
  only_row boolean primary key default true check (only_row),
  paused_at timestamptz,
  paused_by text,
  fault_code text,
  fault_at timestamptz
);
insert into image_mirror default values;
create table image_wants (
  only_row boolean primary key default true check (only_row),
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);
insert into image_wants default values;

-- 1764000000030-reconciliation.sql
create table reconciliation_runs (
  id uuid primary key default gen_random_uuid(),
  range_from timestamptz not null,
  range_to timestamptz not null check (range_from < range_to), -- excluded
  trigger text not null check (trigger in ('schedule', 'api', 'cli')),
  started_by text not null,
  dry_run boolean not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'completed', 'failed')),
  asked integer not null default 0, -- pages of eNROLL's answers
  found integer not null default 0, -- applicants in them
  missing integer not null default 0,
  different integer not null default 0,
  missing_there integer not null default 0,
  healed integer not null default 0,
  quarantined integer not null default 0,
  position jsonb, -- where the next page begins; null: at the start of the range
  asked_all boolean not null default false, -- the range was read to its end; what eNROLL does not know comes last
  owner uuid,
  lease_until timestamptz,
  next_attempt_at timestamptz not null default now(),
  attempts integer not null default 0, -- in a row that brought it no further
  error_code text,
  created_at timestamptz(3) not null default now(), -- as precise as a cursor
  started_at timestamptz,
  finished_at timestamptz
);
create unique index reconciliation_runs_unfinished on reconciliation_runs (range_from, range_to, dry_run)
  where state in ('waiting', 'running');
create index reconciliation_runs_created on reconciliation_runs (created_at, id);
create index reconciliation_runs_range on reconciliation_runs (range_from, range_to) where state = 'completed';
create table reconciliation_gaps (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null references reconciliation_runs, -- that saw it last
  applicant_id text not null,
  kind text not null check (kind in ('missing_here', 'different_here', 'missing_there')),
  state text not null default 'open' check (state in ('open', 'healed', 'ignored')),
  enrolled_at timestamptz not null, -- as eNROLL tells; of missing_there when we first received it
  found_at timestamptz(3) not null default now(),
  healed_at timestamptz,
  late_seconds bigint, -- of missing_here: from its enrollment until it was here
  resolution text
) with (fillfactor = 85);
create unique index reconciliation_gaps_open on reconciliation_gaps (applicant_id) where state = 'open';
create index reconciliation_gaps_ignored on reconciliation_gaps (applicant_id) where state = 'ignored';
create index reconciliation_gaps_found on reconciliation_gaps (found_at, id);
create index reconciliation_gaps_state on reconciliation_gaps (state, found_at, id);
create index reconciliation_gaps_run on reconciliation_gaps (run_id, found_at, id);
create index reconciliation_gaps_enrolled on reconciliation_gaps (enrolled_at);
create table reconciliation_told (
  applicant_id text primary key,
  enrolled_at timestamptz not null, -- where eNROLL does not tell: when its slice of the range begins
  run_id uuid
) with (fillfactor = 85);
create index reconciliation_told_enrolled on reconciliation_told (enrolled_at);
create table reconciliation_unreadable (
  digest bytea primary key,
  seen_at timestamptz not null default now()
);
create table reconciliation_refreshes (
  applicant_id text primary key,
  reason text not null check (reason in ('reverts_to', 'conflict', 'overtaken')),
  wanted_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  attempts integer not null default 0
);
create index reconciliation_refreshes_due on reconciliation_refreshes (next_attempt_at);
create table reconciliation_cursor (
  only_row boolean primary key default true check (only_row),
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);
insert into reconciliation_cursor default values;

-- 1764000000050-feed.sql
alter table changes add column nationality text, add column document_type_code text, add column birth_governorate text;
update changes c
set nationality = a.nationality, document_type_code = a.document_type_code, birth_governorate = a.birth_governorate
from applicants a where a.applicant_id = c.applicant_id and a.version = c.version;
create table notices (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('changes_seq'),
  noticed_at timestamptz not null default now(),
  event text not null check (event in ('applicant.flagged', 'applicant.images_ready', 'applicant.erased')),
  applicant_id text not null,
  version integer not null, -- that was current then
  outcome text not null,
  status integer,
  flags text[] not null default '{}', -- of applicant.flagged: those that came with this version
  receipt_id uuid,
  primary key (tx, seq)
);
create index notices_applicant on notices (applicant_id, version);
create table feed_cursors (
  follower text primary key,
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);

-- 1764000000051-consumers.sql
create table consumers (
  name text primary key,
  events text[] not null, -- of these types; empty: all
  outcomes text[] not null, -- with these outcomes; empty: all
  fields text[] not null, -- of the contract, added to its events
  tx xid8 not null,
  seq bigint not null,
  acked_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now()
) with (fillfactor = 50);
create unique index notices_images_ready on notices (applicant_id, version) where event = 'applicant.images_ready';

-- 1764000000052-session-refreshes.sql
alter table reconciliation_refreshes drop constraint reconciliation_refreshes_reason_check,
  add constraint reconciliation_refreshes_reason_check check (reason in ('reverts_to', 'conflict', 'overtaken', 'session'));

-- 1764000000060-webhooks.sql
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
create table endpoint_secrets (
  id uuid primary key,
  endpoint_id uuid not null references endpoints on delete cascade,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz
);
create index endpoint_secrets_endpoint on endpoint_secrets (endpoint_id);
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

-- 1764000000070-exports.sql
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
create table export_leftovers (
  attempt uuid primary key,
  parts integer not null
);

-- 1764000000080-stats.sql
create function cairo_day(at timestamptz) returns timestamptz language sql stable parallel safe
  return date_trunc('day', at, 'Africa/Cairo');
create table stats (
  topic text not null, -- applicant.outcome, event.type, callback.received …
  grain text not null check (grain in ('hour', 'day')),
  start timestamptz not null,
  value text not null, -- '' where there is none
  n bigint not null,
  primary key (topic, grain, start, value)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
insert into feed_cursors (follower) values ('stats');
create table stats_receipts (
  only_row boolean primary key default true check (only_row),
  counted_to timestamptz, -- excluded; null: none yet
  last_callback_at timestamptz -- among those counted
) with (fillfactor = 50);
insert into stats_receipts default values;
create table stats_silences (
  hour timestamptz primary key,
  longest_seconds double precision not null
) with (fillfactor = 50);
create table stats_stale_days (
  day timestamptz primary key,
  noted_at timestamptz not null default clock_timestamp()
);

-- 1764000000090-alerts.sql
create table alerts (
  id uuid primary key default gen_random_uuid(),
  rule text not null,
  subject text not null, -- which one, of rules that look at several things; else ''
  state text not null default 'suspected' check (state in ('suspected', 'open', 'resolved')),
  summary text not null, -- as of the last evaluation that found it, without personal data
  context jsonb not null, -- counts, ages, names of our own
  suspected_at timestamptz not null default now(),
  opened_at timestamptz(3), -- as precise as a cursor
  fine_since timestamptz, -- while open: since when it has been fine again
  resolved_at timestamptz(3),
  told_at timestamptz, -- when a notification was last written down
  acknowledged_at timestamptz,
  acknowledged_by text
) with (fillfactor = 70);
create unique index alerts_live on alerts (rule, subject) where state <> 'resolved';
create index alerts_opened on alerts (opened_at, id) where opened_at is not null;
create index alerts_state on alerts (state, opened_at, id);
create table alert_notifications (
  id uuid primary key default gen_random_uuid(),
  alert_id uuid not null references alerts,
  kind text not null check (kind in ('opened', 'reminder', 'resolved')),
  channel text not null check (channel in ('webhook', 'mail')),
  message jsonb not null, -- what is sent, the same at every try
  state text not null default 'due' check (state in ('due', 'sent', 'given_up')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(), -- while claimed: the end of the lease
  claimed_by uuid,
  error_code text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
) with (fillfactor = 70);
create index alert_notifications_due on alert_notifications (channel, next_attempt_at) where state = 'due';
create index alert_notifications_alert on alert_notifications (alert_id, created_at);
create table alert_evaluation (
  only_row boolean primary key default true check (only_row),
  evaluated_at timestamptz
) with (fillfactor = 50);
insert into alert_evaluation default values;

-- 1764000000110-unreadable-entries.sql
alter table reconciliation_unreadable
  add column enrolled_at timestamptz,
  add column receipt_id uuid,
  add column element_index integer;
create index reconciliation_unreadable_enrolled on reconciliation_unreadable (enrolled_at);

-- 1764000000120-cancelled-runs.sql
alter table reconciliation_runs drop constraint reconciliation_runs_state_check,
  add constraint reconciliation_runs_state_check check (state in ('waiting', 'running', 'completed', 'failed', 'cancelled'));

-- how TypeORM notes what has been applied
create table schema_migrations (id serial primary key, timestamp bigint not null, name varchar not null);
insert into schema_migrations (timestamp, name) values
  (1764000000001, 'core1764000000001'),
  (1764000000010, 'enrollSessions1764000000010'),
  (1764000000020, 'images1764000000020'),
  (1764000000030, 'reconciliation1764000000030'),
  (1764000000050, 'feed1764000000050'),
  (1764000000051, 'consumers1764000000051'),
  (1764000000052, 'sessionRefreshes1764000000052'),
  (1764000000060, 'webhooks1764000000060'),
  (1764000000070, 'exports1764000000070'),
  (1764000000080, 'stats1764000000080'),
  (1764000000090, 'alerts1764000000090'),
  (1764000000110, 'unreadableEntries1764000000110'),
  (1764000000120, 'cancelledRuns1764000000120');

-- rows
insert into clients (client_id, name, created_at) values ('enroll', 'eNROLL', '2026-11-01');
insert into client_secrets (client_id, kind, digest) values ('enroll', 'sha256', 'c2VjcmV0');
insert into api_keys (name, digest, scopes) values ('crm', '\x01', '{applicants:read}');
insert into token_failures values ('203.0.113.9 enroll', 2, 1764600000000);
insert into key_checks values ('k1', '\x01', '2026-11-01'), ('k2', '\x02', '2026-11-08');
insert into audit (id, actor, action, subject) values (gen_random_uuid(), 'cli:admin@host', 'client.create', 'client:enroll');
insert into probes (id, at, url, remote_address, token_valid)
  select gen_random_uuid(), '2026-11-02'::timestamptz + n * interval '1 minute', '/callbacks/success', '203.0.113.9', false
    from generate_series(1, 1002) n;
insert into receipts (id, received_at, source, kind, state, client_id, received, applied, quarantined, results, body_bytes, body) values
  ('019a3f00-0000-7000-8000-000000000001', '2026-11-02', 'callback', 'success', 'applied', 'enroll', 3, 2, 1, 'CCQ', 2, '\x5b5d'),
  ('019a3f00-0000-7000-8000-000000000002', '2026-11-03', 'callback', 'success', 'pending', 'enroll', 1, 0, 0, '', 2, '\x5b5d'),
  ('019a3f00-0000-7000-8000-000000000003', '2026-11-04', 'callback', 'any', 'rejected', 'enroll', 0, 0, 0, '', 2, '\x5b5d');
-- the last two are one GUID, twice spelled
insert into applicants (applicant_id, version, outcome, status, name_key, flags, contact_index, content_hash, known_hashes, sealed, first_received_at,
    last_received_at)
  select id, version, 'accepted', 1, 'mona', flags, '{7}', '\x0102', '\x0102', '\x03', '2026-11-02', '2026-11-03'
    from (values ('changed', 2, '{nameChanged}'::text[]), ('6f9619ff-8b86-d011-b42d-00c04fc964ff', 1, '{}'),
      ('6F9619FF-8B86-D011-B42D-00C04FC964FF', 1, '{}')) as a (id, version, flags);
insert into changes (applicant_id, version, changed_at, tx, seq, event, receipt_id, element_index, received_at, source, kind, outcome, status,
    changed_fields, flags, content_hash, sealed, nationality)
  select id, version, changed_at, tx::xid8, seq, event, '019a3f00-0000-7000-8000-000000000001', 0, '2026-11-02', 'callback', 'success', 'accepted', 1,
      '{}', '{}', '\x0102', '\x03', 'EG'
    from (values ('changed', 1, '2026-11-02'::timestamptz, '701', 1, 'applicant.created'),
      ('changed', 2, '2026-11-03', '702', 2, 'applicant.updated'),
      ('6f9619ff-8b86-d011-b42d-00c04fc964ff', 1, '2026-11-03', '703', 3, 'applicant.created'),
      ('6F9619FF-8B86-D011-B42D-00C04FC964FF', 1, '2026-11-03', '704', 4, 'applicant.created')) as c (id, version, changed_at, tx, seq, event);
insert into notices (tx, seq, event, applicant_id, version, outcome, flags) values ('702', 5, 'applicant.flagged', 'changed', 2, 'accepted', '{nameChanged}');
insert into quarantine (id, receipt_id, element_index, received_at, source, kind, code, reason, element_bytes, element) values
  (gen_random_uuid(), '019a3f00-0000-7000-8000-000000000001', 2, '2026-11-02', 'callback', 'success', 'APPLICANT_ID_MISSING', 'no id', 2, '\x7b7d');
insert into session_tokens (id, kind, minted_by, minted_at) values (gen_random_uuid(), 'onboarding', 'key:crm', '2026-11-02');
insert into image_blobs (sha256, media_type, bytes, sealed_bytes) values ('\x0a', 'image/jpeg', 10, 40);
insert into images (applicant_id, field, version, path, state, sha256) values
  ('changed', 'livePhotoPath', 1, 'a.jpg', 'fetched', '\x0a'), ('changed', 'livePhotoPath', 2, 'b.jpg', 'wanted', null);
update image_wants set tx = '703', seq = 3;
update image_totals set wanted = 1, fetched = 1, stored_images = 1, stored_bytes = 40;
insert into reconciliation_runs (id, range_from, range_to, trigger, started_by, dry_run, state) values
  ('00000000-0000-4000-8000-000000000001', '2026-11-01', '2026-11-02', 'schedule', 'rollcall', false, 'completed');
insert into reconciliation_gaps (run_id, applicant_id, kind, enrolled_at) values
  ('00000000-0000-4000-8000-000000000001', 'missing', 'missing_here', '2026-11-01');
insert into reconciliation_told values ('missing', '2026-11-01', '00000000-0000-4000-8000-000000000001');
insert into reconciliation_unreadable (digest) values ('\x0b');
insert into reconciliation_refreshes (applicant_id, reason) values ('changed', 'conflict');
update reconciliation_cursor set tx = '702', seq = 2;
insert into feed_cursors values ('webhooks', '704', 4) on conflict (follower) do update set tx = excluded.tx, seq = excluded.seq;
insert into consumers (name, events, outcomes, fields, tx, seq, created_by) values ('bank', '{}', '{}', '{}', '701', 1, 'key:crm');
insert into endpoints (id, name, kind, url, created_by) values ('00000000-0000-4000-8000-000000000002', 'crm', 'http', 'http://127.0.0.1:1/', 'key:crm');
insert into endpoint_secrets (id, endpoint_id, sealed) values (gen_random_uuid(), '00000000-0000-4000-8000-000000000002', '\x01');
insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at, state) values
  ('00000000-0000-4000-8000-000000000002', '701', 1, 'applicant.created', 'changed', 1, '2026-11-02', 'delivered'),
  ('00000000-0000-4000-8000-000000000002', '702', 2, 'applicant.updated', 'changed', 2, '2026-11-03', 'due');
insert into attempts (endpoint_id, tx, seq, number, at, duration_ms, status) values
  ('00000000-0000-4000-8000-000000000002', '701', 1, 1, '2026-11-02', 12, 204);
insert into exports (created_by, format, filter, columns, masked, holds_pii, state) values ('key:crm', 'csv', '{}', '{applicantId}', true, false, 'ready');
insert into export_leftovers values (gen_random_uuid(), 1);
insert into stats values ('event.type', 'hour', '2026-11-02', 'applicant.created', 3);
insert into stats_silences values ('2026-11-02', 60);
insert into stats_stale_days values ('2026-11-02');
insert into alerts (id, rule, subject, summary, context) values ('00000000-0000-4000-8000-000000000003', 'silence', '', 'no callback', '{}');
insert into alert_notifications (alert_id, kind, channel, message) values ('00000000-0000-4000-8000-000000000003', 'opened', 'mail', '{}');
