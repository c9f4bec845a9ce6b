-- The same bytes are stored once, sealed, under the hash of their plaintext.
create table image_blobs (
  sha256 bytea primary key,
  media_type text not null,
  bytes integer not null,
  sealed_bytes integer not null,
  stored_at timestamptz not null default now()
);

-- What an image field of an applicant shows from a version on: one row per version that named another path.
create table images (
  applicant_id text not null,
  field text not null check (field in ('livePhotoPath', 'idFrontScanPath', 'idBackScanPath', 'passportScanPath', 'photo')),
  version integer not null,
  path text, -- eNROLL's, opaque; null where the version cleared the field
  state text not null check (state in ('wanted', 'fetched', 'missing', 'not_image', 'failed', 'cleared')),
  attempts integer not null default 0,
  next_attempt_at timestamptz, -- null: nothing is due; while claimed: the end of the lease
  claimed_by uuid,
  sha256 bytea references image_blobs,
  error_code text,
  wanted_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (applicant_id, field, version)
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
create index images_due on images (next_attempt_at) where next_attempt_at is not null;
create index images_claimed on images (claimed_by) where claimed_by is not null;
create index images_unsettled on images (state, applicant_id, field, version) where state not in ('fetched', 'cleared');
create index images_sha256 on images (sha256) where sha256 is not null;

-- Kept by the statements that move images between states, so that progress is one row and no count(*).
create table image_totals (
  only_row boolean primary key default true check (only_row),
  wanted bigint not null default 0,
  fetched bigint not null default 0,
  missing bigint not null default 0,
  not_image bigint not null default 0,
  failed bigint not null default 0,
  stored_images bigint not null default 0,
  stored_bytes bigint not null default 0
) with (fillfactor = 50);
insert into image_totals default values;

-- Whether images may be fetched, and what last kept them from it.
create table image_mirror (
  only_row boolean primary key default true check (only_row),
  paused_at timestamptz,
  paused_by text,
  fault_code text,
  fault_at timestamptz
);
insert into image_mirror default values;

-- How far the feed of changes was searched for image paths.
create table image_wants (
  only_row boolean primary key default true check (only_row),
  tx xid8 not null default '0',
  seq bigint not null default 0
) with (fillfactor = 50);
insert into image_wants default values;
