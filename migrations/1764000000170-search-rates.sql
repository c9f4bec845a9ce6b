-- How often each API key has searched for applicants within the minute, over all replicas (rate-limiter-flexible).
-- Nothing is lost with it in a crash, so it need not be logged.
create unlogged table search_rates (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
