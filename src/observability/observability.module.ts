import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseReadiness } from './database-readiness.js';
import { FrontPageController } from './front-page.controller.js';
import { HealthController } from './health.controller.js';
import { type Log } from './logger.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Readiness } from './readiness.js';
import { SecurityTxtController } from './security-txt.controller.js';
import { WideEvents } from './wide-event.js';

/** Needs the connections of `DatabaseModule`. */
@Module({})
export class ObservabilityModule {
  /** @param log the one log of the process, which Nest also gets as `new PinoNestLogger(log)` */
  static register(log: Log): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      controllers: [FrontPageController, HealthController, MetricsController, SecurityTxtController],
      providers: [
        Metrics,
        Readiness,
        DatabaseReadiness,
        {
          provide: WideEvents,
          useFactory: (metrics: Metrics) => new WideEvents(log, metrics),
          inject: [Metrics],
        },
      ],
      exports: [Metrics, Readiness, WideEvents],
    };
  }
}
