import { Readable } from 'node:stream';
import { Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiDoor } from '../auth/api-door.service.js';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { FeedWatch } from '../feed/feed-watch.service.js';
import { Operation } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { LIVE_TOPICS } from './live.repository.js';
import { liveStream } from './live-stream.js';
import { LiveWatch } from './live-watch.service.js';

@ManagementController('live', 'Management: statistics')
@Scope('stats:read')
export class LiveController {
  constructor(
    private readonly live: LiveWatch,
    private readonly readers: FeedWatch,
    private readonly door: ApiDoor,
  ) {}

  @Get()
  @Operation(
    'What moves, as server-sent events, for screens that watch',
    'An event `moved` says within a second that something is new, and its `data` says of what: a JSON array of ' +
      `${LIVE_TOPICS.map((topic) => `\`${topic}\``).join(', ')}. It holds no id and no value: read again what you show. ` +
      'An empty array, at once and every 15 seconds, says that the line is alive. Whoever was away reads everything again. ' +
      'For copies of the data, read `/api/v1/changes`.',
  )
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    content: { 'text/event-stream': { schema: { type: 'string' } } },
    description: 'Events until the caller leaves, the key or session is over, or the server stops.',
  })
  @ProblemResponses('TOO_MANY_READERS', 'TOO_MANY_READERS_OF_KEY', 'SHUTTING_DOWN')
  streamLive(@Req() request: FastifyRequest & ActorRequest, @Res() reply: FastifyReply): FastifyReply {
    const leaves = this.readers.admit(reply.raw, request.actor);
    const moves = this.live.follow(() => this.door.holder(request), leaves);
    return reply
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
        connection: 'close',
      })
      .send(Readable.from(liveStream(moves), { highWaterMark: 1 }));
  }
}
