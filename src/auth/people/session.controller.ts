import { Delete, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, AnswersNothing, Operation } from '../../problem/operation.js';
import { AnyScope, Caller, ManagementController } from '../api-key.guard.js';
import type { Actor } from '../auth.types.js';
import { BrowserSessions } from './browser-sessions.service.js';
import { MeDto } from './people.dto.js';

/** Who calls, for people and keys alike. */
@ManagementController('', 'Management: session')
@AnyScope()
export class SessionController {
  constructor(private readonly sessions: BrowserSessions) {}

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

  @Delete('session')
  @Operation('Log out', 'Ends this session on every replica. A key has none, and stays as it is.')
  @AnswersNothing('The cookie opens nothing any more.')
  async logOut(@Caller() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(actor, reply);
  }
}
