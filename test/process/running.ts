import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import { eventually } from '../harness/processes.js';

const KEYS = `k1:${Buffer.alloc(32, 9).toString('base64')}`;
const CLIENT = { ROLLCALL_CLIENT_ID: 'enroll', ROLLCALL_CLIENT_SECRET: 'a-secret-for-process-tests' };
const MAIN = [process.execPath, join(projectRoot, 'dist', 'src', 'main.js')];

export interface Run {
  child: ChildProcess;
  output(): string;
  errors(): string;
  exited: Promise<number | null>;
}

/** The environment of a server that is started here. */
export const ENVIRONMENT = {
  PATH: process.env.PATH,
  PORT: '0',
  ROLLCALL_HOST: '127.0.0.1',
  ROLLCALL_KEYS: KEYS,
  ...CLIENT,
};

/** Starts the server as it is built, or what `command` starts. */
export function run(
  env: Record<string, string>,
  options: SpawnOptions = {},
  [program = '', ...args]: string[] = MAIN,
): Run {
  return watched(spawn(program, args, { ...options, env: { ...ENVIRONMENT, ...env } }));
}

/** Collects what a process says. */
export function watched(child: ChildProcess): Run {
  let out = '';
  let err = '';
  child.stdout?.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (err += data.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, output: () => out, errors: () => err, exited };
}

/** The base URL from the banner. */
export function ready(server: Run): Promise<string> {
  return eventually(() => {
    const url = /(http:\/\/localhost:\d+)\/oauth\/token/.exec(server.output())?.[1];
    if (url === undefined && server.child.exitCode !== null) throw new Error(`not ready: ${server.errors()}`);
    return url?.replace('localhost', '127.0.0.1');
  }, 90_000);
}

/** For a server whose banner nobody can read. */
export async function readyAt(url: string): Promise<void> {
  await eventually(
    () =>
      fetch(`${url}/health/ready`).then(
        ({ ok }) => ok || undefined,
        () => undefined,
      ),
    90_000,
  );
}

export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return String(typeof address === 'object' ? address?.port : '');
}

export async function token(url: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: CLIENT.ROLLCALL_CLIENT_ID,
    client_secret: CLIENT.ROLLCALL_CLIENT_SECRET,
  });
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** How one of our own processes ends is seen by its number, not as a child. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
