import { Delete, Get, Post } from '@nestjs/common';
import {
  Answers,
  AnswersNothing,
  ById,
  Lists,
  Operation,
  ValidBody,
  ValidQuery,
} from '../problem/operation.js';
import { PageQuery } from '../problem/page.dto.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { Caller, ManagementController, Scope } from './api-key.guard.js';
import { ApiKeyDto, ApiKeyPageDto, CreateApiKeyBody, CreatedApiKeyDto } from './api-keys.dto.js';
import type { Actor } from './auth.types.js';
import { KeyAdministration } from './key-administration.service.js';

@ManagementController('api-keys', 'Management: API keys')
@Scope('keys:write')
export class ApiKeysController {
  constructor(private readonly keys: KeyAdministration) {}

  @Get()
  @Scope('keys:read')
  @Operation(
    'List API keys by name',
    'Disabled and expired ones too. What opens them is shown to nobody: only its hash is stored.',
  )
  @Lists(ApiKeyPageDto)
  async listApiKeys(@ValidQuery() query: PageQuery) {
    return this.keys.list(query);
  }

  @Post()
  @Operation(
    'Create an API key; recorded',
    'Keep the `key`: it is not shown again. It gets no scope that the caller lacks. A name is given once, also after its ' +
      'key was disabled, because the audit names callers by it.',
  )
  @Answers(CreatedApiKeyDto, 201)
  @ProblemResponses('CONFLICT')
  async createApiKey(@ValidBody() body: CreateApiKeyBody, @Caller() actor: Actor) {
    return this.keys.create(body, actor);
  }

  @Get(':id')
  @Scope('keys:read')
  @Operation('One API key', 'What it may do, when it ends, and when it was last used.')
  @Answers(ApiKeyDto)
  async readApiKey(@ById('API key') id: string) {
    return this.keys.find(id);
  }

  @Post(':id/rotate')
  @Operation(
    'Replace an API key by a new one with the same rights; recorded',
    'The key before ends at once, on every replica. The caller needs every scope that the key has.',
  )
  @Answers(CreatedApiKeyDto, 200, 'Keep the `key`: it is not shown again.')
  @ProblemResponses('CONFLICT')
  async rotateApiKey(@ById('API key') id: string, @Caller() actor: Actor) {
    return this.keys.rotate(id, actor);
  }

  @Delete(':id')
  @Operation(
    'Disable an API key for good; recorded',
    'It is refused at once, on every replica and in open streams. A key ends none that has more scopes than it, and does ' +
      'not end the last one with `keys:write`: the command line does.',
  )
  @AnswersNothing('It is disabled.')
  @ProblemResponses('CONFLICT')
  async disableApiKey(@ById('API key') id: string, @Caller() actor: Actor) {
    await this.keys.disable(id, actor);
  }
}
