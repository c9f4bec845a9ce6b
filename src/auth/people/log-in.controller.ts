import { Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Operation, ValidBody } from '../../problem/operation.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { factsOf } from '../../problem/request-facts.js';
import { OpenController } from '../api-key.guard.js';
import { ApiLimits } from '../api-limits.js';
import { BrowserSessions } from './browser-sessions.service.js';
import { Invitations } from './invitations.service.js';
import { LogIn } from './log-in.service.js';
import {
  AcceptedDto,
  ConfirmationBody,
  EnrollmentDto,
  InvitationBody,
  LogInBody,
  MeDto,
} from './people.dto.js';
import { SessionCookies } from './session-cookies.js';

/** How people get a session: nobody is known here yet. */
@OpenController('session', 'Management: session')
export class LogInController {
  constructor(
    private readonly logIns: LogIn,
    private readonly invitations: Invitations,
    private readonly sessions: BrowserSessions,
    private readonly cookies: SessionCookies,
    private readonly limits: ApiLimits,
  ) {}

  @Post()
  @Operation(
    'Log in',
    'Answers with the session as a cookie that no script can read, and its CSRF token. A session ends after 30 minutes ' +
      'without a request, and after 12 hours. An unknown login, a wrong password and a wrong code are answered alike.',
  )
  @Answers(MeDto)
  @ProblemResponses('LOGIN_REFUSED', 'CROSS_SITE')
  async logIn(
    @ValidBody() body: LogInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto> {
    this.cookies.refuseForeign(request);
    const person = await this.logIns.prove(body, factsOf(request).address);
    return this.sessions.begin(
      person,
      body.recoveryCode === undefined ? 'password' : 'recovery-code',
      request,
      reply,
    );
  }

  @Post('invitation')
  @Operation(
    'Choose a password by the link of an invitation',
    'Answers with the secret for an authenticator. The link stays good until `confirmInvitation`; asked again, this gives another ' +
      'secret.',
  )
  @Answers(EnrollmentDto)
  @ProblemResponses('INVITATION_INVALID', 'PASSWORD_REFUSED', 'CROSS_SITE')
  async acceptInvitation(
    @ValidBody() { token, password }: InvitationBody,
    @Req() request: FastifyRequest,
  ): Promise<EnrollmentDto> {
    this.cookies.refuseForeign(request);
    return this.limits.countLinks(factsOf(request).address, () => this.invitations.begin(token, password));
  }

  @Post('invitation/confirmation')
  @Operation(
    'Confirm the authenticator by its first code, and be logged in',
    'Answers with the recovery codes, this once, and with the session, as `logIn` does. The link is used then.',
  )
  @Answers(AcceptedDto)
  @ProblemResponses('INVITATION_INVALID', 'CONFLICT', 'CODE_REFUSED', 'CROSS_SITE')
  async confirmInvitation(
    @ValidBody() { token, code }: ConfirmationBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedDto> {
    this.cookies.refuseForeign(request);
    const { recoveryCodes, ...person } = await this.limits.countLinks(factsOf(request).address, () =>
      this.invitations.confirm(token, code),
    );
    return { ...(await this.sessions.begin(person, 'invitation', request, reply)), recoveryCodes };
  }
}
