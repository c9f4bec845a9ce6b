import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, prepareBinaries } from './binaries.js';
import { ensureCluster, ROLE } from './cluster.js';
import { withClient } from '../bounded-client.js';
import { errnoOf, ReadOnlyServerError, reasonOf } from '../errors.js';
import { connectionOptions } from '../pool-options.js';
import { EmbeddedPostgresError } from './failure.js';
import {
  type Credentials,
  findData,
  type Home,
  openHome,
  readCredentials,
  writeCredentials,
} from './home.js';
import { isAlive, isServerOf, joinUsers, leaveUsers, readPostmaster, signal } from './processes.js';
import { bringUp, shutDown } from './server.js';

const WATCH_MILLISECONDS = 250;
const MAX_BACKOFF_MILLISECONDS = 5000;

/** What does not change while this process uses the server. */
interface Held {
  home: Home;
  binaries: Binaries;
  /** The file of this process in `users/`. */
  note: string;
  /** Part of `url`, so a restart keeps it. */
  port: number;
}

/**
 * How one process uses the embedded server. Every process that uses it writes a note in `users/`. The last one to leave stops
 * the server; any of them that finds it dead starts it again on the same port. So a command beside a running Rollcall
 * neither stops its database nor leaves one behind.
 */
export class EmbeddedPostgres {
  private watch: NodeJS.Timeout;
  private restart: Promise<void> | undefined;
  private stopping = false;
  private readonly leaveAtExit = () => this.leaveNow();

  private constructor(
    private readonly held: Held,
    private pid: number,
    readonly url: string,
    private readonly warn: (message: string) => void,
  ) {
    this.watch = setInterval(() => this.look(), WATCH_MILLISECONDS).unref();
    process.once('exit', this.leaveAtExit);
  }

  /**
   * Starts or adopts the server in `<dataDir>/postgres`.
   * @param dataDir may be relative and may hold blanks or Arabic
   * @throws EmbeddedPostgresError
   */
  static async open(dataDir: string, warn: (message: string) => void): Promise<EmbeddedPostgres> {
    const home = openHome(dataDir);
    const binaries = await prepareBinaries(home);
    const note = joinUsers(home);
    try {
      const credentials = await ensureCluster(home, binaries);
      const { pid, port } = await bringUp(home, binaries, { preferred: credentials.port, fixed: false });
      if (port !== credentials.port) writeCredentials(home.data, { ...credentials, port }, home.account);
      const url = urlOf({ ...credentials, port });
      await ensureDatabase(url);
      return new EmbeddedPostgres({ home, binaries, note, port }, pid, url, warn);
    } catch (error) {
      const { othersRemain } = leaveUsers(home, note);
      const left = readPostmaster(home.data);
      if (!othersRemain && left !== undefined) await shutDown(home, left.pid);
      throw error;
    }
  }

  /** Releases the server. The last process to leave stops it (fast shutdown, a few seconds at most). */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    clearInterval(this.watch);
    process.removeListener('exit', this.leaveAtExit);
    await this.restart;
    const { othersRemain } = leaveUsers(this.held.home, this.held.note);
    if (!othersRemain) await shutDown(this.held.home, this.pid);
  }

  private look(): void {
    if (this.stopping || this.restart !== undefined || isAlive(this.pid)) return;
    this.restart = this.bringBack().finally(() => (this.restart = undefined));
  }

  /** Tries until it works or we stop: a full disk may be cleared, a taken port may become free. */
  private async bringBack(): Promise<void> {
    this.warn('The embedded Postgres ended unexpectedly; starting it again.');
    for (let backoff = 100; !this.stopping; backoff = Math.min(backoff * 2, MAX_BACKOFF_MILLISECONDS)) {
      try {
        const wanted = { preferred: this.held.port, fixed: true };
        const { pid, port } = await bringUp(this.held.home, this.held.binaries, wanted);
        this.pid = pid;
        if (port === this.held.port) this.warn('The embedded Postgres is back.');
        else this.warn(`The embedded Postgres came back on port ${port}; restart Rollcall.`);
        return;
      } catch (error) {
        this.warn(reasonOf(error));
        await pause(backoff, undefined, { ref: false });
      }
    }
  }

  /** A process that ends without `stop()` (an uncaught error) must not leave a server behind. */
  private leaveNow(): void {
    const { othersRemain } = leaveUsers(this.held.home, this.held.note);
    if (!othersRemain && isServerOf(this.held.home.data, this.pid)) signal(this.pid, 'SIGINT');
  }
}

/** Where the embedded server of this folder is or would be. Starts and creates nothing. Undefined: none was made yet. */
export function locateEmbedded(dataDir: string): { url: string; running: boolean } | undefined {
  const data = findData(dataDir);
  if (data === undefined) return undefined;
  const credentials = readCredentials(data);
  if (credentials === undefined) return undefined;
  const found = readPostmaster(data);
  const running = found !== undefined && isServerOf(data, found.pid);
  return { url: urlOf(running ? { ...credentials, port: found.port } : credentials), running };
}

function urlOf({ port, password }: Credentials): string {
  return `postgresql://${ROLE}:${password}@127.0.0.1:${port}/${ROLE}`;
}

/** Also proves that the server lets us in. */
async function ensureDatabase(url: string): Promise<void> {
  try {
    await connectOnce(url);
  } catch (error) {
    // it let us in; `checkServer` reports the rest, as for every server
    if (error instanceof ReadOnlyServerError) return;
    if (errnoOf(error) !== '3D000') throw refused(error);
    const maintenance = new URL(url);
    maintenance.pathname = '/postgres';
    await connectOnce(maintenance.href, `create database ${ROLE}`).catch((reason: unknown) => {
      // another process was faster
      if (errnoOf(reason) !== '42P04' && errnoOf(reason) !== '23505') throw refused(reason);
    });
  }
}

function refused(cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`The embedded Postgres runs but does not let us in: ${reasonOf(cause)}`, {
    cause,
  });
}

async function connectOnce(url: string, sql = 'select 1'): Promise<void> {
  const options = { ...connectionOptions(url, 'rollcall'), connectionTimeoutMillis: 10_000 };
  await withClient(options, (client) => client.query(sql));
}
