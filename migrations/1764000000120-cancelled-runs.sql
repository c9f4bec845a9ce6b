-- A run that nobody wants any more (a mistyped year) can be ended.
alter table reconciliation_runs drop constraint reconciliation_runs_state_check,
  add constraint reconciliation_runs_state_check check (state in ('waiting', 'running', 'completed', 'failed', 'cancelled'));
