import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import type { ClientDto, ClientPageDto, CreateClientBody, CreatedClientDto } from './clients.dto.js';
import { Clients } from './clients.service.js';

const LIST = 'clients';
const CURSOR = z.tuple([z.string()]);

/** Clients of the token URL as their administrators meet them. `by` is the name in the audit. */
@Injectable()
export class ClientAdministration {
  constructor(private readonly clients: Clients) {}

  /** By id. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ClientPageDto> {
    const after = cursor === undefined ? undefined : readCursor(LIST, CURSOR, cursor)[0];
    const rows = await this.clients.list({ limit: limit + 1, ...(after !== undefined && { after }) });
    return pageOf(rows, limit, ({ clientId }) => writeCursor(LIST, clientId));
  }

  /** @throws Problem NOT_FOUND */
  async find(clientId: string): Promise<ClientDto> {
    const [client] = await this.clients.list({ clientId });
    if (client === undefined) throw new Problem('NOT_FOUND');
    return client;
  }

  /** @throws Problem CONFLICT where the id is taken */
  async create({ clientId, name = clientId }: CreateClientBody, by: string): Promise<CreatedClientDto> {
    const clientSecret = this.clients.makeSecret();
    if (!(await this.clients.create(by, clientId, name, clientSecret)))
      throw new Problem('CONFLICT', 'A client of this id is there already');
    return { ...(await this.find(clientId)), clientSecret };
  }

  /** @throws Problem NOT_FOUND */
  async addSecret(clientId: string, overlapSeconds: number, by: string): Promise<CreatedClientDto> {
    const clientSecret = this.clients.makeSecret();
    if (!(await this.clients.rotate(by, clientId, clientSecret, overlapSeconds)))
      throw new Problem('NOT_FOUND');
    return { ...(await this.find(clientId)), clientSecret };
  }

  /** @throws Problem NOT_FOUND */
  async setDisabled(clientId: string, disabled: boolean, by: string): Promise<ClientDto> {
    const changed = await (disabled ? this.clients.disable(by, clientId) : this.clients.enable(by, clientId));
    if (!changed) throw new Problem('NOT_FOUND');
    return this.find(clientId);
  }
}
