import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
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
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { PageQuery } from '../problem/page.dto.js';
import { BODY_PROBLEMS, MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY, VALID_QUERY } from '../problem/valid.pipe.js';
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

const ID = ApiParam({ name: 'id', format: 'uuid', example: '0d7a4b0e-9a55-4c1c-92f0-a9d15f2b7c1e' });

@ApiTags('Management: endpoints')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('endpoints:write')
@Controller('api/v1/endpoints')
export class EndpointsController {
  constructor(private readonly endpoints: Endpoints) {}

  @Get()
  @RequiresScope('endpoints:read')
  @ApiOperation({
    operationId: 'listEndpoints',
    summary: 'Where events are handed on to, by name',
    description:
      'Those that carry personal fields for who has the scope `pii:read`: everything about them takes it besides.',
  })
  @ApiOkResponse({ type: EndpointPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: PageQuery, @Req() { actor }: ActorRequest) {
    return this.endpoints.list(query, actor);
  }

  @Post()
  @ApiOperation({
    operationId: 'createEndpoint',
    summary: 'Hand events on to another system from now on',
    description:
      'Deliveries are signed as [Standard Webhooks](https://www.standardwebhooks.com). Keep the `secret`: it is not shown again.',
  })
  @ApiCreatedResponse({ type: CreatedEndpointDto })
  @ProblemResponses(...BODY_PROBLEMS, 'ENDPOINT_TARGET_FORBIDDEN', 'CONFLICT')
  async create(@Body(VALID_BODY) body: CreateEndpointBody, @Req() { actor }: ActorRequest) {
    return this.endpoints.create(body, actor);
  }

  @Get(':id')
  @RequiresScope('endpoints:read')
  @ID
  @ApiOperation({ operationId: 'readEndpoint', summary: 'One endpoint, with what waits for it' })
  @ApiOkResponse({ type: EndpointDetailDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.endpoints.find(id, actor);
  }

  @Patch(':id')
  @ID
  @ApiOperation({
    operationId: 'updateEndpoint',
    summary: 'Change what is sent, or where to',
    description:
      'What is absent stays. Filters count for events that come; what is queued already is sent to the new URL.',
  })
  @ApiOkResponse({ type: EndpointDto })
  @ProblemResponses('NOT_FOUND', ...BODY_PROBLEMS, 'ENDPOINT_TARGET_FORBIDDEN', 'CONFLICT')
  async update(
    @Param('id', UUID_OR_404) id: string,
    @Body(VALID_BODY) body: UpdateEndpointBody,
    @Req() { actor }: ActorRequest,
  ) {
    return this.endpoints.update(id, body, actor);
  }

  @Delete(':id')
  @HttpCode(204)
  @ID
  @ApiOperation({ operationId: 'deleteEndpoint', summary: 'Hand on no more; what waits is dropped' })
  @ApiNoContentResponse()
  @ProblemResponses('NOT_FOUND')
  async remove(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    await this.endpoints.remove(id, actor);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ID
  @ApiOperation({ operationId: 'pauseEndpoint', summary: 'Queue events and send none, until resumed' })
  @ApiOkResponse({ type: EndpointDto })
  @ProblemResponses('NOT_FOUND', 'CONFLICT')
  async pause(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.endpoints.pause(id, actor);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ID
  @ApiOperation({
    operationId: 'resumeEndpoint',
    summary: 'Send again, also where it was disabled; closes the circuit',
    description: 'What came while it was disabled was not queued: replay it.',
  })
  @ApiOkResponse({ type: EndpointDto })
  @ProblemResponses('NOT_FOUND')
  async resume(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.endpoints.resume(id, actor);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ID
  @ApiOperation({
    operationId: 'rotateEndpointSecret',
    summary: 'A new secret; the old one signs beside it for 24 hours',
  })
  @ApiOkResponse({ type: NewSecretDto })
  @ProblemResponses('NOT_FOUND')
  async rotateSecret(@Param('id', UUID_OR_404) id: string, @Req() { actor }: ActorRequest) {
    return this.endpoints.rotateSecret(id, actor);
  }
}
