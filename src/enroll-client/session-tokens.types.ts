export const SESSION_KINDS = ['onboarding', 'authentication'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** `open`: begun, and nothing was heard of it since, whether its token still holds or not. */
export const SESSION_STATES = ['open', 'finished'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** What eNROLL told about an applicant, by which the session it came from is found. */
export interface SessionEnd {
  applicantId: string;
  correlationId?: string | undefined;
  requestId?: string | undefined;
  finishedAt: Date;
}
