import { Controller, Get, Header, type OnModuleInit, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { EntityManager } from 'typeorm';
import { readInstallation } from '../db/installation.repository.js';
import { Problem } from '../problem/problem.js';
import { factsOf } from '../problem/request-facts.js';
import { Readiness } from './readiness.js';

/** For load balancers and orchestrators; no credentials, no details. */
@ApiExcludeController()
@Controller('health')
export class HealthController implements OnModuleInit {
  private installation = '';

  constructor(
    private readonly readiness: Readiness,
    private readonly connection: EntityManager,
  ) {}

  /** Reads it once, so that `live` can name it while the database is away. */
  async onModuleInit(): Promise<void> {
    this.installation = (await readInstallation(this.connection)).id;
  }

  /**
   * The process runs and its event loop turns. It checks nothing else: a restart would not repair a database. The answer
   * names the installation, so that a caller sees whether a URL leads here.
   */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: 'live'; installation: string } {
    return { status: 'live', installation: this.installation };
  }

  /** @throws Problem NOT_READY with `reasons` */
  @Get('ready')
  @Header('cache-control', 'no-store')
  async ready(@Req() request: FastifyRequest): Promise<{ status: 'ready' }> {
    const { starting } = this.readiness;
    const reasons = await this.readiness.obstacles();
    if (reasons.length === 0) return { status: 'ready' };
    factsOf(request).expected = starting;
    throw new Problem('NOT_READY', reasons.join('; '), { extra: { reasons } });
  }
}
