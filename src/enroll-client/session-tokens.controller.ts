import { Get, Post } from '@nestjs/common';
import { Caller, EitherScope, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { ENROLL_PROBLEMS } from './enroll-problems.js';
import {
  ListSessionsQuery,
  MintedSessionDto,
  MintSessionBody,
  SessionPageDto,
} from './session-tokens.dto.js';
import { SessionTokens } from './session-tokens.service.js';

@ManagementController('enroll/session-tokens', 'Management: eNROLL queries')
@Scope('enroll:read')
export class SessionTokensController {
  constructor(private readonly sessions: SessionTokens) {}

  @Post()
  @EitherScope('enroll:sessions', 'enroll:authentications')
  @Operation(
    "A session token for eNROLL's app or page",
    'We ask eNROLL with the tenant secret, which stays here. `onboarding` needs the scope `enroll:sessions`: give that key ' +
      'to the backend of your app. `authentication` lets its holder act as an applicant who is enrolled, and needs ' +
      '`enroll:authentications`. Both are recorded. `correlationId`, `requestId` and the time are kept, the token is not.',
  )
  @Answers(MintedSessionDto, 201)
  @ProblemResponses(...ENROLL_PROBLEMS)
  async mintSessionToken(@ValidBody() body: MintSessionBody, @Caller() actor: Actor) {
    return this.sessions.mint(body, actor);
  }

  @Get()
  @Operation(
    'Sessions that were begun, newest first',
    '`?state=open` lists those who began and never finished.',
  )
  @Lists(SessionPageDto)
  async listSessionTokens(@ValidQuery() query: ListSessionsQuery) {
    return this.sessions.list(query);
  }
}
