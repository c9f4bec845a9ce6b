-- People who use Rollcall, and by what they prove who they are. Sessions, invitations and recovery codes are stored as keyed
-- hashes, the secret of the second factor is sealed. An older replica knows none of these tables.
create table users (
  id uuid primary key default gen_random_uuid(),
  login text not null unique,
  name text not null,
  roles text[] not null,
  -- argon2id; null before the invitation is accepted, and for people whom the identity provider knows
  password text,
  totp_secret bytea,
  -- the last time step whose code was used: a code works once
  totp_step bigint not null default 0,
  -- wrong codes together with the right password, since the last log-in
  code_failures integer not null default 0,
  -- issuer and subject at the identity provider
  subject text unique,
  -- older sessions are void
  sessions_from timestamptz not null default now(),
  created_at timestamptz not null default now(),
  last_login_at timestamptz,
  disabled_at timestamptz
);
-- One link per person. What its holder has chosen so far counts once a first code confirms it.
create table invitations (
  hash text primary key,
  user_id uuid not null unique references users on delete cascade,
  password text,
  totp_secret bytea,
  expires_at timestamptz not null
);
create table recovery_codes (
  hash text primary key,
  user_id uuid not null references users on delete cascade,
  used_at timestamptz
);
create index recovery_codes_user on recovery_codes (user_id);
create table user_sessions (
  id uuid primary key,
  hash text not null unique,
  user_id uuid not null references users on delete cascade,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
