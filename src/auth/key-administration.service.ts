import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import type { ApiKeyDto, ApiKeyPageDto, CreateApiKeyBody, CreatedApiKeyDto } from './api-keys.dto.js';
import { type ApiKeyLimits, ApiKeys } from './api-keys.service.js';
import type { Actor } from './auth.types.js';
import { requireGrantable } from './ownership.guard.js';

const LIST = 'api-keys';
const CURSOR = z.tuple([z.string()]);

/**
 * API keys as their administrators meet them. Who makes a key, takes its place or ends it holds all of its scopes; the command
 * line holds everything.
 */
@Injectable()
export class KeyAdministration {
  constructor(private readonly keys: ApiKeys) {}

  /** By name. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ApiKeyPageDto> {
    const after = cursor === undefined ? undefined : readCursor(LIST, CURSOR, cursor)[0];
    const rows = await this.keys.list({ limit: limit + 1, ...(after !== undefined && { after }) });
    return pageOf(rows, limit, ({ name }) => writeCursor(LIST, name));
  }

  /** @throws Problem NOT_FOUND */
  async find(id: string): Promise<ApiKeyDto> {
    const [key] = await this.keys.list({ id });
    if (key === undefined) throw new Problem('NOT_FOUND');
    return key;
  }

  /** @throws Problem INSUFFICIENT_SCOPE; CONFLICT where the name is taken, also by a disabled key */
  async create(body: CreateApiKeyBody, actor: Actor): Promise<CreatedApiKeyDto> {
    requireGrantable(body.scopes, actor);
    const name = body.name.trim();
    const key = await this.keys.create(actor.name, name, body.scopes, limitsOf(body));
    if (key === undefined) throw new Problem('CONFLICT', 'An API key of this name is there already');
    const made = (await this.keys.list()).find((one) => one.name === name);
    if (made === undefined) throw new Problem('CONFLICT', 'The API key was removed again at once');
    return { ...made, key };
  }

  /** Another key with the same rights; the one before ends at once. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, CONFLICT */
  async rotate(id: string, actor: Actor): Promise<CreatedApiKeyDto> {
    const row = await this.find(id);
    requireGrantable(row.scopes, actor);
    const key = row.state === 'live' ? await this.keys.rotate(actor.name, row) : undefined;
    if (key === undefined) throw new Problem('CONFLICT', 'The API key is not live');
    return { ...(await this.find(id)), key };
  }

  /** @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE; CONFLICT where a key would end the last one that administers keys */
  async disable(id: string, actor: Actor): Promise<void> {
    const { name, scopes } = await this.find(id);
    // a person who administers keys ends a stolen one, whatever it may do
    if (actor.kind === 'key') requireGrantable(scopes, actor);
    // people go on without any key; a key that ends the last one leaves only the command line
    const ended =
      actor.kind === 'key'
        ? await this.keys.disableButLast(actor.name, name)
        : await this.keys.disable(actor.name, name);
    if (ended) return;
    throw new Problem(
      'CONFLICT',
      'It is the last key that administers keys: `rollcall apikey disable` ends it',
    );
  }
}

function limitsOf({ expiresAt, allowAddresses, requestsPerMinute }: CreateApiKeyBody): ApiKeyLimits {
  return {
    expiresAt: typeof expiresAt === 'string' ? new Date(expiresAt) : null,
    allowAddresses: allowAddresses ?? null,
    requestsPerMinute: requestsPerMinute ?? null,
  };
}
