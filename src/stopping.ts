import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from './config/config.js';
import type { OpenDatabase } from './db/open-database.js';
import type { HttpServer } from './http-server.js';
import { Jobs } from './jobs/jobs.service.js';
import { standardError, standardOutput } from './observability/logger.js';
import { Readiness } from './observability/readiness.js';
import type { WaitingRoom } from './waiting-room.js';

/** The process exits within 10 s of SIGTERM (M12), and the embedded Postgres needs the end of that time. */
const STOP_WITHIN_MS = 9_500;
/** For Node, a connection that has never sent a byte is not idle: closing would wait for it for ever. */
const CONNECTIONS_WITHIN_MS = 6_000;
/** Time for jobs that the start has begun. */
const CLOSE_START_WITHIN_MS = 3_000;
/** Least time for both, after a drain that takes longer. */
const LEAST_MS = 4_500;
const LEAST_FOR_CONNECTIONS_MS = 3_000;
/** A client that is about to use its connection gets an answer, not a reset. */
const LINGER_MS = 200;
/** Time for the reader of the log to take the last lines. */
const LAST_LINES_WITHIN_MS = 500;

const log = new Logger('Rollcall');
let stopNow: () => Promise<void> = async () => {};
let serveOnMs = 0;
let isStopping = false;

/**
 * Sets what SIGTERM and SIGINT do. Calling it again replaces it.
 * @param drainMs how long `how` keeps serving; after that it has the usual time
 */
export function stopOnSignal(how: () => Promise<void>, drainMs = 0): void {
  stopNow = how;
  serveOnMs = drainMs;
  if (process.listenerCount('SIGTERM') > 0) return;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave());
}

/** Whether a signal has come. */
export function isLeaving(): boolean {
  return isStopping;
}

async function leave(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  setTimeout(() => process.exit(1), Math.max(STOP_WITHIN_MS, serveOnMs + LEAST_MS)).unref();
  log.log({ event: 'stopping' }, 'Stopping: what is in flight is finished first');
  try {
    await stopNow();
    log.log({ event: 'stopped' }, 'Stopped');
    await standardOutput.flush(LAST_LINES_WITHIN_MS);
    process.exit(0);
  } catch (error) {
    await endWith(error);
  }
}

/** Stops a start that is under way. Nobody was served, so there is nothing to finish. */
export async function stopStarting(
  waitingRoom: WaitingRoom,
  app: NestFastifyApplication | undefined,
  database: OpenDatabase,
): Promise<void> {
  await waitingRoom.close();
  // half started, it may fail to close or wait for ever
  await Promise.race([app?.close().catch(() => undefined), pause(CLOSE_START_WITHIN_MS)]);
  await database.stop();
}

/**
 * 1. For `drainMs`, `/health/ready` is 503 and everything else is served as usual, so that load balancers turn away first.
 * 2. New connections are refused; a request on an open one is answered 503 (Retry-After, `connection: close`).
 * 3. Requests in flight are finished, then the database is released.
 */
export async function stop(app: NestFastifyApplication, database: OpenDatabase): Promise<void> {
  const { drainMs } = app.get(Config);
  const readiness = app.get(Readiness);
  const server = app.getHttpServer() as unknown as HttpServer;
  readiness.drain();
  if (server.listening) {
    // running jobs may use this time to end, too
    if (drainMs > 0) await Promise.all([pause(drainMs), app.get(Jobs, { strict: false }).leave()]);
    // connections that the system holds ready are accepted at the start of a turn: stop listening right after it
    await nextTurn();
    server.stopListening();
    readiness.refuse();
    await pause(LINGER_MS);
  }
  const leftMs = Math.max(LEAST_FOR_CONNECTIONS_MS, CONNECTIONS_WITHIN_MS - drainMs);
  setTimeout(() => server.closeAllConnections(), leftMs).unref();
  await app.close();
  await database.stop();
}

/**
 * Ends with one message that names the fault and its fix, and exit code 1 (M12). After a signal it does nothing: the signal
 * ends the process, and the start fails only because of that.
 */
export async function fail(error: unknown): Promise<void> {
  if (!isStopping) await endWith(error);
}

async function endWith(error: unknown): Promise<never> {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(error);
  standardError.write(`Rollcall cannot start${typeof code === 'string' ? ` (${code})` : ''}: ${text}\n`);
  await Promise.all([standardError.flush(LAST_LINES_WITHIN_MS), standardOutput.flush(LAST_LINES_WITHIN_MS)]);
  process.exit(1);
}
