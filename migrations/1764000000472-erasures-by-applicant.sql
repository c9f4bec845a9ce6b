-- no transaction
-- The erasures of one applicant.
create index concurrently if not exists erasures_applicants on erasures using gin (applicant_ids);
