import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Config, loadConfig } from '../config/config.js';
import { migrate } from '../db/migrations.js';
import { type OpenDatabase, openDatabase } from '../db/open-database.js';
import { checkServer } from '../db/server-check.js';
import { createLogger, PinoNestLogger } from '../observability/logger.js';
import { format } from './format.js';

/** Called wrongly: exit code 2 instead of 1. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

/** What a command may use; everything is made when first asked for and closed after the command. */
export class CliContext {
  /** Set by the global option `--json`. */
  json = false;
  private loaded: Config | undefined;
  private opened: Promise<OpenDatabase> | undefined;
  private app: Promise<INestApplicationContext> | undefined;

  /** @throws ConfigError */
  get config(): Config {
    return (this.loaded ??= loadConfig());
  }

  /** The database as it is; an embedded one that does not run is started for the time of the command. */
  database(): Promise<OpenDatabase> {
    return (this.opened ??= openDatabase(this.config, warn));
  }

  /** The whole application without HTTP and without jobs, on a database that is migrated. */
  createApp(): Promise<INestApplicationContext> {
    return (this.app ??= this.startApp());
  }

  /** To standard output: JSON with `--json`, else text, `name  value` lines or a table. */
  print(value: unknown): void {
    process.stdout.write(`${this.json ? JSON.stringify(value, null, 2) : format(value)}\n`);
  }

  /** For people only, to standard error. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  async close(): Promise<void> {
    try {
      const app = await this.app?.catch(() => undefined);
      await app?.close();
    } finally {
      const database = await this.opened?.catch(() => undefined);
      await database?.stop();
    }
  }

  private async startApp(): Promise<INestApplicationContext> {
    const { url } = await this.database();
    await checkServer(url);
    await migrate(url);
    const { AppModule } = await import('../app.module.js');
    const config = quietConfig(this.config);
    const log = createLogger(config, { write: warn });
    return NestFactory.createApplicationContext(AppModule.register({ config, databaseUrl: url, log }), {
      logger: new PinoNestLogger(log),
      abortOnError: false,
    });
  }
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

/** Standard output belongs to the command's result. */
function warn(line: string): void {
  process.stderr.write(line.endsWith('\n') ? line : `${line}\n`);
}
