-- no transaction
-- The timeline of an applicant; a first backfill leaves a gap of everybody.
create index concurrently if not exists reconciliation_gaps_applicant on reconciliation_gaps (applicant_id);
