-- By what the image store of this installation is known: an object under the hash of this id. It is made once, and
-- travels with a dump. Null for `store_marked_at`: no store has the mark yet.
alter table image_mirror
  add column store_id uuid not null default gen_random_uuid(),
  add column store_marked_at timestamptz;
