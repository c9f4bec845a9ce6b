import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Problem } from '../problem/problem.js';
import { InstallationId } from './installation-id.js';
import { Readiness } from './readiness.js';

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
  async ready(): Promise<{ status: 'ready' }> {
    const reasons = await this.readiness.obstacles();
    if (reasons.length > 0) throw new Problem('NOT_READY', reasons.join('; '), { extra: { reasons } });
    return { status: 'ready' };
  }
}
