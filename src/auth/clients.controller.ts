import { Get, Post } from '@nestjs/common';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { PageQuery } from '../problem/page.dto.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { Caller, ManagementController, Scope } from './api-key.guard.js';
import type { Actor } from './auth.types.js';
import { ClientAdministration } from './client-administration.service.js';
import {
  CLIENT_OR_404,
  ClientDto,
  ClientPageDto,
  CreateClientBody,
  CreatedClientDto,
  NewClientSecretBody,
} from './clients.dto.js';

const CLIENT = {
  name: 'clientId',
  pipe: CLIENT_OR_404,
  description: 'Id of the client.',
  example: 'enroll-panel',
};

@ManagementController('clients', 'Management: clients')
@Scope('clients:write')
export class ClientsController {
  constructor(private readonly clients: ClientAdministration) {}

  @Get()
  @Scope('clients:read')
  @Operation('List clients by id', 'With the kinds and ends of their secrets; never the secrets.')
  @Lists(ClientPageDto)
  async listClients(@ValidQuery() query: PageQuery) {
    return this.clients.list(query);
  }

  @Post()
  @Operation(
    'Create a client that may ask for tokens; recorded',
    'Keep the `clientSecret`: it is not shown again. Its tokens open the callbacks and nothing else.',
  )
  @Answers(CreatedClientDto, 201)
  @ProblemResponses('CONFLICT')
  async createClient(@ValidBody() body: CreateClientBody, @Caller() actor: Actor) {
    return this.clients.create(body, actor.name);
  }

  @Get(':clientId')
  @Scope('clients:read')
  @Operation('One client', 'With the kinds and ends of its secrets.')
  @Answers(ClientDto)
  async readClient(@ById('client', CLIENT) clientId: string) {
    return this.clients.find(clientId);
  }

  @Post(':clientId/secrets')
  @Operation(
    'Give a client a new secret; recorded',
    'The newest secret before works until the overlap is over; older ones end. Keep the new `clientSecret`: it is not shown ' +
      'again.',
  )
  @Answers(CreatedClientDto, 201)
  async createClientSecret(
    @ById('client', CLIENT) clientId: string,
    @ValidBody() { overlapSeconds }: NewClientSecretBody,
    @Caller() actor: Actor,
  ) {
    return this.clients.addSecret(clientId, overlapSeconds, actor.name);
  }

  @Post(':clientId/disable')
  @Operation('Refuse the secrets and tokens of a client from now on; recorded', 'At once, on every replica.')
  @Answers(ClientDto)
  async disableClient(@ById('client', CLIENT) clientId: string, @Caller() actor: Actor) {
    return this.clients.setDisabled(clientId, true, actor.name);
  }

  @Post(':clientId/enable')
  @Operation('Undo a disable; recorded', 'Its secrets work again, its older tokens do not.')
  @Answers(ClientDto)
  async enableClient(@ById('client', CLIENT) clientId: string, @Caller() actor: Actor) {
    return this.clients.setDisabled(clientId, false, actor.name);
  }
}
