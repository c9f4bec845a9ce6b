-- Elements that changed nothing, by their applicant: duplicates and stale ones. All others are found in `changes` or `quarantine`.
create table repeats (
  applicant_id text not null,
  received_at timestamptz not null,
  receipt_id uuid not null,
  element_index integer not null,
  source text not null,
  kind text not null,
  result text not null check (result in ('duplicate', 'stale')),
  primary key (applicant_id, received_at, receipt_id, element_index)
);

-- Rows come in the order of time, so this costs next to nothing. Retention and a worker that takes up a receipt ask by it.
create index repeats_received on repeats using brin (received_at) with (autosummarize = on);
