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
import { ProgressBar } from './progress.js';

/** Who runs commands, as the audit names them: the account and the host, since many may have a shell. */
export const BY = printable(`cli:${accountName()}@${hostname()}`);

/** Anyone with a shell on the server may do everything. */
export const OPERATOR: Actor = { kind: 'cli', name: BY, scopes: ['*'], can: () => true };

/** A failure with a stable code, which `--json` prints. */
export class CommandError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The command was called wrongly: exit code 2 instead of 1. */
export class UsageError extends Error {
  readonly code = 'USAGE';
}

/** What a command may use. Everything is made when it is first needed, and closed after the command. */
export class CliContext {
  /** Set by the global option `--json`. */
  json = false;
  /** Set by the global option `--verbose`. */
  verbose = false;
  /** Set by the command that restores the database: every other one refuses it until it is restored. */
  restoring = false;
  private loaded: Config | undefined;
  private opened: Promise<OpenDatabase> | undefined;
  private app: Promise<INestApplicationContext> | undefined;

  /** @param readConfig called when a command first needs a setting */
  constructor(private readonly readConfig: () => Config = loadConfig) {}

  /** @throws ConfigError */
  get config(): Config {
    return (this.loaded ??= this.readConfig());
  }

  /**
   * The database as it is; an embedded one that does not run is started for the time of the command. None is created: an
   * empty one would answer "(none)" to somebody who is only in the wrong folder.
   * @throws UsageError where there is none
   */
  database(): Promise<OpenDatabase> {
    return (this.opened ??= this.openDatabase());
  }

  /** The same, and creates the embedded one in ROLLCALL_DATA_DIR where there is none. */
  newDatabase(): Promise<OpenDatabase> {
    return (this.opened ??= openDatabase(this.config, (line) => this.note(line)));
  }

  /** Where the database is; starts nothing. @throws UsageError where there is none */
  locate(): { url: string; running: boolean } {
    const located = locateDatabase(this.config);
    if (located !== undefined) return located;
    const folder = resolve(this.config.env.ROLLCALL_DATA_DIR);
    throw new UsageError(
      `There is no database: DATABASE_URL is not set, and there is none in ${folder}. ` +
        'Run this in the folder of the installation, set ROLLCALL_DATA_DIR or DATABASE_URL, or create one with `npm start`.',
    );
  }

  /** The installation that the database belongs to; undefined before it is migrated. @throws as `database` */
  async installation(): Promise<Installation | undefined> {
    return installationAt((await this.database()).url);
  }

  /** With `--verbose`: which installation answered, for people who have several. It starts nothing to find out. */
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
      // a usage error was reported already
      if (!this.json && !(error instanceof UsageError))
        this.note(`Cannot tell which installation answered: ${reasonOf(error)}`);
    }
  }

  /** A service of the whole application, which runs without HTTP and without jobs, on a database that is migrated. */
  async service<T>(service: new (...args: never[]) => T): Promise<T> {
    this.app ??= this.startApp();
    return (await this.app).get<T>(service, { strict: false });
  }

  /** To standard output: JSON with `--json`, else text, `name  value` lines or a table. */
  print(value: unknown): void {
    const text = this.json ? printableLines(JSON.stringify(value, null, 2)) : format(value);
    process.stdout.write(`${text}\n`);
  }

  /** Prints a result that looks different for people than as JSON. */
  show(value: unknown, forPeople: () => unknown): void {
    this.print(this.json ? value : forPeople());
  }

  /** Shows people, on standard error, how far `work` is. */
  async withProgress<T>(work: (progress: ProgressBar) => Promise<T>): Promise<T> {
    const progress = new ProgressBar(this.json ? null : process.stderr);
    return work(progress).finally(() => progress.clear());
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
    // loaded late: it takes most of the start, and the commands of the database do without
    const { startApplication } = await import('./application.js');
    return startApplication(this.config, database, (line) => this.note(line), this.restoring);
  }
}

/** A container may run as a user id without an account. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
