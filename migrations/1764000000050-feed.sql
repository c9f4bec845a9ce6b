-- What statistics count of a version, so that they need not open its sealed state.
alter table changes add column nationality text, add column document_type_code text, add column birth_governorate text;
update changes c
set nationality = a.nationality, document_type_code = a.document_type_code, birth_governorate = a.birth_governorate
from applicants a where a.applicant_id = c.applicant_id and a.version = c.version;

-- Events of the feed that are no versions. They share the order of `changes`: (tx, seq), from the same sequence.
create table notices (
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
create index notices_applicant on notices (applicant_id, version);

-- How far each follower within Rollcall has read the feed.
create table feed_cursors (
  follower text primary key,
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);
