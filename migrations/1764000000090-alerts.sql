-- What is wrong, one row per time that it went wrong. src/alerts/alerts.types.ts has its states and moves.
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

-- What is to be told of an alert, one row per channel, written with the move that it tells of and then sent.
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

-- The last evaluation; its row is the lock of the next.
create table alert_evaluation (
  only_row boolean primary key default true check (only_row),
  evaluated_at timestamptz
) with (fillfactor = 50);
insert into alert_evaluation default values;
