-- What migrations take from releases that do not know them: such a release refuses to start, and says why.
create table schema_breaks (
  migration text primary key,
  breaks text not null
);

-- The months to come are made by whoever owns the tables, also where the server's role may only read and write.
do $$
begin
  execute format('alter function ensure_month_partitions(integer) security definer set search_path to %I, pg_temp', current_schema());
end $$;
revoke execute on function ensure_month_partitions(integer) from public;

-- Which process looks for something to do, one row per watch. Others go on when its lease has ended.
create table job_watches (
  name text primary key,
  owner uuid not null,
  lease_until timestamptz not null
) with (fillfactor = 50);
