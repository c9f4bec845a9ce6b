import { HttpModule, HttpService } from '@nestjs/axios';
import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { Config } from '../config/config.js';
import { Metrics } from '../observability/metrics.js';
import { EnrollClient } from './enroll-client.service.js';
import { EnrollQueriesController } from './enroll-queries.controller.js';
import { EnrollQueries } from './enroll-queries.service.js';
import { SessionTokensController } from './session-tokens.controller.js';
import { SessionTokens } from './session-tokens.service.js';

@Module({
  imports: [AuthModule, HttpModule],
  controllers: [EnrollQueriesController, SessionTokensController],
  providers: [
    {
      provide: EnrollClient,
      inject: [Config, HttpService, Metrics],
      useFactory: (config: Config, http: HttpService, metrics: Metrics) =>
        EnrollClient.connect(config, http, {
          onTried: (call, outcome, seconds) => metrics.enrollSeconds.observe({ call, outcome }, seconds),
        }),
    },
    EnrollQueries,
    SessionTokens,
  ],
  exports: [EnrollClient, SessionTokens],
})
export class EnrollClientModule implements OnModuleInit {
  constructor(private readonly client: EnrollClient) {}

  /** Logs the dialect once, as a warning if nobody has verified it. */
  onModuleInit(): void {
    if (!this.client.configured) return;
    const { title, file, spec } = this.client.dialect;
    const log = new Logger('EnrollClient');
    const line = { event: 'dialect', dialect: title, file };
    if (spec.verified) log.log(line, 'eNROLL dialect');
    else log.warn(line, 'This dialect is unverified: check it with `rollcall doctor`');
  }
}
