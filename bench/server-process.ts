import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../src/config/root.js';
import { freePort } from './processes.js';

/** As the server itself would make them: a generated secret is not an expensive one to verify. */
export const CLIENT = { id: 'bench', secret: `rcs_${'benchmark'.padEnd(43, '0')}` };
export const KEYS = `bench:${Buffer.alloc(32, 7).toString('base64')}`;
/** After a rotation: the key above only opens. */
export const NEXT_KEYS = `next:${Buffer.alloc(32, 8).toString('base64')},${KEYS}`;
export const API_KEY = 'an-api-key-of-the-bench-with-all-scopes';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 5;
const LOG_TAIL_CHARACTERS = 2000;

export interface ServerOptions {
  /** Command line behind `node`, e.g. `['dist/src/main.js']`. */
  program: string[];
  /** For its log and its data. */
  folder: string;
  env: Record<string, string>;
  readyPath: string;
}

/** A server as its own process, as users run it; its output goes to a file. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** From the start of the process to its first good answer. */
    readonly startMs: number,
  ) {}

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Rollcall on a database of its own; `all` also runs the jobs that follow the callbacks. */
  static rollcall(
    databaseUrl: string,
    folder: string,
    role: 'api' | 'all' = 'all',
    program = join(import.meta.dirname, '..', 'src', 'main.js'),
    env: Record<string, string> = {},
  ): Promise<ServerProcess> {
    return ServerProcess.start({
      program: [program],
      folder,
      readyPath: '/health/ready',
      env: {
        DATABASE_URL: databaseUrl,
        ROLLCALL_HOST: '127.0.0.1',
        ROLLCALL_ROLE: role,
        ROLLCALL_DATA_DIR: join(folder, 'server'),
        ROLLCALL_KEYS: KEYS,
        ROLLCALL_CLIENT_ID: CLIENT.id,
        ROLLCALL_CLIENT_SECRET: CLIENT.secret,
        ROLLCALL_API_KEY: API_KEY,
        ROLLCALL_SEARCHES_PER_MINUTE: '100000',
        ROLLCALL_REVEALS_PER_MINUTE: '100000',
        ROLLCALL_API_REQUESTS_PER_MINUTE: '10000000',
        ROLLCALL_API_ADDRESS_PER_MINUTE: '10000000',
        ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8', // receivers of the bench
        ...env,
      },
    });
  }

  /** Asks the management API. @throws Error for anything but a 2xx */
  async api<Body>(path: string, method = 'GET', body?: unknown): Promise<Body> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Body;
  }

  static async start({ program, folder, env, readyPath }: ServerOptions): Promise<ServerProcess> {
    mkdirSync(folder, { recursive: true });
    const port = await freePort();
    const logFile = join(folder, `server-${port}.log`);
    const log = openSync(logFile, 'a');
    const startedMs = performance.now();
    const child = spawn(process.execPath, program, {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, PORT: String(port), ...env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const endWithUs = (): void => void child.kill('SIGKILL');
    process.once('exit', endWithUs);
    child.once('exit', () => process.removeListener('exit', endWithUs));
    await untilReady(child, `http://127.0.0.1:${port}${readyPath}`, logFile);
    return new ServerProcess(child, port, performance.now() - startedMs);
  }

  /** An access token, asked for as eNROLL would. */
  async token(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.port}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`no token was given: ${response.status}`);
    return token;
  }

  /** Stops it as an operator would. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const force = setTimeout(() => this.child.kill('SIGKILL'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(force);
  }
}

async function untilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (child.exitCode === null && performance.now() < deadline) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await pause(LOOK_EVERY_MS);
  }
  child.kill('SIGKILL');
  throw new Error(`the server does not start:\n${readFileSync(logFile, 'utf8').slice(-LOG_TAIL_CHARACTERS)}`);
}
