-- Whose personal data is erased, and how far that is. Ids, dates and reasons; never a value of a person.
create table erasures (
  id uuid primary key default gen_random_uuid(),
  applicant_ids text[] not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz(3) not null default now(), -- as precise as a cursor
  state text not null default 'restricted' check (state in ('restricted', 'held', 'erasing', 'erased')),
  began_at timestamptz,
  erased_at timestamptz,
  ledger_place int unique, -- its entry outside of the database
  counts jsonb not null default '{}', -- what was overwritten
  error_code text, -- what keeps it from going on
  attempts int not null default 0,
  next_attempt_at timestamptz default now(), -- null: nothing is left to do
  lease_until timestamptz
) with (fillfactor=70);
create index erasures_requested on erasures (requested_at, id);
create index erasures_unfinished on erasures (id) where state <> 'erased';
create index erasures_due on erasures (next_attempt_at) where next_attempt_at is not null;

-- Elements that were cut out of the bytes of a receipt, and a keyed hash of the bytes that stayed.
create table receipt_redactions (
  receipt_id uuid not null,
  erasure_id uuid not null,
  redacted_at timestamptz not null default now(),
  elements int[], -- null: the whole body
  kept_hash bytea not null,
  primary key (receipt_id, erasure_id)
);

-- The erasure that the row is under, or has become a tombstone by.
alter table applicants add column erasure_id uuid;
