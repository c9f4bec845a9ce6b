-- Which key a row is of (`hash`) and what that key may do (`seal`), both made with the key ring: a row that anybody else writes
-- or changes opens nothing. Replicas of the release before read `digest` alone, so it is written as before.
alter table api_keys
  add column hash text unique,
  add column seal text,
  add column expires_at timestamptz,
  add column allow_addresses text[],
  add column requests_per_minute integer,
  add column last_used_at timestamptz;

-- The keys of before, as they are now: the first start of this release hashes and seals those, and no others. The role of the
-- server may only take rows away here, so that it cannot have a row of its own sealed.
create table api_keys_to_seal (
  id uuid primary key,
  name text not null,
  digest bytea not null,
  scopes text[] not null
);
insert into api_keys_to_seal select id, name, digest, scopes from api_keys where disabled_at is null;
