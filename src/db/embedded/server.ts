import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import { SERVER_ENVIRONMENT } from './cluster.js';
import { EmbeddedPostgresError } from './failure.js';
import type { Home } from './home.js';
import { isServerOf, leftoversOf, type Postmaster, readPostmaster, signal } from './processes.js';

const POLL_MILLISECONDS = 15;
const START_TIMEOUT_MILLISECONDS = 60_000;
const MAX_ATTEMPTS = 6;
const MAX_LOG_BYTES = 8 * 1024 * 1024;

/** Durable, as a server should be, and quiet about rows (`terse` leaves out the DETAIL line, which quotes values). */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // what random keys touch of a million applicants; the system gives it only as it is used
  shared_buffers: '768MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  // this build has only pglz, whose work would compete with the server for the same cores
  wal_compression: 'off',
  maintenance_work_mem: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_line_prefix: '%m [%p] ',
};

/** The port to start on. `fixed`: it must be this one, since its address is in use. Otherwise `preferred`, if it is free. */
export interface WantedPort {
  preferred: number;
  fixed: boolean;
}

/**
 * Starts the server of this home, or adopts the one that runs already (of another process, or left by a killed one).
 * Postgres refuses a second server on the same files, so processes that race here all get the same one.
 * @throws EmbeddedPostgresError EMBEDDED_POSTGRES_FAILED with the end of the server's log
 */
export async function bringUp(home: Home, binaries: Binaries, wanted: WantedPort): Promise<Postmaster> {
  const deadline = Date.now() + START_TIMEOUT_MILLISECONDS;
  let why = 'it did not become ready';
  for (let attempt = 0; attempt < MAX_ATTEMPTS && Date.now() < deadline; attempt += 1) {
    const adopted = await adopt(home, deadline);
    if (adopted !== undefined) return adopted;
    if (attempt > 1) for (const pid of leftoversOf(home.data)) signal(pid, 'SIGKILL');
    const started = await start(home, binaries, await pickPort(wanted), deadline);
    if ('pid' in started) return started;
    why = started.failure;
    await pause(50 * 2 ** attempt);
  }
  throw new EmbeddedPostgresError(`The embedded Postgres in ${home.folder} does not start:\n${why}`);
}

/** The live server of these files once it is ready; undefined if there is none, or one that had to be stopped. */
async function adopt(home: Home, deadline: number): Promise<Postmaster | undefined> {
  const found = readPostmaster(home.data);
  if (found === undefined) return undefined;
  if (!isServerOf(home.data, found.pid)) {
    // another process has this number now, and Postgres would believe that its server still lives
    rmSync(join(home.data, 'postmaster.pid'), { force: true });
    return undefined;
  }
  const ready = await untilReady(
    home,
    found.pid,
    () => Date.now() < deadline && isServerOf(home.data, found.pid),
  );
  if (ready === undefined && isServerOf(home.data, found.pid)) await shutDown(home, found.pid);
  return ready;
}

async function start(
  home: Home,
  binaries: Binaries,
  port: number,
  deadline: number,
): Promise<Postmaster | { failure: string }> {
  const from = rotateLog(home.log);
  const log = openSync(home.log, 'a', 0o600);
  const options = Object.entries({ ...SETTINGS, port: String(port) }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  let child: ChildProcess;
  try {
    // in its own session, Ctrl-C in the terminal does not reach it, so it stops after our last commit
    child = spawn(binaries.postgres, ['-D', home.data, ...options], {
      ...home.account,
      cwd: home.folder,
      detached: true,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
  child.unref();
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, name) => (failure = `it ended at once (${code ?? name ?? 'unknown'})`));
  const ready = await untilReady(home, child.pid, () => failure === undefined && Date.now() < deadline);
  if (ready !== undefined) return ready;
  if (failure === undefined && child.pid !== undefined) await shutDown(home, child.pid);
  return { failure: `${failure ?? 'it did not become ready'}\n${tailOf(home.log, from)}`.trim() };
}

/** @param pid undefined: its process could not be made */
async function untilReady(
  home: Home,
  pid: number | undefined,
  mayBecome: () => boolean,
): Promise<Postmaster | undefined> {
  while (mayBecome()) {
    const found = readPostmaster(home.data);
    if (found?.pid === pid && found?.status === 'ready') return found;
    await pause(POLL_MILLISECONDS);
  }
  return undefined;
}

/** Fast shutdown, then immediate (the next start replays the log), then by force. Nothing acknowledged is lost. */
export async function shutDown(home: Home, pid: number): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 8000],
    ['SIGQUIT', 3000],
    ['SIGKILL', 2000],
  ];
  for (const [name, milliseconds] of steps) {
    const deadline = Date.now() + milliseconds;
    if (isServerOf(home.data, pid)) signal(pid, name);
    while (isServerOf(home.data, pid) && Date.now() <= deadline) await pause(POLL_MILLISECONDS);
  }
}

async function pickPort(wanted: WantedPort): Promise<number> {
  if (wanted.fixed || (wanted.preferred > 0 && (await freePort(wanted.preferred)) !== undefined))
    return wanted.preferred;
  return (await freePort(0)) ?? 0;
}

/** Binds the port for a moment; 0 asks the system for one. Undefined if it is taken. */
function freePort(port: number): Promise<number | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(undefined));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/** Returns how many bytes the log holds before this start. */
function rotateLog(log: string): number {
  const bytes = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes <= MAX_LOG_BYTES) return bytes;
  renameSync(log, `${log}.1`);
  return 0;
}

function tailOf(log: string, from: number): string {
  return readFileSync(log).subarray(from).toString('utf8').trim().split('\n').slice(-12).join('\n');
}
