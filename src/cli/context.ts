import { resolve } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { hostname, userInfo } from 'node:os';
import type { Actor } from '../auth/auth.types.js';
import type { Config } from '../config/config.js';
import { profileFolder } from '../config/home.js';
import { reasonOf } from '../db/errors.js';
import type { Installation } from '../db/installation.repository.js';
import type { OpenDatabase } from '../db/open-database.js';
import { printable, printableLines } from '../problem/printable.js';
import type { BesideApi } from './beside.js';
import { UsageError } from './faults.js';
import { format } from './format.js';
import { type Door, HttpApi } from './http-api.js';
import { Profiles } from './profiles.js';
import { ProgressBar } from './progress.js';

// the commands beside this file know these by it
export { CommandError, UsageError } from './faults.js';

/** Who runs commands, as the audit names them: the account and the host, since many may have a shell. */
export const BY = printable(`cli:${accountName()}@${hostname()}`);

/** Anyone with a shell on the server may do everything. */
export const OPERATOR: Actor = { kind: 'cli', name: BY, scopes: ['*'], can: () => true };

/**
 * What a command may use. Everything is made when it is first needed, and closed after the command. Settings, database and
 * application are loaded when they are needed: a command that asks another machine does without.
 */
export class CliContext {
  /** Set by the global option `--json`. */
  json = false;
  /** Set by the global option `--verbose`. */
  verbose = false;
  /** Set by `--wide`: tables with every column, and with whole values. */
  wide = false;
  /** Set by `--utc`: times in UTC, where it is Cairo's time otherwise. */
  utc = false;
  /** Where another machine is asked: undefined beside the server. */
  door: Door | undefined;
  /** Set by the command that restores the database: every other one refuses it until it is restored. */
  restoring = false;
  private loaded: Config | undefined;
  private opened: Promise<OpenDatabase> | undefined;
  private app: Promise<INestApplicationContext> | undefined;
  private asked: Promise<HttpApi> | undefined;
  private beside: Promise<BesideApi> | undefined;

  /**
   * @param readConfig called when a command first needs a setting; set by `prepare` otherwise
   * @param profiles whom this person has logged in to
   */
  constructor(
    private readConfig?: () => Config,
    readonly profiles = new Profiles(profileFolder()),
  ) {}

  /** Before a command reads a setting. */
  async prepare(): Promise<void> {
    this.readConfig ??= (await import('../config/config.js')).loadConfig;
  }

  /** @throws ConfigError; UsageError where another machine is asked */
  get config(): Config {
    if (this.door !== undefined || this.readConfig === undefined)
      throw new UsageError('This works beside the server only: run it there, without --url and --profile');
    return (this.loaded ??= this.readConfig());
  }

  /**
   * The management API: of the server that was named or logged in to, else of the one that runs beside.
   * @throws CommandError NOT_RUNNING, UNREACHABLE
   */
  api(): Promise<HttpApi> {
    return (this.asked ??= this.openApi());
  }

  /**
   * The database as it is; an embedded one that does not run is started for the time of the command. None is created: an
   * empty one would answer "(none)" to somebody who is only in the wrong folder.
   * @throws UsageError where there is none
   */
  database(): Promise<OpenDatabase> {
    return (this.opened ??= this.locate().then(() => this.openDatabase()));
  }

  /** The same, and creates the embedded one in ROLLCALL_DATA_DIR where there is none. */
  newDatabase(): Promise<OpenDatabase> {
    return (this.opened ??= this.openDatabase());
  }

  /** Where the database is; starts nothing. Undefined where there is none. */
  async find(): Promise<{ url: string; running: boolean } | undefined> {
    await this.prepare();
    const { locateDatabase } = await import('../db/open-database.js');
    return locateDatabase(this.config);
  }

  /** The same. @throws UsageError where there is none */
  async locate(): Promise<{ url: string; running: boolean }> {
    const located = await this.find();
    if (located !== undefined) return located;
    const folder = resolve(this.config.env.ROLLCALL_DATA_DIR);
    throw new UsageError(
      `There is no database: DATABASE_URL is not set, and there is none in ${folder}. ` +
        'Run this in the folder of the installation, set ROLLCALL_DATA_DIR or DATABASE_URL, or create one with `npm start`.',
    );
  }

  /** The installation that the database belongs to; undefined before it is migrated. @throws as `database` */
  async installation(): Promise<Installation | undefined> {
    const { installationAt } = await import('../db/installation.repository.js');
    return installationAt((await this.database()).url);
  }

  /** Which installation answered, for people who have several: with `--verbose`, and where it is another machine. */
  async tellInstallation(): Promise<void> {
    if (!this.verbose && (this.door === undefined || this.json)) return;
    try {
      const { installation = 'unknown', ...where } = await this.answered();
      this.note(
        this.json
          ? JSON.stringify({ installation, ...where })
          : `Answered by installation ${installation}, ${Object.entries(where).flat().join(' ')}`,
      );
    } catch (error) {
      // a usage error was reported already, and so was a server that does not answer
      if (!this.json && !(error instanceof UsageError) && this.door === undefined)
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
    const text = this.json
      ? printableLines(JSON.stringify(value, null, 2))
      : format(value, { utc: this.utc, width: this.wide ? Infinity : (process.stdout.columns ?? Infinity) });
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
      const beside = await this.beside?.catch(() => undefined);
      // what cannot be removed now ends by itself
      await beside?.end().catch(() => undefined);
      const app = await this.app?.catch(() => undefined);
      await app?.close();
    } finally {
      const database = await this.opened?.catch(() => undefined);
      await database?.stop();
    }
  }

  private async openApi(): Promise<HttpApi> {
    if (this.door !== undefined) return new HttpApi(this.door);
    const { url, running } = await this.locate();
    const { openBeside } = await import('./beside.js');
    this.beside = openBeside(this.config, running ? url : undefined, BY);
    return (await this.beside).api;
  }

  /** It starts nothing to find out. */
  private async answered(): Promise<{ installation?: string | undefined } & Record<string, unknown>> {
    if (this.door !== undefined) {
      const { url } = this.door;
      return { installation: await new HttpApi({ url, key: '' }).installation(), url };
    }
    const { url, running } =
      this.opened === undefined ? await this.locate() : { ...(await this.opened), running: true };
    const [{ installationAt }, { redactUrl }] = await Promise.all([
      import('../db/installation.repository.js'),
      import('../config/database-url.js'),
    ]);
    return { installation: running ? (await installationAt(url))?.id : undefined, database: redactUrl(url) };
  }

  private async openDatabase(): Promise<OpenDatabase> {
    await this.prepare();
    const { openDatabase } = await import('../db/open-database.js');
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
