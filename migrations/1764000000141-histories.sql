-- no transaction
-- A transaction id means something only within the history of one server: after a failover or a restore to an earlier
-- time ids are given out again, after a dump and restore they begin low. So a place in the feed names its history first,
-- and every newer history has a greater number. One row for each that was recognised. Numbers begin at 0 here and grow
-- with the timeline of the server; another server begins anew, above all that came before (`src/db/histories.ts`).
create table if not exists histories (
  history bigint primary key,
  timeline bigint not null, -- of the server when the history was recognised
  cluster text not null,
  reason text not null check (reason in ('first', 'timeline', 'cluster', 'counter', 'asked')),
  began_at timestamptz not null default now()
);
-- What tells one server from another: its system identifier, which every role may read unless somebody took that away.
create or replace function current_cluster() returns text language plpgsql stable as $$
begin
  return (select system_identifier::text from pg_control_system());
exception when insufficient_privilege or undefined_function then
  return 'database ' || (select oid::text from pg_database where datname = current_database());
end $$;
-- The timeline is the first eight digits of the name of the WAL file that is written now. A view, because it becomes part
-- of the statement that asks: a quarter of what a call of a function costs.
create or replace view history_now as
select h.history - h.timeline + ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint as history,
  ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint as timeline
from histories h order by h.history desc limit 1;
create or replace function current_history() returns bigint language sql stable
return (select n.history from history_now n);
insert into histories (history, timeline, cluster, reason)
select 0, ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::bigint, current_cluster(), 'first'
where not exists (select from histories);
-- next
-- What is there was written in history 0, and so was what an older replica writes beside this one: it does not name the
-- column, and gets the default.
alter table changes add column if not exists history bigint not null default 0;
alter table changes alter column history set default current_history();
-- next
alter table notices add column if not exists history bigint not null default 0;
alter table notices alter column history set default current_history();
-- next
alter table deliveries add column if not exists history bigint not null default 0;
alter table deliveries alter column history set default current_history();
-- next
-- Older replicas move cursors by (tx, seq) alone, which is right as long as the history is theirs.
alter table consumers add column if not exists history bigint not null default 0;
-- next
alter table feed_cursors add column if not exists history bigint not null default 0;
-- next
create index concurrently if not exists changes_place on changes (history, tx, seq);
-- next
create unique index concurrently if not exists notices_place on notices (history, tx, seq);
-- next
create unique index concurrently if not exists deliveries_place on deliveries (endpoint_id, history, tx, seq);
-- next
-- Applicants have few deliveries: older replicas use its first two columns, as they did those of the one that goes.
create index concurrently if not exists deliveries_order on deliveries (endpoint_id, applicant_id, history, tx, seq);
-- next
drop index if exists deliveries_applicant;
