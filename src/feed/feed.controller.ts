import { Readable } from 'node:stream';
import { Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { ApiDoor } from '../auth/api-door.service.js';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import { Answers, Operation, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, ActorRequest } from '../auth/auth.types.js';
import { eventStream } from './event-stream.js';
import { FeedWatch } from './feed-watch.service.js';
import { ChangesPageDto, ChangesQuery, StreamQuery } from './feed.dto.js';
import { Feed, type FeedQuery } from './feed.service.js';
import { positionOf, START } from './position.js';

const SUBJECT = 'feed:changes';
/** A slow reader holds two such pages in memory. */
const STREAM_PAGE_EVENTS = 200;

@ManagementController('changes', 'Management: changes')
@Scope('changes:read')
@ProblemResponses(
  'BAD_CURSOR',
  'CURSOR_AHEAD',
  'CURSOR_TOO_OLD',
  'TOO_MANY_READERS',
  'TOO_MANY_READERS_OF_KEY',
  'SHUTTING_DOWN',
)
export class FeedController {
  constructor(
    private readonly feed: Feed,
    private readonly watch: FeedWatch,
    private readonly door: ApiDoor,
  ) {}

  @Get()
  @Operation(
    'Every change of every applicant, in one order, oldest first',
    'Keep `nextCursor` and continue with it. No change is skipped, even if it was committed late, and none comes twice. ' +
      'Changes of one applicant come in the order of their versions. Events hold ids and names of fields; personal data only ' +
      'if `fields` asks for it.',
  )
  @Answers(ChangesPageDto)
  async listChanges(
    @ValidQuery() { limit, wait, ...query }: ChangesQuery,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChangesPageDto> {
    const again = () => this.door.again(reply.request, 'changes:read');
    return this.feed.read(
      queryOf(query, limit, actor),
      this.watch.waitOptions(wait, reply.raw, actor, again),
    );
  }

  @Get('stream')
  @Operation(
    'The same as server-sent events, for as long as the caller listens',
    'Each event has its cursor as `id`, its type as `event` and what `listChanges` shows of it as `data`. A reader that ' +
      'comes back with `Last-Event-ID` continues after it. A comment every 15 seconds shows that the line is alive.',
  )
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last `id` that the reader saw; it takes precedence over `after`.',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    content: { 'text/event-stream': { schema: { type: 'string' } } },
    description: 'Events until the caller leaves, the API key is disabled, or the server stops.',
  })
  streamChanges(
    @ValidQuery() query: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest & ActorRequest,
    @Res() reply: FastifyReply,
  ): FastifyReply {
    const after = lastEventId === undefined || lastEventId === '' ? query.after : lastEventId;
    const reading = queryOf({ ...query, after }, STREAM_PAGE_EVENTS, request.actor);
    const pages = this.feed.follow(
      reading,
      () => this.door.holder(request),
      this.watch.admit(reply.raw, request.actor),
    );
    return reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
        connection: 'close',
      })
      .send(Readable.from(eventStream(pages), { highWaterMark: 1 }));
  }
}

function queryOf({ after, event, outcome, fields }: StreamQuery, limit: number, actor: Actor): FeedQuery {
  return {
    after: after === undefined ? START : positionOf(after),
    limit,
    filter: { events: event, outcomes: outcome },
    fields,
    actor,
    subject: SUBJECT,
  };
}
