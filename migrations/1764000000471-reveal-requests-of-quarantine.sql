-- A request to reveal may be for an element in quarantine, which may name nobody.
alter table reveal_requests add column quarantine_id uuid, alter column applicant_id drop not null;
