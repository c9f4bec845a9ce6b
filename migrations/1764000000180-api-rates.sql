-- How often the management API was asked within the minute, by address and by key, over all replicas (rate-limiter-flexible).
-- Nothing is lost with it in a crash, so it need not be logged.
create unlogged table api_rates (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
