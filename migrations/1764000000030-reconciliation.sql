-- One row per question "what did eNROLL enroll in this range?". Its owner holds it for a lease; where that has ended, anyone goes on.
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

-- What one side has and the other has not. One open gap per applicant, whatever run sees it next.
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

-- Whom eNROLL has told us of, and in which run last.
create table reconciliation_told (
  applicant_id text primary key,
  enrolled_at timestamptz not null, -- where eNROLL does not tell: when its slice of the range begins
  run_id uuid
) with (fillfactor = 85);
create index reconciliation_told_enrolled on reconciliation_told (enrolled_at);

-- Hashes of entries without a usable applicantId: each goes to quarantine once, not with every run.
create table reconciliation_unreadable (
  digest bytea primary key,
  seen_at timestamptz not null default now()
);

-- Applicants to be asked for again by id: reversals (A11), conflicts (A16), and answers that a callback overtook.
create table reconciliation_refreshes (
  applicant_id text primary key,
  reason text not null check (reason in ('reverts_to', 'conflict', 'overtaken')),
  wanted_at timestamptz not null default now(),
  next_attempt_at timestamptz not null default now(),
  attempts integer not null default 0
);
create index reconciliation_refreshes_due on reconciliation_refreshes (next_attempt_at);

-- How far the feed of changes was searched for reversals and conflicts.
create table reconciliation_cursor (
  only_row boolean primary key default true check (only_row),
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);
insert into reconciliation_cursor default values;
