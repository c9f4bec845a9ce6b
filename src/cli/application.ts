import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { Config } from '../config/config.js';
import { Jobs } from '../jobs/jobs.service.js';
import { createLogger, PinoNestLogger, withLogFormat } from '../observability/logger.js';
import { within } from '../observability/within.js';
import { checkRights } from '../db/rights.js';
import type { OpenDatabase } from '../db/open-database.js';
import { prepareForCommand } from '../prepare-database.js';

const QUEUES_WITHIN_MS = 5_000;

/** The whole application without HTTP and without jobs, on a database that is prepared for a command. */
export async function startApplication(
  config: Config,
  database: OpenDatabase,
  write: (line: string) => void,
  restoring = false,
): Promise<INestApplicationContext> {
  const { url: databaseUrl } = database;
  await prepareForCommand(database, write, restoring);
  await checkRights(databaseUrl);
  const quiet = withLogFormat(quietConfig(config), process.stderr.isTTY === true);
  const log = createLogger(quiet, { write });
  const app = await NestFactory.createApplicationContext(
    AppModule.register({ config: quiet, databaseUrl, log }),
    { logger: new PinoNestLogger(log), abortOnError: false },
  );
  // An application that is closed before its queues exist would wait for them, and then report what it could not send.
  await within(QUEUES_WITHIN_MS, app.get(Jobs, { strict: false }).ready()).catch(() => undefined);
  return app;
}

/** A command runs no jobs, and logs only what went wrong. */
function quietConfig(config: Config): Config {
  const level = config.env.ROLLCALL_LOG_LEVEL;
  return new Config({
    ...config.env,
    ROLLCALL_ROLE: 'api',
    ROLLCALL_LOG_LEVEL: level === 'info' ? 'warn' : level,
  });
}
