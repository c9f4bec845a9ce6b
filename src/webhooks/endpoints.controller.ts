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
    'List endpoints by name',
    'Endpoints that carry personal fields are shown only with the scope `pii:read`; every operation on them needs it, too.',
  )
  @Lists(EndpointPageDto)
  async listEndpoints(@ValidQuery() query: PageQuery, @Caller() actor: Actor) {
    return this.endpoints.list(query, actor);
  }

  @Post()
  @Operation(
    'Create an endpoint: hand events on to another system from now on',
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
    'One endpoint, with its waiting deliveries',
    'Its settings, its circuit, its secrets without their values, and how many deliveries wait.',
  )
  @Answers(EndpointDetailDto)
  async readEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.find(id, actor);
  }

  @Patch(':id')
  @Operation(
    'Change what is sent, or where',
    'Absent settings do not change. New filters apply to new events; queued events are sent to the new URL.',
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
    'Delete an endpoint and drop its waiting deliveries',
    'Its secrets are deleted with it, its deliveries and their attempts by the next purge. Recorded.',
  )
  @AnswersNothing('Deleted.')
  async deleteEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    await this.endpoints.remove(id, actor);
  }

  @Post(':id/pause')
  @Operation(
    'Pause: queue events and send none until it is resumed',
    'Events are still queued. Attempts under way run to their end.',
  )
  @Answers(EndpointDto)
  @ProblemResponses('CONFLICT')
  async pauseEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.pause(id, actor);
  }

  @Post(':id/resume')
  @Operation(
    'Resume sending, also after it was disabled, and close the circuit',
    'Events from while it was disabled were not queued: replay them.',
  )
  @Answers(EndpointDto)
  async resumeEndpoint(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.resume(id, actor);
  }

  @Post(':id/rotate-secret')
  @Operation(
    'Create a new secret; the old one also signs for 24 hours',
    'Keep the new `secret`: it is not shown again. Recorded.',
  )
  @Answers(NewSecretDto)
  async rotateEndpointSecret(@ById('endpoint') id: string, @Caller() actor: Actor) {
    return this.endpoints.rotateSecret(id, actor);
  }
}
