create extension if not exists pg_trgm;

-- Callers of the token URL. A secret is stored as SHA-256 of 256 generated bits, or as argon2id where a person chose it.
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

-- Callers of the management API; the digest is SHA-256 of the key.
create table api_keys (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  digest bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);

-- Failed token requests by address and client; the columns are those of rate-limiter-flexible.
create table token_failures (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- One known text sealed under each key in use, so that a wrong or missing key is found at boot.
create table key_checks (
  key_id text primary key,
  sealed bytea not null,
  created_at timestamptz not null default now()
);

-- Who did what to whom.
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

-- One row per Callback-Test.
create table probes (
  id uuid primary key,
  at timestamptz not null default now(),
  url text not null,
  remote_address text not null,
  token_valid boolean not null
);
create index probes_at on probes (at desc);

-- One row per callback as received. `id` is a UUIDv7 whose milliseconds are `received_at`, so the id alone finds the partition.
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

-- The current state of each applicant. Typed columns for what is not sensitive, the whole state sealed.
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

-- History and ordered feed at once: one row per version, written once. Readers order by (tx, seq) and stop below the oldest running transaction.
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

-- Elements that could not be taken, kept as received.
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

-- Makes the monthly partitions of the current and the coming months (UTC). Safe to call from every replica at any time.
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
