import { Get, Req, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../../problem/address.js';
import { Operation } from '../../problem/operation.js';
import { Problem } from '../../problem/problem.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { factsOf } from '../../problem/request-facts.js';
import { OpenController } from '../api-key.guard.js';
import { ApiLimits } from '../api-limits.js';
import { BrowserSessions } from './browser-sessions.service.js';
import { ProvidedUsers } from './provided-users.service.js';
import { SessionCookies } from './session-cookies.js';
import { SingleSignOn } from './single-sign-on.service.js';

/** Log-in by the organization's identity provider. */
@OpenController('session/oidc', 'Management: session')
@ProblemResponses('NOT_FOUND', 'SSO_UNAVAILABLE')
export class SingleSignOnController {
  constructor(
    private readonly provider: SingleSignOn,
    private readonly people: ProvidedUsers,
    private readonly sessions: BrowserSessions,
    private readonly cookies: SessionCookies,
    private readonly limits: ApiLimits,
  ) {}

  @Get()
  @Operation(
    'Log in by the identity provider',
    'Sends the browser to the OpenID Connect provider of `ROLLCALL_OIDC_ISSUER`. Local accounts go on working when it does not answer.',
  )
  @ApiResponse({ status: 302, description: 'To the provider.' })
  async beginSingleSignOn(@Res() reply: FastifyReply): Promise<FastifyReply> {
    const { url, errand } = await this.provider.begin();
    this.cookies.keepErrand(reply, errand);
    return reply.redirect(url, 302);
  }

  @Get('callback')
  @Operation(
    'Back from the identity provider',
    'The provider sends the browser here. Its roles are those of this moment; after an hour the browser asks the provider again.',
  )
  @ApiResponse({ status: 302, description: 'Logged in, to the console.' })
  @ProblemResponses('SSO_REFUSED', 'SSO_NO_ROLE', 'LOGIN_REFUSED')
  async finishSingleSignOn(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    this.provider.requireSetUp();
    try {
      const errand = this.cookies.takeErrand(request, reply);
      if (errand === undefined)
        throw new Problem('SSO_REFUSED', 'This browser did not ask, or took too long');
      const provided = await this.provider.finish(new URL(request.url, 'http://x').search, errand);
      const person = await this.people.update(provided);
      const { id, login } = person;
      const opened = { id, login, providerSession: provided.session ?? null };
      await this.sessions.begin(opened, 'provider', request, reply);
    } catch (error) {
      if (error instanceof Problem && error.status === 403)
        await this.limits.refuse(networkOf(factsOf(request).address));
      throw error;
    }
    return reply.redirect(this.cookies.home, 302);
  }
}
