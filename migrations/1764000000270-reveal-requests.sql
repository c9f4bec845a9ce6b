-- Who wants to see what of whom, where a second person has to approve it first.
create table reveal_requests (
  id uuid primary key default gen_random_uuid(),
  applicant_id text not null,
  fields text[] not null, -- sorted
  reason text not null,
  asked_by text not null,
  created_at timestamptz(3) not null default now(), -- as precise as a cursor
  expires_at timestamptz not null, -- first to be approved, then to be used
  approved_by text check (approved_by <> asked_by),
  used_at timestamptz
);
create index reveal_requests_created on reveal_requests (created_at, id);
