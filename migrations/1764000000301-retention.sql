-- Runs of the retention: what was due when they began, and what they have removed, class by class.
create table retention_runs (
  id uuid primary key default gen_random_uuid(),
  trigger text not null constraint retention_runs_trigger_check check (trigger in ('schedule', 'api', 'cli')),
  started_by text not null,
  state text not null default 'running' constraint retention_runs_state_check check (state in ('running', 'completed', 'failed')),
  created_at timestamptz(3) not null default now(), -- as precise as a cursor
  finished_at timestamptz(3)
);
create index retention_runs_created on retention_runs (created_at, id);
create unique index retention_runs_unfinished on retention_runs ((true)) where state = 'running';

create table retention_steps (
  run_id uuid not null references retention_runs on delete cascade,
  position integer not null,
  class text not null,
  keep_days integer not null,
  due_before timestamptz(3) not null,
  state text not null default 'waiting' constraint retention_steps_state_check check (state in ('waiting', 'done', 'failed')),
  removed bigint not null default 0,
  held bigint not null default 0,
  months text[] not null default '{}', -- dropped whole
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  error_code text,
  finished_at timestamptz(3),
  constraint retention_steps_pkey primary key (run_id, position)
);

-- Up to where months are gone. What is older and still there is of held people, or not settled yet.
create table retired_months (
  table_name text primary key,
  before timestamptz,
  history bigint not null default 0, -- of `changes`: the last place of the feed that is gone
  tx xid8 not null default '0',
  seq bigint not null default 0
);
insert into retired_months (table_name) values ('receipts'), ('changes');

-- Drops a month that is over, but for what stays: rows of held people, receipts that are pending, and versions that come after the
-- first one of a later month in the order of the feed. They move to the default partition.
-- Answers how many rows are gone; null while somebody of ours has not counted or read them yet.
create function retire_month(parent text, month timestamptz, held text[]) returns bigint language plpgsql as $$
declare
  part text := parent || to_char(month at time zone 'UTC', '"_y"YYYY"m"MM');
  month_end timestamptz := ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  stays text;
  removed bigint;
  last record;
begin
  if parent not in ('receipts', 'changes') or month_end > now() then
    raise exception 'no month that can be retired: % of %', month, parent;
  end if;
  perform pg_advisory_xact_lock(hashtext('rollcall.partitions'));
  if to_regclass(part) is null then
    return 0;
  end if;
  if parent = 'receipts' then
    if not exists (select from stats_receipts where counted_to >= month_end) then
      return null;
    end if;
    stays := 'r.state = ''pending'' or r.id::text = any($1)';
  else
    stays := format('r.applicant_id = any($1) or coalesce((r.history, r.tx, r.seq) >=
      (select c.history, c.tx, c.seq from changes c where c.changed_at >= %L order by c.history, c.tx, c.seq limit 1), false)', month_end);
    execute format('select r.history, r.tx, r.seq from %I r where not (%s) order by r.history desc, r.tx desc, r.seq desc limit 1', part, stays)
      into last using held;
    if exists (select from feed_cursors f where f.tx > '0' and (f.history, f.tx, f.seq) < (last.history, last.tx, last.seq)) then
      return null;
    end if;
  end if;
  execute format('lock table only %I in share row exclusive mode', part);
  execute format('select count(*) from %I r where not (%s)', part, stays) into removed using held;
  -- from here on callbacks wait, for some milliseconds
  execute format('alter table %I detach partition %I', parent, part);
  execute format('insert into %I select * from %I r where %s', parent, part, stays) using held;
  execute format('drop table %I', part);
  update retired_months set before = greatest(before, month_end) where table_name = parent;
  if parent = 'changes' then
    update retired_months set (history, tx, seq) = (last.history, last.tx, last.seq)
     where table_name = parent and (history, tx, seq) < (last.history, last.tx, last.seq);
  end if;
  return removed;
end $$;
do $$
begin
  execute format('alter function retire_month(text, timestamptz, text[]) security definer set search_path to %I, pg_temp', current_schema());
end $$;
alter function retire_month(text, timestamptz, text[]) set lock_timeout = '300ms';
revoke execute on function retire_month(text, timestamptz, text[]) from public;
