-- One row per session token of eNROLL that was minted for somebody; the token itself is not kept. `correlation_id` is the
-- organization's own key of its customer: it links an applicant, once there is one, to who began.
create table session_tokens (
  id uuid primary key,
  kind text not null check (kind in ('onboarding', 'authentication')),
  correlation_id text,
  request_id text,
  applicant_id text, -- authentication: who is to prove it is them; onboarding: who it became
  minted_by text not null,
  minted_at timestamptz not null,
  expires_at timestamptz,
  finished_at timestamptz
);
create index session_tokens_minted on session_tokens (minted_at, id);
create index session_tokens_open on session_tokens (minted_at, id) where finished_at is null;
create index session_tokens_correlation on session_tokens (correlation_id, minted_at) where correlation_id is not null;
create index session_tokens_request on session_tokens (request_id) where request_id is not null;
create index session_tokens_applicant on session_tokens (applicant_id) where applicant_id is not null;
