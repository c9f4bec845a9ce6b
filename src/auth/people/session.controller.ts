import { Delete, Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, AnswersNothing, Operation, ValidBody } from '../../problem/operation.js';
import { Problem } from '../../problem/problem.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { factsOf } from '../../problem/request-facts.js';
import { AnyScope, Caller, ManagementController } from '../api-key.guard.js';
import type { Actor } from '../auth.types.js';
import { BrowserSessions } from './browser-sessions.service.js';
import { PasswordChange } from './password-change.service.js';
import { ChangePasswordBody, MeDto, RecoveryCodesDto, RenewRecoveryCodesBody } from './people.dto.js';
import { isPerson } from './people.types.js';
import { RecoveryCodes } from './recovery-codes.service.js';

/** Who calls, for people and keys alike. */
@ManagementController('', 'Management: session')
@AnyScope()
export class SessionController {
  constructor(
    private readonly sessions: BrowserSessions,
    private readonly passwords: PasswordChange,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  @Get('me')
  @Operation('Who am I, and what may I do', 'For API keys and for people who are logged in.')
  @Answers(MeDto)
  readMe(@Caller() actor: Actor, @Req() request: FastifyRequest): MeDto {
    return this.sessions.describe(actor, this.sessions.secretOf(request));
  }

  @Get('session')
  @Operation('The session of this browser', 'The same as `readMe`, with the CSRF token of the session.')
  @Answers(MeDto)
  readSession(@Caller() actor: Actor, @Req() request: FastifyRequest): MeDto {
    return this.sessions.describe(actor, this.sessions.secretOf(request));
  }

  @Post('session/password')
  @Operation(
    'Change my password',
    'Needs the password of now and a code, as a log-in does. All sessions of the person end, and this browser gets a new one, as `logIn` ' +
      'answers it. Whoever comes by the identity provider has no password here (`CONFLICT`).',
  )
  @Answers(MeDto)
  @ProblemResponses('LOGIN_REFUSED', 'PASSWORD_REFUSED', 'CONFLICT')
  async changePassword(
    @ValidBody() body: ChangePasswordBody,
    @Caller() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeDto> {
    if (!isPerson(actor)) throw new Problem('CONFLICT', 'An API key has no password');
    const person = await this.passwords.change(actor, body, factsOf(request).address);
    const by = body.recoveryCode === undefined ? 'password' : 'recovery-code';
    return this.sessions.begin(person, by, request, reply);
  }

  @Post('session/recovery-codes')
  @Operation(
    'New recovery codes for me',
    'Needs the password and a code of the authenticator, as a log-in does; a recovery code does not do. Those of before open nothing any ' +
      'more, and sessions stay. Whoever comes by the identity provider has none here (`CONFLICT`).',
  )
  @Answers(RecoveryCodesDto)
  @ProblemResponses('LOGIN_REFUSED', 'CONFLICT')
  async renewRecoveryCodes(
    @ValidBody() body: RenewRecoveryCodesBody,
    @Caller() actor: Actor,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesDto> {
    if (!isPerson(actor)) throw new Problem('CONFLICT', 'An API key has no recovery codes');
    return { recoveryCodes: await this.recoveryCodes.renew(actor, body, factsOf(request).address) };
  }

  @Delete('session')
  @Operation('Log out', 'Ends this session on every replica. A key has none, and stays as it is.')
  @AnswersNothing('The cookie opens nothing any more.')
  async logOut(@Caller() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(actor, reply);
  }
}
