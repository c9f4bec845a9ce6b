import { resolve } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { hostname, userInfo } from 'node:os';
import type { Actor } from '../auth/auth.types.js';
import { type Config, loadConfig } from '../config/config.js';
import { redactUrl } from '../config/database-url.js';
import { reasonOf } from '../db/errors.js';
import { type Installation, installationAt } from '../db/installation.repository.js';
import { locateDatabase, type OpenDatabase, openDatabase } from '../db/open-database.js';
import { printable, printableLines } from '../problem/printable.js';
import { format } from './format.js';

/** Who runs commands, as the audit names him: the account and the host, since many may have a shell. */
export const BY = printable(`cli:${accountName()}@${hostname()}`);

/** Who has a shell on the server may do everything. */
export const OPERATOR: Actor = { name: BY, scopes: ['*'], can: () => true };

/** Called wrongly: exit code 2 instead of 1. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

/** What a command may use; everything is made when first asked for and closed after the command. */
export class CliContext {
  /** Set by the global option `--json`. */
  json = false;
  /** Set by the global option `--verbose`. */
  verbose = false;
  private loaded: Config | undefined;
  private opened: Promise<OpenDatabase> | undefined;
  private app: Promise<INestApplicationContext> | undefined;

  /** @param readConfig called when a command first asks for a setting */
  constructor(private readonly readConfig: () => Config = loadConfig) {}

  /** @throws ConfigError */
  get config(): Config {
    return (this.loaded ??= this.readConfig());
  }

  /**
   * The database as it is; an embedded one that does not run is started for the time of the command. None is made: an
   * empty one would answer "(none)" to whoever only stands in the wrong folder.
   * @throws UsageError where there is none
   */
  database(): Promise<OpenDatabase> {
    return (this.opened ??= this.openDatabase());
  }

  /** Where that is; starts nothing. @throws UsageError where there is none */
  locate(): { url: string; running: boolean } {
    const located = locateDatabase(this.config);
    if (located !== undefined) return located;
    const folder = resolve(this.config.env.ROLLCALL_DATA_DIR);
    throw new UsageError(
      `There is no database: DATABASE_URL is not set, and there is none in ${folder}. ` +
        'Run this in the folder of the installation, set ROLLCALL_DATA_DIR or DATABASE_URL, or make one by `npm start`.',
    );
  }

  /** Which installation it is of; undefined where it is not migrated so far. @throws as `database` */
  async installation(): Promise<Installation | undefined> {
    return installationAt((await this.database()).url);
  }

  /** With `--verbose`: which installation answered, for people who have several. Makes and starts nothing for it. */
  async tellInstallation(): Promise<void> {
    if (!this.verbose) return;
    try {
      const { url, running } =
        this.opened === undefined ? this.locate() : { ...(await this.opened), running: true };
      const found = running ? await installationAt(url) : undefined;
      const installation = found?.id ?? 'unknown';
      const database = redactUrl(url);
      this.note(
        this.json
          ? JSON.stringify({ installation, database })
          : `Answered by installation ${installation}, database ${database}`,
      );
    } catch (error) {
      // a usage error has said it
      if (!this.json && !(error instanceof UsageError))
        this.note(`Which installation that was cannot be told: ${reasonOf(error)}`);
    }
  }

  /** The whole application without HTTP and without jobs, on a database that is migrated. */
  createApp(): Promise<INestApplicationContext> {
    return (this.app ??= this.startApp());
  }

  /** A service of that application. */
  async service<T>(service: new (...args: never[]) => T): Promise<T> {
    return (await this.createApp()).get<T>(service, { strict: false });
  }

  /** To standard output: JSON with `--json`, else text, `name  value` lines or a table. */
  print(value: unknown): void {
    const text = this.json ? printableLines(JSON.stringify(value, null, 2)) : format(value);
    process.stdout.write(`${text}\n`);
  }

  /** For people only, to standard error: standard output belongs to the command's result. */
  note(text: string): void {
    const shown = printableLines(text);
    process.stderr.write(shown.endsWith('\n') ? shown : `${shown}\n`);
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

  private async openDatabase(): Promise<OpenDatabase> {
    this.locate();
    return openDatabase(this.config, (line) => this.note(line));
  }

  private async startApp(): Promise<INestApplicationContext> {
    const database = await this.database();
    // loaded late: it is most of the start, and commands of the database do without
    const { startApplication } = await import('./application.js');
    return startApplication(this.config, database, (line) => this.note(line));
  }
}

/** A container may run under a number that no account has. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
