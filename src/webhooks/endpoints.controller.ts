import { Delete, Get, Patch, Post } from '@nestjs/common';
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
import { PageQuery } from '../problem/page.dto.js';
import {
  CreatedEndpointDto,
  CreateEndpointBody,
  EndpointDetailDto,
  EndpointDto,
  EndpointPageDto,
  NewSecretDto,
  UpdateEndpointBody,
} from './endpoints.dto.js';
import { Endpoints } from './endpoints.service.js';

@ManagementController('endpoints', 'Management: endpoints')
@Scope('endpoints:write')
export class EndpointsController {
  constructor(private readonly endpoints: Endpoints) {}

  @Get()
  @Scope('endpoints:read')
  @Operation(
    'Where events are handed on to, by name',
    'Those that carry personal fields for who has the scope `pii:read`: everything about them takes it besides.',
  )
  @Lists(EndpointPageDto)
  async listEndpoints(@ValidQuery() query: PageQuery, @Caller() actor: Actor) {
    return this.endpoints.list(query, actor);
  }

  @Post()
  @Operation(
    'Hand events on to another system from now on',
    'Deliveries are signed as [Standard Webhooks](https://www.standardwebhooks.com). Keep the `secret`: it is not shown again.',
  )
  @Answers(CreatedEndpointDto, 201)
  @ProblemResponses('ENDPOINT_TARGET_FORBIDDEN', 'CONFLICT')
  async createEndpoint(@ValidBody() body: CreateEndpointBody, @Caller() actor: Actor) {
    return this.endpoints.create(body, actor);
  }

  @Get(':id')
  @Scope('endpoints:read')
  @Operation(
    'One endpoint, with what waits for it',
    'Its settings, its circuit, its secrets without their values, and how many deliveries wait.',
  )
  @Answers(EndpointDetailDto)
  async readEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.find(id, actor);
  }

  @Patch(':id')
  @Operation(
    'Change what is sent, or where to',
    'What is absent stays. Filters count for events that come; what is queued already is sent to the new URL.',
  )
  @Answers(EndpointDto)
  @ProblemResponses('ENDPOINT_TARGET_FORBIDDEN', 'CONFLICT')
  async updateEndpoint(
    @ById('endpoint') id: string,
    @ValidBody() body: UpdateEndpointBody,
    @Caller() actor: Actor,
  ) {
    return this.endpoints.update(id, body, actor);
  }

  @Delete(':id')
  @Operation(
    'Hand on no more; what waits is dropped',
    'Its secrets are deleted with it, its deliveries and their attempts by the next purge. Recorded.',
  )
  @AnswersNothing('It is gone.')
  async deleteEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    await this.endpoints.remove(id, actor);
  }

  @Post(':id/pause')
  @Operation(
    'Queue events and send none, until resumed',
    'Events are still queued. An attempt that is under way ends.',
  )
  @Answers(EndpointDto)
  @ProblemResponses('CONFLICT')
  async pauseEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.pause(id, actor);
  }

  @Post(':id/resume')
  @Operation(
    'Send again, also where it was disabled; closes the circuit',
    'What came while it was disabled was not queued: replay it.',
  )
  @Answers(EndpointDto)
  async resumeEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.resume(id, actor);
  }

  @Post(':id/rotate-secret')
  @Operation(
    'A new secret; the old one signs beside it for 24 hours',
    'Keep the new `secret`: it is not shown again. Recorded.',
  )
  @Answers(NewSecretDto)
  async rotateEndpointSecret(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.rotateSecret(id, actor);
  }
}
