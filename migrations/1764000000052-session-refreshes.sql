-- Whose a new applicant is, is asked while somebody who began here is awaited.
alter table reconciliation_refreshes drop constraint reconciliation_refreshes_reason_check,
  add constraint reconciliation_refreshes_reason_check check (reason in ('reverts_to', 'conflict', 'overtaken', 'session'));
