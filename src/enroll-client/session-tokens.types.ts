export const SESSION_KINDS = ['onboarding', 'authentication'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** `open`: begun, and we heard nothing of it since, whether or not its token is still valid. */
export const SESSION_STATES = ['open', 'finished'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** What eNROLL says about an applicant, by which we find the session that it came from. */
export interface SessionEnd {
  applicantId: string;
  correlationId?: string | undefined;
  requestId?: string | undefined;
  finishedAt: Date;
}
