import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { readInstallation } from '../db/installation.repository.js';

/** Which installation this process is of, read once, so that it can be said while the database is away. */
@Injectable()
export class InstallationId implements OnModuleInit {
  value = '';

  constructor(private readonly connection: EntityManager) {}

  async onModuleInit(): Promise<void> {
    this.value = (await readInstallation(this.connection)).id;
  }
}
