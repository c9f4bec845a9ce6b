import { Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Operation, ValidBody } from '../../problem/operation.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { factsOf } from '../../problem/request-facts.js';
import { OpenController } from '../api-key.guard.js';
import { ApiLimits } from '../api-limits.js';
import { BrowserSessions } from './browser-sessions.service.js';
import { FirstLink } from './first-link.service.js';
import { FirstLinkBody, MeDto } from './people.dto.js';
import { SessionCookies } from './session-cookies.js';

/** The link that a start outside production prints. */
@OpenController('session', 'Management: session')
export class FirstLinkController {
  constructor(
    private readonly link: FirstLink,
    private readonly sessions: BrowserSessions,
    private readonly cookies: SessionCookies,
    private readonly limits: ApiLimits,
  ) {}

  @Post('first-link')
  @Operation(
    'Log in by the link that a start outside production prints',
    'Answers as `logIn` does. A link works once, within 15 minutes of the start, at the process that printed it. In production none does.',
  )
  @Answers(MeDto)
  @ProblemResponses('INVITATION_INVALID', 'CROSS_SITE')
  async useFirstLink(
    @ValidBody() { token }: FirstLinkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto> {
    this.cookies.refuseForeign(request);
    const { address } = factsOf(request);
    const person = await this.limits.countLinks(address, () => this.link.use(token));
    return this.sessions.begin(person, 'first-link', request, reply);
  }
}
