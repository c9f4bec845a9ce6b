-- The owner answers for every role: one that may not read the system identifier would take the server for another one, and
-- begin a history each time that it connects after one that may.
create or replace function current_cluster() returns text language plpgsql stable
security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select system_identifier::text from pg_control_system());
exception when insufficient_privilege or undefined_function then
  return 'database ' || (select oid::text from pg_database where datname = current_database());
end $$;
