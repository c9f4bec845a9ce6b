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
    'List the differences between eNROLL and Rollcall, newest first',
    'Each gap is one applicant that one side lacks or that has other content there.',
  )
  @Lists(GapPageDto)
  async listReconciliationGaps(@ValidQuery() query: ListGapsQuery) {
    return this.gaps.list(query);
  }

  @Post('heal')
  @Operation(
    'Ask eNROLL again for the applicants of all open gaps',
    'Oldest first, up to 1,000 per call: continue with `nextCursor`. A gap stays open if eNROLL still does not know the applicant.',
  )
  @Answers(HealedDto)
  @ProblemResponses('BAD_CURSOR', ...ASKING)
  async healReconciliationGaps(@ValidBody() { cursor }: HealGapsBody, @Caller() actor: Actor) {
    return this.gaps.healOpen(actor.name, cursor);
  }

  @Post(':id/heal')
  @Operation(
    'Ask eNROLL again for the applicant of an open gap',
    'The gap stays open if eNROLL still does not know the applicant.',
  )
  @Answers(GapDto)
  @ProblemResponses('CONFLICT', ...ASKING)
  async healReconciliationGap(@ById('gap') id: string, @Caller() actor: Actor) {
    return this.gaps.heal(id, actor.name);
  }

  @Post(':id/ignore')
  @Operation(
    'Ignore an open gap, with a reason',
    'A `missing_there` gap stays ignored. The next run still heals what is missing or different here.',
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
