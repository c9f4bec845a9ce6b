import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
import { ENROLL_PROBLEMS } from './enroll-problems.js';
import {
  ListSessionsQuery,
  MintedSessionDto,
  MintSessionBody,
  SessionPageDto,
} from './session-tokens.dto.js';
import { SessionTokens } from './session-tokens.service.js';

@ApiTags('Management: eNROLL queries')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('enroll:read')
@Controller('api/v1/enroll/session-tokens')
export class SessionTokensController {
  constructor(private readonly sessions: SessionTokens) {}

  @Post()
  @RequiresScope() // which one, the kind says
  @ApiOperation({
    operationId: 'mintSessionToken',
    summary: "A session token for eNROLL's app or page",
    description:
      'Asked of eNROLL with the tenant secret, which stays here. `onboarding` needs the scope `enroll:sessions`: give that key ' +
      'to the backend of your app. `authentication` lets its holder act as an applicant who is enrolled, and needs ' +
      '`enroll:authentications`. Both are recorded. `correlationId`, `requestId` and the time are kept, the token is not.',
  })
  @ApiCreatedResponse({ type: MintedSessionDto })
  @ProblemResponses('BAD_REQUEST', ...ENROLL_PROBLEMS)
  async mint(
    @Body(VALID_BODY) body: MintSessionBody,
    @Req() { actor }: ActorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    void reply.header('cache-control', 'no-store');
    return this.sessions.mint(body, actor);
  }

  @Get()
  @ApiOperation({
    operationId: 'listSessionTokens',
    summary: 'Sessions that were begun, newest first',
    description: '`?state=open` is who started and never finished.',
  })
  @ApiOkResponse({ type: SessionPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: ListSessionsQuery) {
    return this.sessions.list(query);
  }
}
