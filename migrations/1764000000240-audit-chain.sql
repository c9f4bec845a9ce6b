-- no transaction
-- Who asked from where and why, and the place of each entry in the order in which transactions ended. Entries of before,
-- and those of an older replica, keep place 0 and get the defaults.
alter table audit add column if not exists address text, add column if not exists request_id text,
  add column if not exists reason text, add column if not exists history bigint not null default 0,
  add column if not exists tx xid8 not null default '0', add column if not exists seq bigint not null default 0;
create sequence if not exists audit_seq owned by audit.seq;
alter table audit alter column history set default current_history(), alter column tx set default pg_current_xact_id(),
  alter column seq set default nextval('audit_seq');
-- next
-- The chain: each link holds the hash of the one before it and of its entry, so that no entry is changed, taken away or put
-- between without a trace. A table of its own, because a role that serves may not change `audit`.
create table if not exists audit_links (
  n bigint primary key,
  entry uuid not null unique,
  history bigint not null,
  tx xid8 not null,
  seq bigint not null,
  hash bytea not null
);
-- One signed hash a day: whoever writes the whole chain again cannot sign it again.
create table if not exists audit_heads (
  day date primary key,
  n bigint not null,
  jws text not null
);
-- next
create index concurrently if not exists audit_place on audit (history, tx, seq, id);
-- next
create index concurrently if not exists audit_actor on audit (actor, at);
