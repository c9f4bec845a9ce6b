import { ApiKeys } from '../../src/auth/api-keys.service.js';
import type { GrantedScope } from '../../src/auth/auth.types.js';
import type { TestApp } from './app.js';

/** Asks the management API; `Body` is what the test takes the answer's JSON for. */
export type Ask = <Body = Record<string, unknown>>(path: string, init?: RequestInit) => Promise<Answer<Body>>;

export interface Answer<Body = unknown> {
  status: number;
  headers: Headers;
  body: Body;
}

/** A caller of the management API with a key of these scopes alone. */
export async function callerWith(rollcall: TestApp, ...scopes: GrantedScope[]): Promise<Ask> {
  const name = `test ${scopes.join(' ')}`;
  const key = await rollcall.app.get(ApiKeys).create('test', name, scopes);
  return async <Body>(path: string, init: RequestInit = {}) =>
    answerOf<Body>(
      await fetch(rollcall.url + path, {
        ...init,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...init.headers },
      }),
    );
}

/** A caller with all scopes. */
export function callerWithAll(rollcall: TestApp): Ask {
  return async <Body>(path: string, init?: RequestInit) => answerOf<Body>(await rollcall.api(path, init));
}

async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? undefined : JSON.parse(text)) as Body,
  };
}

/** Expects a problem document (RFC 9457) with this status and code. */
export function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status,
    body: { status, code },
  });
  expect(answer.headers.get('content-type')).toMatch('application/problem+json');
}
