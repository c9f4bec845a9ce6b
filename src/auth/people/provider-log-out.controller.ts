import { Body, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { networkOf } from '../../problem/address.js';
import { Operation } from '../../problem/operation.js';
import { Problem } from '../../problem/problem.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { factsOf } from '../../problem/request-facts.js';
import { OpenController } from '../api-key.guard.js';
import { ApiLimits } from '../api-limits.js';
import { LogoutTokenForm } from './people.dto.js';
import { ProviderLogOut } from './provider-log-out.service.js';

/** What the identity provider itself calls. Its signature is its credential. */
@OpenController('session/oidc', 'Management: session')
export class ProviderLogOutController {
  constructor(
    private readonly logOuts: ProviderLogOut,
    private readonly limits: ApiLimits,
  ) {}

  @Post('back-channel-logout')
  @HttpCode(200)
  @Operation(
    'The identity provider logs somebody out',
    'OpenID Connect Back-Channel Logout 1.0: the sessions of the subject or of the `sid` of the log-out token end, on every replica, in open ' +
      'streams too. A token works once.',
  )
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: LogoutTokenForm })
  @ApiResponse({ status: 200, description: 'They have ended.' })
  @ProblemResponses('NOT_FOUND', 'LOGOUT_TOKEN_INVALID', 'SSO_UNAVAILABLE')
  async endProvidedSessions(@Body() body: unknown, @Req() request: FastifyRequest): Promise<void> {
    try {
      await this.logOuts.end((body as Partial<LogoutTokenForm> | undefined)?.logout_token);
    } catch (error) {
      if (error instanceof Problem && error.code === 'LOGOUT_TOKEN_INVALID')
        await this.limits.refuse(networkOf(factsOf(request).address));
      throw error;
    }
  }
}
