import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { HoldDto, HoldPageDto, ListHoldsQuery, PlaceHoldBody } from './holds.dto.js';
import { Holds } from './holds.service.js';

@ManagementController('holds', 'Management: retention')
@Scope('holds:write')
export class HoldsController {
  constructor(private readonly holds: Holds) {}

  @Get()
  @Scope('holds:read')
  @Operation('Holds, newest first', 'Also those that were lifted. A national id that is held is never shown.')
  @Lists(HoldPageDto)
  async listHolds(@ValidQuery() query: ListHoldsQuery) {
    return this.holds.list(query);
  }

  @Post()
  @Operation(
    'Hold a person: nothing of them is removed until the hold is lifted',
    'Neither retention nor an erasure removes anything of them. A hold on a national id is on everybody who has it, also on who ' +
      'comes later. The same person, held again for the same reason, has one hold. Recorded.',
  )
  @Answers(HoldDto, 201)
  @ProblemResponses('ERASURE_UNDER_WAY', 'APPLICANT_ERASED', 'AUDIT_UNAVAILABLE')
  async placeHold(@ValidBody() body: PlaceHoldBody, @Caller() actor: Actor) {
    return this.holds.place(actor.name, body);
  }

  @Post(':id/lift')
  @Operation(
    'Lift a hold',
    'What was due meanwhile is removed by the next run. Other holds on the same person stay. Lifting it twice is harmless. Recorded.',
  )
  @Answers(HoldDto)
  @ProblemResponses('AUDIT_UNAVAILABLE')
  async liftHold(@ById('hold') id: string, @Caller() actor: Actor) {
    return this.holds.lift(actor.name, id);
  }
}
