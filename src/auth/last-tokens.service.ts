import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { CollectedRows } from '../db/collected-rows.js';
import type { CredentialsPlace } from './credentials.js';
import { type LastToken, readLastTokens, writeLastTokens } from './last-tokens.repository.js';

/** The record of the last token of each client, written at most once a second, beside the answers. */
@Injectable()
export class LastTokens implements OnModuleDestroy {
  private readonly log = new Logger(LastTokens.name);
  private readonly rows: CollectedRows<LastToken>;

  constructor(private readonly connection: EntityManager) {
    this.rows = new CollectedRows(
      (rows) => writeLastTokens(connection, rows),
      (error) => this.log.warn({ code: 'LAST_TOKEN_NOT_RECORDED', err: error }),
    );
  }

  record(clientId: string, credentialsIn: CredentialsPlace): void {
    this.rows.put(clientId, { clientId, at: new Date(), credentialsIn });
  }

  /** The latest first. */
  async list(): Promise<LastToken[]> {
    return readLastTokens(this.connection);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rows.stop();
  }
}
