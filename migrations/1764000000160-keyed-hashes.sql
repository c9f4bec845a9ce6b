-- `content_hash` and `known_hashes` held plain cut SHA-256 of sealed contents: whoever had a row could try values until the
-- hash fitted. They are keyed from here on, and the job `applicants.key-hashes` keys those of the rows that exist, pass by pass:
-- a pass goes by the primary key, and one that found something is followed by another, for what the release before still wrote.
create table hash_keying (
  table_name text primary key,
  after_id text not null default '', -- how far the pass is
  after_version integer not null default 0,
  found bigint not null default 0, -- rows with plain hashes, in this pass
  keyed bigint not null default 0, -- rows keyed, in all passes
  due_at timestamptz not null default now(), -- when the next pass begins
  finished_at timestamptz -- when a pass found nothing
) with (fillfactor = 50);
insert into hash_keying (table_name) values ('applicants'), ('changes');
