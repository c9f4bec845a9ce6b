import { Get, HttpStatus, Post, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RevealReasonBody, RevealRequestDto } from '../applicants/reveals.dto.js';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import {
  DiscardBody,
  FixBody,
  ListQuarantineQuery,
  QuarantineCountsDto,
  QuarantineDto,
  QuarantineItemDto,
  QuarantinePageDto,
  ReplayBody,
  ReplayDto,
  ReplayItemDto,
  RevealedElementDto,
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

  @Get('counts')
  @Operation(
    'How many elements there are, by cause and state',
    'All of them in one answer, for a list by cause. Of each state the newest 100,000 are counted.',
  )
  @Answers(QuarantineCountsDto)
  async countQuarantine() {
    return this.quarantine.counts();
  }

  @Get(':id')
  @Operation(
    'One element and why it was refused',
    'With the element itself for the scope `pii:read`; that reading is recorded. Without it the element is masked: names, kinds, masked ' +
      'values, and which of them the refusal is about.',
  )
  @Answers(QuarantineDto)
  async readQuarantined(@ById('element') id: string, @Caller() actor: Actor) {
    return this.quarantine.find(id, actor);
  }

  @Post(':id/reveal')
  @Scope('applicants:reveal', 'quarantine:read')
  @Operation(
    'One element as it was received, for a reason',
    'The same as a reveal of fields: recorded before it leaves, counted with the other reveals of a caller, and with ' +
      '`ROLLCALL_REVEAL_TWO_PERSONS` answered 202 until somebody else has approved it. Needs the scopes `applicants:reveal` and ' +
      '`quarantine:read`.',
  )
  @Answers(RevealedElementDto)
  @ApiResponse({ status: 202, type: RevealRequestDto, description: 'A second person has to approve it.' })
  @ProblemResponses('REVEAL_NOT_APPROVED', 'AUDIT_UNAVAILABLE')
  async revealQuarantined(
    @ById('element') id: string,
    @ValidBody() body: RevealReasonBody,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RevealedElementDto | RevealRequestDto> {
    const answer = await this.quarantine.reveal(id, body, actor);
    if ('state' in answer) void reply.status(HttpStatus.ACCEPTED);
    return answer;
  }

  @Post('replay')
  @Scope('quarantine:write')
  @Operation(
    'Send elements in again unchanged; a dry run by default',
    'Oldest first, up to 500 at a time; continue with `nextCursor`. Elements that are still refused stay open. Replaying twice ' +
      'is harmless: the second time finds a duplicate. An element that newer content has overtaken also needs the scope ' +
      '`quarantine:decide`.',
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
    'The element as received is kept unchanged, with the names of the fixed fields. A patch may change what the refusal named. ' +
      'It may change `applicantId` only if that was refused, and only to an id that is not known yet. Any other change, and ' +
      'any change of `status`, decides about a person and needs the scope `quarantine:decide`.',
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
    'It is kept and can be read, but no longer replayed.',
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
