-- When eNROLL enrolled whom an entry is about, and where in quarantine the entry lies, so that statements can count it.
-- Null: noted by the version before, which puts none of it there; such an entry goes to quarantine once more when it is seen again.
alter table reconciliation_unreadable
  add column enrolled_at timestamptz,
  add column receipt_id uuid,
  add column element_index integer;
create index reconciliation_unreadable_enrolled on reconciliation_unreadable (enrolled_at);
