import createClient from 'openapi-fetch';
import { SERVER } from '../base';
import { ApiError, NO_ANSWER } from './problem';
import type { MeDto, paths, ProblemDto } from '@schema';

/** Whatever changes something carries it; only a page that has read an answer of the server knows it. */
let csrfToken = '';
/** Asks the person to log in again; resolves when they have. Undefined while nobody is logged in. */
let renew: (() => Promise<void>) | undefined;

/** To be called with each answer that says who is logged in. */
export function keepTokenOf({ csrfToken: token = '' }: MeDto): void {
  csrfToken = token;
}

/** What a call does whose session is over: it waits for `logInAgain`, and is sent once more. */
export function renewSessionsBy(logInAgain: (() => Promise<void>) | undefined): void {
  renew = logInAgain;
}

/** The management API, typed by openapi.json. Paths begin with `/api/v1`. */
export const api = createClient<paths>({
  baseUrl: SERVER,
  fetch: async (request) => {
    const again = request.clone();
    const response = await send(request);
    if (renew === undefined || !(await saysThatSessionIsOver(response))) return response;
    await renew();
    return send(again);
  },
});

/** A wrong password is answered 401, too. */
async function saysThatSessionIsOver(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  const { code } = (await response.clone().json()) as Partial<ProblemDto>;
  return code === 'SESSION_INVALID' || code === 'TOKEN_MISSING';
}

async function send(request: Request): Promise<Response> {
  if (csrfToken !== '') request.headers.set('x-csrf-token', csrfToken);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError({ code: NO_ANSWER, status: 0, title: 'The server does not answer' });
  }
}

/** The data of an answer: `await answerOf(api.GET('/api/v1/me'))`. @throws ApiError */
export async function answerOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw ApiError.of(error, response);
  return data as Data;
}
