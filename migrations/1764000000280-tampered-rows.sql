-- Rows that say something else than what was sealed with them, as long as they do: what the metric counts and the alert tells of.
create table tampered_rows (
  table_name text not null,
  applicant_id text not null,
  version int not null,
  columns text[] not null,
  found_at timestamptz not null default now(),
  constraint tampered_rows_pkey primary key (table_name, applicant_id, version)
);
