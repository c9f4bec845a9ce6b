-- The first instant of the day of Cairo that `at` is in: of the clock that people read statistics by. Its days have 23 to 25 hours.
create function cairo_day(at timestamptz) returns timestamptz language sql stable parallel safe
  return date_trunc('day', at, 'Africa/Cairo');

-- What is counted, in one table: `n` of a topic and value fell into the hour (UTC), or the day (Cairo), that begins at `start`.
-- A day is the sum of its hours. Rows are only ever added to, so writers in any order come to the same numbers.
create table stats (
  topic text not null, -- applicant.outcome, event.type, callback.received …
  grain text not null check (grain in ('hour', 'day')),
  start timestamptz not null,
  value text not null, -- '' where there is none
  n bigint not null,
  primary key (topic, grain, start, value)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
insert into feed_cursors (follower) values ('stats');

-- Receipts have no place in the feed: they are counted in the order of their arrival, some time after it.
create table stats_receipts (
  only_row boolean primary key default true check (only_row),
  counted_to timestamptz, -- excluded; null: none yet
  last_callback_at timestamptz -- among those counted
) with (fillfactor = 50);
insert into stats_receipts default values;

-- The longest time without a callback that had been reached in each hour (UTC).
create table stats_silences (
  hour timestamptz primary key,
  longest_seconds double precision not null
) with (fillfactor = 50);

-- Days of which a change was seen whose version before is not kept any more: to be counted anew.
create table stats_stale_days (
  day timestamptz primary key,
  noted_at timestamptz not null default clock_timestamp()
);
