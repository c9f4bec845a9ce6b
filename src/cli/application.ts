import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { Config } from '../config/config.js';
import { migrate } from '../db/migrations.js';
import { checkServer } from '../db/server-check.js';
import { createLogger, PinoNestLogger } from '../observability/logger.js';

/** The whole application without HTTP and without jobs, on a database that it migrates first. */
export async function startApplication(
  config: Config,
  databaseUrl: string,
  write: (line: string) => void,
): Promise<INestApplicationContext> {
  await checkServer(databaseUrl);
  await migrate(databaseUrl);
  const quiet = quietConfig(config);
  const log = createLogger(quiet, { write });
  return NestFactory.createApplicationContext(AppModule.register({ config: quiet, databaseUrl, log }), {
    logger: new PinoNestLogger(log),
    abortOnError: false,
  });
}

/** A command runs no jobs, and tells only what went wrong. */
function quietConfig(config: Config): Config {
  const level = config.env.ROLLCALL_LOG_LEVEL;
  return new Config({
    ...config.env,
    ROLLCALL_ROLE: 'api',
    ROLLCALL_LOG_LEVEL: level === 'info' ? 'warn' : level,
  });
}
