import { Delete, Get, Post, Res } from '@nestjs/common';
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
  ) {}

  @Post()
  @Operation(
    'Keep the place of a reader of the feed',
    'The reader then needs to keep nothing: it reads what comes behind its cursor, does its work, and acknowledges. What it ' +
      'read and did not acknowledge it reads again.',
  )
  @Answers(ConsumerDto, 201)
  @ProblemResponses('BAD_CURSOR', 'CURSOR_AHEAD', 'CONSUMER_EXISTS')
  async createConsumer(@ValidBody() body: CreateConsumerBody, @Caller() actor: Actor) {
    return this.consumers.create(body, actor);
  }

  @Get()
  @Scope('changes:read')
  @Operation(
    'All consumers by name, and how far behind they are',
    '`lag` says how far each one is behind the feed.',
  )
  @Lists(ConsumerPageDto)
  async listConsumers(@ValidQuery() query: PageQuery) {
    return this.consumers.list(query);
  }

  @Get(':name')
  @Scope('changes:read')
  @Operation('One consumer', 'Its filter, its cursor, and how far it is behind the feed.')
  @Answers(ConsumerDto)
  async readConsumer(@ById('consumer', CONSUMER) name: string) {
    return this.consumers.find(name);
  }

  @Get(':name/changes')
  @Scope('changes:read')
  @Operation(
    'What comes behind the cursor of a consumer',
    'The cursor stays where it is until it is acknowledged. Acknowledge `nextCursor` also of an empty page: it moves past ' +
      'what the filter left out.',
  )
  @Answers(ChangesPageDto)
  @ProblemResponses('CURSOR_AHEAD', 'TOO_MANY_READERS', 'TOO_MANY_READERS_OF_KEY', 'SHUTTING_DOWN')
  async readConsumerChanges(
    @ById('consumer', CONSUMER) name: string,
    @ValidQuery() { limit, wait }: EventPageQuery,
    @Caller() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.consumers.read(name, limit, actor, this.watch.waitOptions(wait, reply.raw, actor));
  }

  @Post(':name/ack')
  @Operation(
    'Everything up to this cursor is done with',
    'Moves forward only, whoever acknowledges at the same time. For its maker and `admin`; one that was made on the command ' +
      'line is acknowledged by the key that reads it.',
  )
  @AnswersNothing('The cursor is there, or was already.')
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
    'Go on from somewhere else; recorded',
    'Backwards to read again, or forwards to leave something out. A reader that is at work acknowledges what it has already ' +
      'read: stop it first. For the key that made it, or `admin`.',
  )
  @Answers(ConsumerDto)
  @ProblemResponses('BAD_CURSOR', 'CURSOR_AHEAD')
  async rewindConsumer(
    @ById('consumer', CONSUMER) name: string,
    @ValidBody() { to }: RewindBody,
    @Caller() actor: Actor,
  ) {
    return this.consumers.rewind(name, to, actor);
  }

  @Delete(':name')
  @Operation('Forget a consumer and its place; recorded', 'For the key that made it, or `admin`.')
  @AnswersNothing('It is gone.')
  async deleteConsumer(@ById('consumer', CONSUMER) name: string, @Caller() actor: Actor) {
    await this.consumers.delete(name, actor);
  }
}
