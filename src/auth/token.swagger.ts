import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { TokenError, TokenForm, TokenResponse } from './token.dto.js';

const NO_STORE = { 'Cache-Control': { description: '`no-store`', schema: { type: 'string' as const } } };
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' as const } } };
const CHALLENGE = {
  'WWW-Authenticate': { description: '`Basic`, where Basic was used.', schema: { type: 'string' as const } },
};
const ALLOW = { Allow: { description: '`POST`', schema: { type: 'string' as const } } };

/** Without `scope`, which only an answer to another one has. */
const ANSWER: TokenResponse = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln',
  expires_in: 3600,
  token_type: 'Bearer',
};

const REFUSALS = [
  [400, 'invalid_request', 'The parameter grant_type is missing', {}],
  [401, 'invalid_client', 'Client authentication failed', CHALLENGE],
  [405, 'invalid_request', 'The token endpoint takes POST alone', ALLOW],
  [413, 'invalid_request', 'The body is too large', {}],
  [415, 'invalid_request', 'The body must be application/x-www-form-urlencoded', {}],
  [429, 'too_many_requests', 'Too many failed requests, try again later', RETRY_AFTER],
  [503, 'temporarily_unavailable', 'The database does not answer', RETRY_AFTER],
] as const;

/** How `/docs` shows the token URL: every status with an example. */
export function TokenEndpointDocs(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'issueToken',
      summary: 'Token URL: eNROLL asks for the token it calls back with',
      description:
        'OAuth 2.0 client credentials (RFC 6749, 4.4). Id and secret come in the form body, as HTTP Basic (form-encoded or as they stand), or as raw ' +
        'headers; in two places they must be equal. Never in the query string, JSON or multipart.',
    }),
    // Credentials are part of the request itself, in any of three places.
    ApiSecurity({}),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({ type: TokenForm }),
    ApiOkResponse({ type: TokenResponse, description: 'A token.', headers: NO_STORE, example: ANSWER }),
    ...REFUSALS.map(([status, error, description, headers]) =>
      ApiResponse({
        status,
        type: TokenError,
        description: `\`${error}\``,
        headers: { ...NO_STORE, ...headers },
        example: { error, error_description: description },
      }),
    ),
  );
}
