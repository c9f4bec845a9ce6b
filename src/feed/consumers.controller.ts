import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { PageQuery } from '../problem/page.dto.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
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

const Name = () => ApiParam({ name: 'name', example: 'core-banking' });

@ApiTags('Management: consumers')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('consumers:write')
@Controller('api/v1/consumers')
export class ConsumersController {
  constructor(
    private readonly consumers: Consumers,
    private readonly watch: FeedWatch,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'createConsumer',
    summary: 'Keep the place of a reader of the feed',
    description:
      'The reader then needs to keep nothing: it reads what comes behind its cursor, does its work, and acknowledges. What it ' +
      'read and did not acknowledge it reads again.',
  })
  @ApiCreatedResponse({ type: ConsumerDto })
  @ProblemResponses(...BODY_PROBLEMS, 'BAD_CURSOR', 'CURSOR_AHEAD', 'CONSUMER_EXISTS')
  async create(@Body(VALID_BODY) body: CreateConsumerBody, @Req() { actor }: ActorRequest) {
    return this.consumers.create(body, actor);
  }

  @Get()
  @RequiresScope('changes:read')
  @ApiOperation({
    operationId: 'listConsumers',
    summary: 'All consumers by name, and how far behind they are',
  })
  @ApiOkResponse({ type: ConsumerPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: PageQuery) {
    return this.consumers.list(query);
  }

  @Get(':name')
  @Name()
  @RequiresScope('changes:read')
  @ApiOperation({ operationId: 'readConsumer', summary: 'One consumer' })
  @ApiOkResponse({ type: ConsumerDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('name', CONSUMER_OR_404) name: string) {
    return this.consumers.find(name);
  }

  @Get(':name/changes')
  @Name()
  @RequiresScope('changes:read')
  @ApiOperation({
    operationId: 'readConsumerChanges',
    summary: 'What comes behind the cursor of a consumer',
    description:
      'The cursor stays where it is until it is acknowledged. Acknowledge `nextCursor` also of an empty page: it moves past ' +
      'what the filter left out.',
  })
  @ApiOkResponse({ type: ChangesPageDto })
  @ProblemResponses(
    'BAD_REQUEST',
    'UNKNOWN_FILTER',
    'CURSOR_AHEAD',
    'NOT_FOUND',
    'TOO_MANY_READERS',
    'TOO_MANY_READERS_OF_KEY',
    'SHUTTING_DOWN',
    'DATABASE_UNAVAILABLE',
  )
  async changes(
    @Param('name', CONSUMER_OR_404) name: string,
    @Query(VALID_QUERY) { limit, wait }: EventPageQuery,
    @Req() { actor }: ActorRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.consumers.read(name, limit, actor, this.watch.patience(wait, reply.raw, actor));
  }

  @Post(':name/ack')
  @Name()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'ackConsumer',
    summary: 'Everything up to this cursor is done with',
    description:
      'Moves forward only, whoever acknowledges at the same time. For its maker and `admin`; one that was made on the command ' +
      'line is acknowledged by the key that reads it.',
  })
  @ApiNoContentResponse({ description: 'The cursor is there, or was already.' })
  @ProblemResponses(...BODY_PROBLEMS, 'BAD_CURSOR', 'CURSOR_AHEAD', 'NOT_FOUND', 'ACK_BACKWARDS')
  async ack(
    @Param('name', CONSUMER_OR_404) name: string,
    @Body(VALID_BODY) { cursor }: AckBody,
    @Req() { actor }: ActorRequest,
  ) {
    await this.consumers.ack(name, cursor, actor);
  }

  @Post(':name/rewind')
  @Name()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'rewindConsumer',
    summary: 'Go on from somewhere else; recorded',
    description:
      'Backwards to read again, or forwards to leave something out. A reader that is at work acknowledges what it has already ' +
      'read: stop it first. For the key that made it, or `admin`.',
  })
  @ApiOkResponse({ type: ConsumerDto })
  @ProblemResponses(...BODY_PROBLEMS, 'BAD_CURSOR', 'CURSOR_AHEAD', 'NOT_FOUND')
  async rewind(
    @Param('name', CONSUMER_OR_404) name: string,
    @Body(VALID_BODY) { to }: RewindBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.consumers.rewind(name, to, actor);
  }

  @Delete(':name')
  @Name()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteConsumer',
    summary: 'Forget a consumer and its place; recorded',
    description: 'For the key that made it, or `admin`.',
  })
  @ApiNoContentResponse()
  @ProblemResponses('NOT_FOUND')
  async delete(@Param('name', CONSUMER_OR_404) name: string, @Req() { actor }: ActorRequest) {
    await this.consumers.delete(name, actor);
  }
}
