import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Config } from '../config/config.js';
import { recogniseOnConnect } from './histories.js';
import { Listener } from './listen.js';
import { poolOptions } from './pool-options.js';
import { SnapshotReads } from './snapshot-reads.js';
import { Writers } from './writers.js';

/**
 * The application's connections to a database that is already checked and migrated: TypeORM for entities, reads and
 * administration; `Writers` for callbacks; `Listener` for notifications; `SnapshotReads` for reads that take minutes.
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
        { provide: Listener, useFactory: () => new Listener(url) },
        { provide: SnapshotReads, useFactory: () => new SnapshotReads(url) },
      ],
      exports: [Writers, Listener, SnapshotReads],
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
    // the start has already waited for the database: ten more tries would only hide the reason
    toRetry: () => false,
    poolErrorHandler: (error: Error) => log.warn(`An idle connection was lost: ${error.message}`),
    extra: {
      ...poolOptions(url, 'rollcall', config.env.ROLLCALL_DB_READ_CONNECTIONS),
      onConnect: recogniseOnConnect,
    },
  };
}
