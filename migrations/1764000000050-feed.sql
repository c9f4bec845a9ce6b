-- no transaction
-- What statistics count of a version, so that they need not open its sealed state.
alter table changes add column if not exists nationality text, add column if not exists document_type_code text,
  add column if not exists birth_governorate text;
-- next
-- The current versions, so many applicants at a time: all at once would stop the callbacks for a minute a million.
do $$
declare
  last text := '';
  ids text[];
begin
  loop
    select array_agg(applicant_id order by applicant_id) into ids
    from (select applicant_id from applicants where applicant_id > last order by applicant_id limit 2000) next;
    exit when ids is null;
    update changes c
    set nationality = a.nationality, document_type_code = a.document_type_code, birth_governorate = a.birth_governorate
    from applicants a where a.applicant_id = any(ids) and c.applicant_id = a.applicant_id and c.version = a.version
      and (c.nationality, c.document_type_code, c.birth_governorate)
        is distinct from (a.nationality, a.document_type_code, a.birth_governorate);
    commit;
    last := ids[array_upper(ids, 1)];
  end loop;
end $$;
-- next
-- Events of the feed that are no versions. They share the order of `changes`: (tx, seq), from the same sequence.
create table if not exists notices (
  tx xid8 not null default pg_current_xact_id(),
  seq bigint not null default nextval('changes_seq'),
  noticed_at timestamptz not null default now(),
  event text not null check (event in ('applicant.flagged', 'applicant.images_ready', 'applicant.erased')),
  applicant_id text not null,
  version integer not null, -- that was current then
  outcome text not null,
  status integer,
  flags text[] not null default '{}', -- of applicant.flagged: those that came with this version
  receipt_id uuid,
  primary key (tx, seq)
);
create index if not exists notices_applicant on notices (applicant_id, version);

-- How far each follower within Rollcall has read the feed.
create table if not exists feed_cursors (
  follower text primary key,
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);
