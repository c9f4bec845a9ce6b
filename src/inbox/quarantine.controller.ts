import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
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

const ID = ApiParam({ name: 'id', format: 'uuid', example: '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1' });

@ApiTags('Management: quarantine')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('quarantine:read')
@Controller('api/v1/quarantine')
export class QuarantineController {
  constructor(
    private readonly quarantine: Quarantine,
    private readonly replays: Replays,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listQuarantine',
    summary: 'Elements that could not be taken, newest first',
  })
  @ApiOkResponse({ type: QuarantinePageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: ListQuarantineQuery) {
    return this.quarantine.list(query);
  }

  @Get(':id')
  @ID
  @ApiOperation({
    operationId: 'readQuarantined',
    summary: 'One element and why it was refused',
    description: 'With the element itself for the scope `pii:read`; that reading is recorded.',
  })
  @ApiOkResponse({ type: QuarantineDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.quarantine.find(id, actor);
  }

  @Post('replay')
  @HttpCode(200)
  @RequiresScope('quarantine:write')
  @ApiOperation({
    operationId: 'replayQuarantined',
    summary: 'Send elements in again as they are; a dry run unless told otherwise',
    description:
      'Oldest first, up to 500 at a time: go on with `nextCursor`. What is still refused stays open. Replaying twice is harmless: ' +
      'the second finds a duplicate. What was overtaken needs the scope `quarantine:decide` besides.',
  })
  @ApiOkResponse({ type: ReplayDto })
  @ProblemResponses(...BODY_PROBLEMS, 'BAD_CURSOR', 'NOT_FOUND', 'OVERLOADED', 'DATABASE_UNAVAILABLE')
  async replay(@Body(VALID_BODY) body: ReplayBody, @Req() { actor }: ActorRequest) {
    return this.replays.replay(body, actor);
  }

  @Post(':id/fix')
  @HttpCode(200)
  @RequiresScope('quarantine:write')
  @ID
  @ApiOperation({
    operationId: 'fixQuarantined',
    summary: 'Patch an element and send it in',
    description:
      'What was received is kept as it was; the names of what was fixed are kept with it. A patch may touch what the refusal ' +
      'named; `applicantId` only where that was refused, and only to an id that is not known yet. Anything else, `status` ' +
      'among it, decides about a person and needs the scope `quarantine:decide`.',
  })
  @ApiOkResponse({ type: ReplayItemDto })
  @ProblemResponses(
    ...BODY_PROBLEMS,
    'NOT_FOUND',
    'CONFLICT',
    'STILL_REFUSED',
    'OVERLOADED',
    'DATABASE_UNAVAILABLE',
  )
  async fix(
    @Param('id', UUID_OR_404) id: string,
    @Body(VALID_BODY) body: FixBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.replays.fix(id, body, actor);
  }

  @Post(':id/discard')
  @HttpCode(200)
  @RequiresScope('quarantine:write')
  @ID
  @ApiOperation({
    operationId: 'discardQuarantined',
    summary: 'Put an element aside for good, with a reason',
    description: 'It is kept, and can be read; it cannot be replayed any more.',
  })
  @ApiOkResponse({ type: QuarantineItemDto })
  @ProblemResponses(...BODY_PROBLEMS, 'NOT_FOUND', 'CONFLICT')
  async discard(
    @Param('id', UUID_OR_404) id: string,
    @Body(VALID_BODY) { reason }: DiscardBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.quarantine.discard(id, reason, actor);
  }
}
