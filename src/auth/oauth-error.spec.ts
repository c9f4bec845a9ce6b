import { Problem } from '../problem/problem.js';
import { invalidClient, methodNotAllowed, OAuthError, toOAuthError, tooManyRequests } from './oauth-error.js';

function outside(error: unknown) {
  const { status, code, description, headers } = toOAuthError(error);
  return { status, code, description, headers };
}

function fastifyError(statusCode: number, code = 'FST_ERR_CTP_X'): Error {
  return Object.assign(new Error('quotes the body'), { code, statusCode });
}

describe('what leaves the token URL', () => {
  test('our own refusals as they are', () => {
    const error = new OAuthError(400, 'invalid_request', 'because', { a: 'b' });
    expect(toOAuthError(error)).toBe(error);
    expect(error).toMatchObject({ name: 'OAuthError', message: 'because' });
  });

  test('a refused client is challenged only where Basic was used', () => {
    expect(outside(invalidClient(false))).toEqual({
      status: 401,
      code: 'invalid_client',
      description: 'Client authentication failed',
      headers: {},
    });
    expect(invalidClient(true).headers).toEqual({
      'www-authenticate': 'Basic realm="rollcall", charset="UTF-8"',
    });
  });

  test('a throttled client is told when to come back', () => {
    expect(outside(tooManyRequests(42))).toEqual({
      status: 429,
      code: 'too_many_requests',
      description: 'Too many failed requests, try again later',
      headers: { 'retry-after': '42' },
    });
  });

  test('other methods are told the one there is', () => {
    expect(outside(methodNotAllowed())).toEqual({
      status: 405,
      code: 'invalid_request',
      description: 'The token endpoint takes POST alone',
      headers: { allow: 'POST' },
    });
  });

  test('a database that does not answer is 503, never 401', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(outside(error)).toEqual({
      status: 503,
      code: 'temporarily_unavailable',
      description: 'The database does not answer',
      headers: { 'retry-after': '5' },
    });
  });

  test.each<[string, unknown, number, string]>([
    ['Fastify: body too large', fastifyError(413), 413, 'The body is too large'],
    [
      'Fastify: unknown type',
      fastifyError(415),
      415,
      'The body must be application/x-www-form-urlencoded, and not compressed',
    ],
    ['Fastify: slow body', fastifyError(408), 408, 'The body took too long to arrive'],
    ['Fastify: anything else', fastifyError(400), 400, 'The request cannot be read'],
    ['the body reader: too large', new Problem('BODY_TOO_LARGE'), 413, 'The body is too large'],
    ['the body reader: cut', new Problem('BODY_ABORTED'), 400, 'The request cannot be read'],
  ])('%s keeps its status and loses its text', (_case, error, status, description) => {
    expect(outside(error)).toEqual({ status, code: 'invalid_request', description, headers: {} });
  });

  test('a server that stops says when to come again', () => {
    expect(outside(new Problem('SHUTTING_DOWN'))).toEqual({
      status: 503,
      code: 'temporarily_unavailable',
      description: 'The server is stopping',
      headers: { 'retry-after': '5' },
    });
  });

  test.each<[string, unknown]>([
    ['an unknown error', new Error('secret')],
    ['an error of a library with a status', fastifyError(400, 'OTHER')],
    ['an error of Fastify that is ours', fastifyError(500)],
    ['a status that is no number', Object.assign(new Error('x'), { code: 'FST_ERR_X', statusCode: '400' })],
    ['a status below 400', fastifyError(302)],
    ['a problem of ours', new Problem('INTERNAL')],
    ['nothing', undefined],
    ['null', null],
    ['text', 'secret'],
  ])('%s is 500 without a word about it', (_case, error) => {
    expect(outside(error)).toEqual({
      status: 500,
      code: 'server_error',
      description: 'Something went wrong on our side',
      headers: {},
    });
  });
});
