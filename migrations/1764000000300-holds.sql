-- People of whom nothing is removed until the hold is lifted, although its time is over or they ask for it.
create table holds (
  id uuid primary key,
  applicant_id text,
  id_number bytea, -- sealed; gone once the hold is lifted
  reason text not null,
  placed_by text not null,
  placed_at timestamptz(3) not null default now(), -- as precise as a cursor
  lifted_by text,
  lifted_at timestamptz(3),
  constraint holds_of_one_subject check (applicant_id is null or id_number is null),
  constraint holds_of_a_subject check (applicant_id is not null or id_number is not null or lifted_at is not null)
);
create index holds_placed on holds (placed_at, id);
create index holds_live on holds (id) where lifted_at is null;
