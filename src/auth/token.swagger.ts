import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { TokenError, TokenForm, TokenResponse } from './token.dto.js';

const header = (description: string, type: 'string' | 'integer' = 'string') => ({
  description,
  schema: { type },
});
const NO_STORE = { 'Cache-Control': header('`no-store`') };
const RETRY_AFTER = { 'Retry-After': header('Seconds.', 'integer') };
const CHALLENGE = { 'WWW-Authenticate': header('`Basic`, where Basic was used.') };
const ALLOW = { Allow: header('`POST`') };

/** Without `scope`: only an answer to a request for another scope has it. */
const ANSWER: TokenResponse = {
  access_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln',
  expires_in: 3600,
  token_type: 'Bearer',
};

const REFUSALS = [
  [400, 'invalid_request', 'The parameter grant_type is missing', {}],
  [401, 'invalid_client', 'Client authentication failed', CHALLENGE],
  [403, 'access_denied', 'This may not be called from your address', {}],
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
        'headers. In two places they must be equal. They are refused in the query string, in JSON and in multipart.',
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
