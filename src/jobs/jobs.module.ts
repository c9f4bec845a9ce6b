import { type DynamicModule, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Listener } from '../db/listen.js';
import { Readiness } from '../observability/readiness.js';
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
          inject: [Config, WideEvents, Listener, Readiness],
          useFactory: (config: Config, events: WideEvents, listener: Listener, readiness: Readiness) => {
            const jobs = new Jobs(url, config.env.ROLLCALL_ROLE !== 'api', events, listener);
            readiness.require('jobs', () => Promise.resolve(jobs.obstacle()));
            return jobs;
          },
        },
      ],
      exports: [Jobs],
    };
  }
}
