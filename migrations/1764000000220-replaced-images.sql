-- Stored images that were replaced by what was fetched again: nothing shows them any more, once nobody else names the same bytes.
create table replaced_images (
  sha256 bytea primary key,
  noted_at timestamptz not null default now()
);
