-- From when on a key signs access tokens: its periods of thirty days count from here.
alter table key_checks add column signs_from timestamptz not null default now();
