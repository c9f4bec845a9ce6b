-- Log-out tokens of the identity provider, as keyed hashes: each works once.
create table logout_tokens (
  hash text primary key,
  ends_at timestamptz not null
);
