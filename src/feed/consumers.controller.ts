import { Delete, Get, Post, Res } from '@nestjs/common';
import { ApiDoor } from '../auth/api-door.service.js';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import {
  Answers,
  AnswersNothing,
  ById,
  Lists,
  Operation,
  ValidBody,
  ValidQuery,
} from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { PageQuery } from '../problem/page.dto.js';
import {
  AckBody,
  CONSUMER_OR_404,
  ConsumerDto,
  ConsumerPageDto,
  CreateConsumerBody,
  RewindBody,
} from './consumers.dto.js';
import { Consumers } from './consumers.service.js';
import { FeedWatch } from './feed-watch.service.js';
import { ChangesPageDto, EventPageQuery } from './feed.dto.js';

const CONSUMER = {
  name: 'name',
  pipe: CONSUMER_OR_404,
  description: 'Name of the consumer.',
  example: 'core-banking',
};

@ManagementController('consumers', 'Management: consumers')
@Scope('consumers:write')
export class ConsumersController {
  constructor(
    private readonly consumers: Consumers,
    private readonly watch: FeedWatch,
    private readonly door: ApiDoor,
  ) {}

  @Post()
  @Operation(
    'Make a consumer: a reader of the feed with its place kept here',
    'The reader itself keeps nothing. It reads the events after its cursor, does its work, and acknowledges them. Events ' +
      'that it did not acknowledge come again.',
  )
  @Answers(ConsumerDto, 201)
  @ProblemResponses('BAD_CURSOR', 'CURSOR_AHEAD', 'CURSOR_TOO_OLD', 'CONSUMER_EXISTS')
  async createConsumer(@ValidBody() body: CreateConsumerBody, @Caller() actor: Actor) {
    return this.consumers.create(body, actor);
  }

  @Get()
  @Scope('changes:read')
  @Operation(
    'All consumers by name, and how far behind they are',
    '`lag` says how far each consumer is behind the feed.',
  )
  @Lists(ConsumerPageDto)
  async listConsumers(@ValidQuery() query: PageQuery) {
    return this.consumers.list(query);
  }

  @Get(':name')
  @Scope('changes:read')
  @Operation('One consumer', 'Its filter, its cursor and its lag.')
  @Answers(ConsumerDto)
  async readConsumer(@ById('consumer', CONSUMER) name: string) {
    return this.consumers.find(name);
  }

  @Get(':name/changes')
  @Scope('changes:read')
  @Operation(
    'The next events of a consumer',
    'Reading does not move the cursor: acknowledge what you have read. Acknowledge the `nextCursor` of an empty page too: it ' +
      'moves past what the filter left out.',
  )
  @Answers(ChangesPageDto)
  @ProblemResponses(
    'CURSOR_AHEAD',
    'CURSOR_TOO_OLD',
    'TOO_MANY_READERS',
    'TOO_MANY_READERS_OF_KEY',
    'SHUTTING_DOWN',
  )
  async readConsumerChanges(
    @ById('consumer', CONSUMER) name: string,
    @ValidQuery() { limit, wait }: EventPageQuery,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const again = () => this.door.again(reply.request, 'changes:read');
    return this.consumers.read(name, limit, actor, this.watch.waitOptions(wait, reply.raw, actor, again));
  }

  @Post(':name/ack')
  @Operation(
    'Acknowledge everything up to a cursor',
    'The cursor only moves forward, even if two readers acknowledge at the same time. For the key that made the consumer, or ' +
      '`admin`. A consumer from the command line belongs to no key: the key that reads it acknowledges.',
  )
  @AnswersNothing('The cursor is at this place.')
  @ProblemResponses('BAD_CURSOR', 'CURSOR_AHEAD', 'ACK_BACKWARDS')
  async ackConsumer(
    @ById('consumer', CONSUMER) name: string,
    @ValidBody() { cursor }: AckBody,
    @Caller() actor: Actor,
  ) {
    await this.consumers.ack(name, cursor, actor);
  }

  @Post(':name/rewind')
  @Operation(
    'Move the cursor of a consumer; recorded',
    'Move it back to read events again, or forward to skip them. Stop the reader first: it might acknowledge what it has ' +
      'already read. For the key that made the consumer, or `admin`.',
  )
  @Answers(ConsumerDto)
  @ProblemResponses('BAD_CURSOR', 'CURSOR_AHEAD', 'CURSOR_TOO_OLD')
  async rewindConsumer(
    @ById('consumer', CONSUMER) name: string,
    @ValidBody() { to }: RewindBody,
    @Caller() actor: Actor,
  ) {
    return this.consumers.rewind(name, to, actor);
  }

  @Delete(':name')
  @Operation('Delete a consumer; recorded', 'For the key that made the consumer, or `admin`.')
  @AnswersNothing('The consumer is deleted.')
  async deleteConsumer(@ById('consumer', CONSUMER) name: string, @Caller() actor: Actor) {
    await this.consumers.delete(name, actor);
  }
}
