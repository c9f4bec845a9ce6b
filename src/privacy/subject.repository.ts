import type { Tx } from '../db/tx.js';

/** Rows about one person, by the name of their file. Each is one statement over `$1` (ids of applicants). */
const ABOUT = {
  /** Primary key. */
  repeats: `select applicant_id as "applicantId", received_at as "receivedAt", receipt_id as "receiptId", element_index as "index",
      source, kind, result from repeats where applicant_id = any($1) order by received_at, element_index`,
  /** `deliveries_order` of each endpoint, then by primary key. */
  deliveries: `select d.applicant_id as "applicantId", d.version, d.event, e.name as endpoint, e.kind, e.url, e.fields, d.state,
      d.occurred_at as "occurredAt", d.settled_at as "settledAt",
      (select coalesce(json_agg(json_build_object('at', a.at, 'status', a.status, 'code', a.code, 'answer', a.answer) order by a.number), '[]')
       from attempts a where a.endpoint_id = d.endpoint_id and (a.tx, a.seq) = (d.tx, d.seq)) as attempts
    from endpoints e join deliveries d on d.endpoint_id = e.id and d.applicant_id = any($1) order by d.occurred_at`,
  /** `audit_subject`. Why somebody is held may be what nobody may tell them. */
  audit: `select at, actor, action, subject, case when action not like 'hold.%' then reason end as reason, detail from audit
    where subject = any(select 'applicant:' || id from unnest($1::text[]) as id) order by at`,
  /** `session_tokens_applicant`. */
  sessions: `select applicant_id as "applicantId", kind, correlation_id as "correlationId", request_id as "requestId",
      minted_at as "mintedAt", finished_at as "finishedAt" from session_tokens where applicant_id = any($1) order by minted_at`,
  /** A table of few rows. */
  gaps: `select applicant_id as "applicantId", kind, state, enrolled_at as "enrolledAt", found_at as "foundAt",
      healed_at as "healedAt", resolution from reconciliation_gaps where applicant_id = any($1) order by found_at`,
  /** A table of few rows. */
  reveals: `select applicant_id as "applicantId", fields, reason, asked_by as "askedBy", approved_by as "approvedBy",
      created_at as "createdAt", used_at as "usedAt" from reveal_requests where applicant_id = any($1) order by created_at`,
  /** A table of few rows. */
  erasures: `select id, applicant_ids as "applicantIds", state, reason, requested_at as "requestedAt", erased_at as "erasedAt"
    from erasures where applicant_ids && $1 order by requested_at`,
} as const;

export type About = keyof typeof ABOUT;
export const ABOUT_NAMES = Object.keys(ABOUT) as About[];

export async function listAbout(tx: Tx, what: About, applicantIds: readonly string[]): Promise<unknown[]> {
  return tx.query<unknown[]>(ABOUT[what], [applicantIds]);
}
