-- Which installation this database is of: every process that uses it says so, and whoever asks a URL sees whether the
-- answer is from here.
create table installation (
  id uuid not null default gen_random_uuid(),
  -- where the server that started last is reached, as far as it knows
  public_url text,
  only_row boolean primary key default true check (only_row)
);
insert into installation default values;
