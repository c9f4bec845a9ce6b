import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import {
  DiscardBody,
  FixBody,
  ListQuarantineQuery,
  QuarantineDto,
  QuarantineItemDto,
  QuarantinePageDto,
  ReplayBody,
  ReplayDto,
  ReplayItemDto,
} from './quarantine.dto.js';
import { Quarantine } from './quarantine.service.js';
import { Replays } from './replays.service.js';

@ManagementController('quarantine', 'Management: quarantine')
@Scope('quarantine:read')
export class QuarantineController {
  constructor(
    private readonly quarantine: Quarantine,
    private readonly replays: Replays,
  ) {}

  @Get()
  @Operation(
    'Elements that could not be taken, newest first',
    'Without the elements themselves. Fix what can be fixed, replay what was refused by mistake, discard the rest.',
  )
  @Lists(QuarantinePageDto)
  async listQuarantine(@ValidQuery() query: ListQuarantineQuery) {
    return this.quarantine.list(query);
  }

  @Get(':id')
  @Operation(
    'One element and why it was refused',
    'With the element itself for the scope `pii:read`; that reading is recorded.',
  )
  @Answers(QuarantineDto)
  async readQuarantined(@ById('element') id: string, @Caller() actor: Actor) {
    return this.quarantine.find(id, actor);
  }

  @Post('replay')
  @Scope('quarantine:write')
  @Operation(
    'Send elements in again as they are; a dry run unless told otherwise',
    'Oldest first, up to 500 at a time: go on with `nextCursor`. What is still refused stays open. Replaying twice is harmless: ' +
      'the second finds a duplicate. What was overtaken needs the scope `quarantine:decide` besides.',
  )
  @Answers(ReplayDto)
  @ProblemResponses('BAD_CURSOR', 'NOT_FOUND', 'OVERLOADED')
  async replayQuarantined(@ValidBody() body: ReplayBody, @Caller() actor: Actor) {
    return this.replays.replay(body, actor);
  }

  @Post(':id/fix')
  @Scope('quarantine:write')
  @Operation(
    'Patch an element and send it in',
    'What was received is kept as it was; the names of what was fixed are kept with it. A patch may touch what the refusal ' +
      'named; `applicantId` only where that was refused, and only to an id that is not known yet. Anything else, `status` ' +
      'among it, decides about a person and needs the scope `quarantine:decide`.',
  )
  @Answers(ReplayItemDto)
  @ProblemResponses('CONFLICT', 'STILL_REFUSED', 'OVERLOADED')
  async fixQuarantined(@ById('element') id: string, @ValidBody() body: FixBody, @Caller() actor: Actor) {
    return this.replays.fix(id, body, actor);
  }

  @Post(':id/discard')
  @Scope('quarantine:write')
  @Operation(
    'Put an element aside for good, with a reason',
    'It is kept, and can be read; it cannot be replayed any more.',
  )
  @Answers(QuarantineItemDto)
  @ProblemResponses('CONFLICT')
  async discardQuarantined(
    @ById('element') id: string,
    @ValidBody() { reason }: DiscardBody,
    @Caller() actor: Actor,
  ) {
    return this.quarantine.discard(id, reason, actor);
  }
}
