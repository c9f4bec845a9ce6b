import { Get, HttpStatus, Post, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { APPLICANT } from './fields.dto.js';
import { RevealGrants } from './reveal-grants.service.js';
import {
  ListRevealRequestsQuery,
  RevealBody,
  RevealedDto,
  RevealRequestDto,
  RevealRequestPageDto,
} from './reveals.dto.js';
import { Reveals } from './reveals.service.js';

@ManagementController('applicants/:applicantId/reveal', 'Management: applicants')
@Scope('applicants:reveal')
export class RevealController {
  constructor(private readonly reveals: Reveals) {}

  @Post()
  @Operation(
    'Single fields of one applicant unmasked, for a reason',
    'Who, whom, which fields and why are recorded before the answer leaves; where that is not possible nothing is shown. ' +
      'A caller may reveal 60 times a minute (`ROLLCALL_REVEALS_PER_MINUTE`). With `ROLLCALL_REVEAL_TWO_PERSONS` the answer ' +
      'is 202 and a request. Once somebody else has approved it, the same body with its `requestId` reveals, once and within ' +
      '15 minutes.',
  )
  @Answers(RevealedDto)
  @ApiResponse({ status: 202, type: RevealRequestDto, description: 'A second person has to approve it.' })
  @ProblemResponses('REVEAL_NOT_APPROVED', 'AUDIT_UNAVAILABLE')
  async revealApplicant(
    @ById('applicant', APPLICANT) applicantId: string,
    @ValidBody() body: RevealBody,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RevealedDto | RevealRequestDto> {
    const answer = await this.reveals.reveal(applicantId, body, actor);
    if ('state' in answer) void reply.status(HttpStatus.ACCEPTED);
    return answer;
  }
}

/** Requests to reveal, where a second person approves them. */
@ManagementController('reveal-requests', 'Management: applicants')
@Scope('applicants:reveal')
export class RevealRequestsController {
  constructor(private readonly grants: RevealGrants) {}

  @Get()
  @Operation(
    'Requests to reveal, newest first',
    'Those of every caller, until a day after they were used or expired. Empty unless `ROLLCALL_REVEAL_TWO_PERSONS` is on.',
  )
  @Lists(RevealRequestPageDto)
  async listRevealRequests(@ValidQuery() query: ListRevealRequestsQuery) {
    return this.grants.list(query);
  }

  @Post(':id/approve')
  @Operation(
    'Approve the request of somebody else',
    'Whoever asked may then reveal, once and within 15 minutes. Nobody approves a request of their own. Recorded.',
  )
  @Answers(RevealRequestDto)
  @ProblemResponses('SECOND_PERSON_NEEDED', 'CONFLICT', 'AUDIT_UNAVAILABLE')
  async approveReveal(@ById('request') id: string, @Caller() actor: Actor) {
    return this.grants.approve(id, actor);
  }
}
