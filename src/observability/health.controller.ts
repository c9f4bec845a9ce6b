import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem/problem.js';
import { InstallationId } from './installation-id.js';
import { Readiness } from './readiness.js';
import { factsOf } from '../problem/request-facts.js';

/** For load balancers and orchestrators; no credentials, no details. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly installation: InstallationId,
  ) {}

  /**
   * The process runs and its event loop turns. Asks nothing else: a restart would not mend a database. Says which
   * installation it is of, so that whoever asks a URL sees whether it leads here.
   */
  @Get('live')
  @Header('cache-control', 'no-store')
  live(): { status: 'live'; installation: string } {
    return { status: 'live', installation: this.installation.value };
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
