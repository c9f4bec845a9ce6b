import type { Tx } from '../db/tx.js';
import type { SessionEnd, SessionKind, SessionState } from './session-tokens.types.js';

/** A session that was begun. The token is not kept. */
export interface SessionRow {
  id: string;
  kind: SessionKind;
  correlationId: string | null;
  requestId: string | null;
  applicantId: string | null;
  mintedBy: string;
  mintedAt: Date;
  expiresAt: Date | null;
  finishedAt: Date | null;
}

export interface SessionFilter {
  state?: SessionState | undefined;
  kind?: SessionKind | undefined;
  correlationId?: string | undefined;
  requestId?: string | undefined;
}

export interface SessionPosition {
  mintedAt: Date;
  id: string;
}

const COLUMNS = `id, kind, correlation_id as "correlationId", request_id as "requestId", applicant_id as "applicantId",
  minted_by as "mintedBy", minted_at as "mintedAt", expires_at as "expiresAt", finished_at as "finishedAt"`;

export async function insertSession(tx: Tx, session: Omit<SessionRow, 'finishedAt'>): Promise<void> {
  await tx.query(
    `insert into session_tokens (id, kind, correlation_id, request_id, applicant_id, minted_by, minted_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      session.id,
      session.kind,
      session.correlationId,
      session.requestId,
      session.applicantId,
      session.mintedBy,
      session.mintedAt,
      session.expiresAt,
    ],
  );
}

/**
 * Newest first. By session_tokens_open for open sessions, by session_tokens_correlation or session_tokens_request for
 * one of these ids, else by session_tokens_minted.
 */
export async function listSessions(
  tx: Tx,
  { state, kind, correlationId, requestId }: SessionFilter,
  after: SessionPosition | null,
  limit: number,
): Promise<SessionRow[]> {
  const finished = state === undefined ? '' : `and finished_at is ${state === 'open' ? 'null' : 'not null'}`;
  return tx.query<SessionRow[]>(
    `select ${COLUMNS} from session_tokens
     where ($1::text is null or kind = $1) and ($2::text is null or correlation_id = $2)
       and ($3::text is null or request_id = $3) ${finished}
       and (minted_at, id) < (coalesce($4::timestamptz, 'infinity'), coalesce($5::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
     order by minted_at desc, id desc limit $6`,
    [
      kind ?? null,
      correlationId ?? null,
      requestId ?? null,
      after?.mintedAt ?? null,
      after?.id ?? null,
      limit,
    ],
  );
}

/**
 * Links the open sessions that applicants came from: by the request id, else by the correlation id. Authentications by
 * the applicant itself are left alone. One statement for all, because one applicant at a time would double the cost of
 * reading a range. By session_tokens_request and session_tokens_correlation.
 * @returns the ids of the sessions that are finished now
 */
export async function finishSessions(tx: Tx, ends: readonly SessionEnd[]): Promise<string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `with e as (
       select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as t(applicant_id, request_id, correlation_id, finished_at)
     ), met as (
       select s.id, e.applicant_id, e.finished_at from e join session_tokens s on s.request_id = e.request_id
       where s.finished_at is null and s.kind = 'onboarding' and s.minted_at <= e.finished_at
       union
       select s.id, e.applicant_id, e.finished_at from e join session_tokens s on s.correlation_id = e.correlation_id
       where s.finished_at is null and s.kind = 'onboarding' and s.minted_at <= e.finished_at
         and (s.request_id is null or e.request_id is null)
     )
     update session_tokens s set applicant_id = met.applicant_id, finished_at = met.finished_at
     from met where s.id = met.id and s.finished_at is null returning s.id`,
    [
      ends.map(({ applicantId }) => applicantId),
      ends.map(({ requestId }) => requestId ?? null),
      ends.map(({ correlationId }) => correlationId ?? null),
      ends.map(({ finishedAt }) => finishedAt),
    ],
  );
  return rows.map(({ id }) => id);
}

/** The applicants of one customer of the organization, newest first. By session_tokens_correlation. */
export async function applicantsOfCorrelation(tx: Tx, correlationId: string): Promise<string[]> {
  const rows = await tx.query<{ applicantId: string }[]>(
    `select applicant_id as "applicantId" from session_tokens
     where correlation_id = $1 and applicant_id is not null
     group by applicant_id order by max(minted_at) desc`,
    [correlationId],
  );
  return rows.map(({ applicantId }) => applicantId);
}

/** Whether an onboarding that began in the last days is not finished. By session_tokens_open. */
export async function hasOpenOnboarding(tx: Tx, days: number): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `select from session_tokens
     where finished_at is null and kind = 'onboarding' and minted_at > now() - make_interval(days => $1) limit 1`,
    [days],
  );
  return rows.length > 0;
}
