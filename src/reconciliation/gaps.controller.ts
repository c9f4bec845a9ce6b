import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Gaps } from './gaps.service.js';
import {
  GapDto,
  GapPageDto,
  HealedDto,
  HealGapsBody,
  IgnoreGapBody,
  ListGapsQuery,
} from './reconciliation.dto.js';

const ASKING = [
  'ENROLL_AUTH',
  'ENROLL_FORBIDDEN',
  'ENROLL_REFUSED',
  'ENROLL_UNAVAILABLE',
  'ENROLL_BAD_ANSWER',
  'ENROLL_ANSWER_TOO_LARGE',
  'ENROLL_BUSY',
  'ENROLL_NOT_FOUND',
  'ENROLL_TIMEOUT',
  'OVERLOADED',
] as const satisfies ProblemCode[];

@ManagementController('reconciliation/gaps', 'Management: reconciliation')
@Scope('reconciliation:write')
@ProblemResponses('ENROLL_NOT_CONFIGURED')
export class GapsController {
  constructor(private readonly gaps: Gaps) {}

  @Get()
  @Scope('reconciliation:read')
  @Operation(
    'What one side has and the other has not, newest first',
    'Each gap is one applicant that one side has and the other lacks, or has differently.',
  )
  @Lists(GapPageDto)
  async listReconciliationGaps(@ValidQuery() query: ListGapsQuery) {
    return this.gaps.list(query);
  }

  @Post('heal')
  @Operation(
    'Ask eNROLL once more for the applicants of all open gaps',
    'Oldest first, up to 1,000 at a time: go on with `nextCursor`. What eNROLL still does not know stays open.',
  )
  @Answers(HealedDto)
  @ProblemResponses('BAD_CURSOR', 'ENROLL_NOT_CONFIGURED', ...ASKING)
  async healReconciliationGaps(@ValidBody() { cursor }: HealGapsBody, @Caller() actor: Actor) {
    return this.gaps.healOpen(actor.name, cursor);
  }

  @Post(':id/heal')
  @Operation(
    'Ask eNROLL once more for the applicant of an open gap',
    'It stays open where eNROLL still does not know the applicant.',
  )
  @Answers(GapDto)
  @ProblemResponses('CONFLICT', 'ENROLL_NOT_CONFIGURED', ...ASKING)
  async healReconciliationGap(@ById('gap') id: string, @Caller() actor: Actor) {
    return this.gaps.heal(id, actor.name);
  }

  @Post(':id/ignore')
  @Operation(
    'Put an open gap aside, with a reason',
    'What eNROLL does not know stays aside; what is missing or different here is healed by the next run all the same.',
  )
  @Answers(GapDto)
  @ProblemResponses('CONFLICT')
  async ignoreReconciliationGap(
    @ById('gap') id: string,
    @ValidBody() { reason }: IgnoreGapBody,
    @Caller() actor: Actor,
  ) {
    return this.gaps.ignore(id, reason, actor.name);
  }
}
