import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Listener } from '../db/listen.js';
import { WideEvents } from '../observability/wide-event.js';
import { Jobs } from './jobs.service.js';

@Module({})
export class JobsModule {
  /** @param url connection string of the database that holds the `pgboss` schema */
  static register(url: string): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [
        {
          provide: Jobs,
          inject: [Config, WideEvents, Listener],
          useFactory: (config: Config, events: WideEvents, listener: Listener) =>
            new Jobs(url, config.env.ROLLCALL_ROLE !== 'api', events, listener),
        },
      ],
      exports: [Jobs],
    };
  }
}
