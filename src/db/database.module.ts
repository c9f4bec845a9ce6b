import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { Histories, recogniseOnConnect } from './histories.js';
import { Listener } from './listen.js';
import { poolOptions } from './pool-options.js';
import { SnapshotReads } from './snapshot-reads.js';
import { Writers } from './writers.js';

/**
 * Connections of the application, for a database that is checked and migrated already: TypeORM for entities, reads
 * and administration; `Writers` for callbacks; `Listener` for notifications; `SnapshotReads` for what takes minutes.
 */
@Module({})
export class DatabaseModule {
  static register(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [Config],
          useFactory: (config: Config) => readOptions(url, config),
        }),
      ],
      providers: [
        {
          provide: Writers,
          inject: [Config],
          useFactory: (config: Config) => new Writers(url, config.env.ROLLCALL_DB_WRITE_CONNECTIONS),
        },
        Histories,
        { provide: Listener, useFactory: () => new Listener(url) },
        { provide: SnapshotReads, useFactory: () => new SnapshotReads(url) },
      ],
      exports: [Histories, Writers, Listener, SnapshotReads],
    };
  }
}

function readOptions(url: string, config: Config) {
  const log = new Logger('Database');
  return {
    type: 'postgres' as const,
    url,
    autoLoadEntities: true,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    installExtensions: false,
    // the launcher has waited for the database: trying ten more times would only hide the reason
    toRetry: () => false,
    poolErrorHandler: (error: Error) => log.warn(`An idle connection was lost: ${error.message}`),
    extra: {
      ...poolOptions(url, 'rollcall', config.env.ROLLCALL_DB_READ_CONNECTIONS),
      onConnect: recogniseOnConnect,
    },
  };
}
