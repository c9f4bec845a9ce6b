-- no transaction
-- No release reads notices by their applicant, and every flagged version pays for the index.
drop index concurrently if exists notices_applicant;
