-- The last access token of each client, and where its credentials stood: what eNROLL really sends is not in its guide.
create table last_tokens (
  client_id text primary key references clients on delete cascade,
  at timestamptz(3) not null,
  credentials_in text not null constraint last_tokens_credentials_in_check check (credentials_in in ('form', 'basic', 'headers'))
);
