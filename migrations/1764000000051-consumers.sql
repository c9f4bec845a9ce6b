-- Readers of the feed whose place we keep. What lies at or before the cursor is acknowledged.
create table consumers (
  name text primary key,
  events text[] not null, -- of these types; empty: all
  outcomes text[] not null, -- with these outcomes; empty: all
  fields text[] not null, -- of the contract, added to its events
  tx xid8 not null,
  seq bigint not null,
  acked_at timestamptz,
  created_by text not null,
  created_at timestamptz not null default now()
) with (fillfactor = 50);

-- Said once of each version that names images, however many processes settle them and however often.
create unique index notices_images_ready on notices (applicant_id, version) where event = 'applicant.images_ready';
