-- What a row of `users` says (login, roles, password and so on) is sealed with the key ring, as that of an API key: a row that anybody
-- else writes or changes opens nothing. So are those of sessions and invitations, which name the person they open for.
alter table users add column seal text;
alter table invitations add column seal text;
alter table user_sessions
  add column seal text,
  add column address text,
  -- e.g. `Firefox 141, Windows`
  add column browser text,
  -- `sid` at the identity provider
  add column provider_session text;

-- The people of before, as they are now: the first start of this release seals those, and no others. The role of the server may
-- only take rows away here, so that it cannot have a row of its own sealed. Sessions and links of before are over.
create table users_to_seal (
  id uuid primary key,
  login text not null,
  name text not null,
  roles text[] not null,
  password text,
  subject text,
  sessions_from timestamptz not null,
  disabled_at timestamptz
);
insert into users_to_seal
  select id, login, name, roles, password, subject, sessions_from, disabled_at from users;
