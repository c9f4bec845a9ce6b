import { Controller, Header, HttpCode, Post, Req, UseFilters, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Metrics } from '../observability/metrics.js';
import { factsOf } from '../problem/request-facts.js';
import { ClientCredentialsGuard, type TokenClientRequest } from './client-credentials.guard.js';
import type { TokenDemand } from './credentials.js';
import { LastTokens } from './last-tokens.service.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import type { TokenResponse } from './token.dto.js';
import { TokenEndpointDocs } from './token.swagger.js';
import { CALLBACK_SCOPE, Tokens } from './tokens.service.js';

/** The token URL (M1). Methods other than POST are answered by `installTokenRoute`. */
@ApiTags('eNROLL: token')
@Controller('oauth/token')
@UseFilters(OAuthErrorFilter)
export class TokenController {
  constructor(
    private readonly tokens: Tokens,
    private readonly metrics: Metrics,
    private readonly lastTokens: LastTokens,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Header('pragma', 'no-cache')
  @UseGuards(ClientCredentialsGuard)
  @TokenEndpointDocs()
  async issue(@Req() request: FastifyRequest & TokenClientRequest): Promise<TokenResponse> {
    const { clientId } = request.client;
    const { accessToken, expiresInSeconds } = await this.tokens.issue(request.client);
    this.metrics.tokenRequests.add('issued');
    factsOf(request).actor = clientId;
    const { tokenDemand } = request;
    if (tokenDemand.result === 'credentials') this.lastTokens.record(clientId, tokenDemand.credentialsIn);
    return {
      access_token: accessToken,
      expires_in: expiresInSeconds,
      token_type: 'Bearer',
      ...(asksForAnotherScope(request.tokenDemand) && { scope: CALLBACK_SCOPE }),
    };
  }
}

/** RFC 6749, 3.3: the answer names the scope where it is not the requested one. */
function asksForAnotherScope(demand: TokenDemand): boolean {
  return demand.result === 'credentials' && demand.scope !== undefined && demand.scope !== CALLBACK_SCOPE;
}
