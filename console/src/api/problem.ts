import type { ProblemDto } from '@schema';

/** Of the browser itself: the server did not answer. */
export const NO_ANSWER = 'NO_ANSWER';

interface Facts {
  /** Stable; what code branches on. */
  code: ProblemDto['code'] | typeof NO_ANSWER;
  /** Of HTTP; 0 where nothing came. */
  status: number;
  title: string;
  detail?: string;
  requestId?: string;
  /** Of KEY_IN_USE: how often, by place. */
  uses?: Record<string, number>;
}

/** Why a call failed: a problem document of the server (docs/errors.md), or no answer at all. */
export class ApiError extends Error implements Facts {
  override readonly name = 'ApiError';
  readonly code: Facts['code'];
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly uses?: Record<string, number>;

  constructor({ code, status, title, detail, requestId, uses }: Facts) {
    super(title);
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.requestId = requestId;
    this.uses = uses;
  }

  /** @param problem the body of an answer that is no success */
  static of(problem: unknown, response: Response): ApiError {
    const { code, title, detail, requestId, uses } = (problem ?? {}) as Partial<ProblemDto & Facts>;
    return new ApiError({
      code: code ?? 'INTERNAL',
      status: response.status,
      title: title ?? response.statusText,
      detail,
      requestId: requestId ?? response.headers.get('x-request-id') ?? undefined,
      uses,
    });
  }
}

/** @throws the error itself where it is no ApiError: a bug of ours */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

/** Rollcall itself cannot work for a moment; other codes of the same status speak of eNROLL or of one store. */
const OF_A_SERVER_AWAY: readonly string[] = [
  NO_ANSWER,
  'DATABASE_UNAVAILABLE',
  'NOT_READY',
  'OVERLOADED',
  'SHUTTING_DOWN',
];

/** Whether the server, or a proxy in front of it, answers that it does not answer. */
export function saysAway(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const isOfProxy = error.code === 'INTERNAL' && error.status > 500;
  return isOfProxy || OF_A_SERVER_AWAY.includes(error.code);
}
