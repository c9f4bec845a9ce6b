import { HttpModule, HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
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
export class EnrollClientModule {}
