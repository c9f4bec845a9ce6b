-- What the token URL and the callback URLs refused. Strangers cause it as often as they like: what is alike is one row an hour, and
-- the newest rows of each kind of caller are kept.
create table refusals (
  id uuid primary key,
  first_at timestamptz(3) not null,
  at timestamptz(3) not null, -- of the latest one, as are the columns down to receipt_id
  route text not null constraint refusals_route_check check (route in ('token', 'success', 'fail', 'any')),
  url text not null,
  method text not null,
  caller text not null constraint refusals_caller_check check (caller in ('client', 'named', 'stranger')),
  client_id text, -- one of ours, never a name that somebody made up
  remote_address text, -- null: of many addresses
  status smallint not null,
  code text not null,
  bytes bigint, -- as declared
  receipt_id uuid, -- where the first bytes of a client are kept
  count integer not null
);
create index refusals_at on refusals (at desc, id desc);
