import { Server as NetServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from './config/config.js';
import type { OpenDatabase } from './db/open-database.js';
import { Jobs } from './jobs/jobs.service.js';
import { standardError, standardOutput } from './observability/logger.js';
import { Readiness } from './observability/readiness.js';
import type { WaitingRoom } from './waiting-room.js';

/** SIGTERM is answered by an exit within 10 s (M12); the embedded Postgres needs the last of them. */
const STOP_WITHIN_MS = 9_500;
/** A connection that has never sent a byte is not idle to Node: closing would wait for it for ever. */
const CONNECTIONS_WITHIN_MS = 6_000;
/** Jobs that the start has begun end in this. */
const CLOSE_START_WITHIN_MS = 3_000;
/** What is left for both where serving on takes longer than that. */
const LEAST_MS = 4_500;
const LEAST_FOR_CONNECTIONS_MS = 3_000;
/** Who has a connection and is about to use it gets an answer, not a reset. */
const LINGER_MS = 200;
/** Whoever reads the log has this long to take its last lines. */
const LAST_LINES_WITHIN_MS = 500;

let stopNow: () => Promise<void> = async () => {};
let serveOnMs = 0;
let isStopping = false;

/**
 * SIGTERM and SIGINT from now on. Calling it again replaces what they do.
 * @param drainMs how long `how` goes on serving, beyond which it has the usual time
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
  try {
    await stopNow();
    await standardOutput.flush(LAST_LINES_WITHIN_MS);
    process.exit(0);
  } catch (error) {
    await endWith(error);
  }
}

/** A start that is under way: nobody was served, so there is nothing to finish. */
export async function stopStarting(
  waitingRoom: WaitingRoom,
  app: NestFastifyApplication | undefined,
  database: OpenDatabase,
): Promise<void> {
  await waitingRoom.close();
  // half started: it may fail to close, or wait for what never comes
  await Promise.race([app?.close().catch(() => undefined), pause(CLOSE_START_WITHIN_MS)]);
  await database.stop();
}

/**
 * 1. `/health/ready` is 503 and everything is served as ever, for `drainMs`, so that load balancers turn away first.
 * 2. No new connection is taken; a request on one that is there is refused (503, Retry-After, `connection: close`).
 * 3. What is in flight is finished, then the database is let go of.
 */
export async function stop(app: NestFastifyApplication, database: OpenDatabase): Promise<void> {
  const { drainMs } = app.get(Config);
  const readiness = app.get(Readiness);
  const server = app.getHttpServer();
  readiness.drain();
  if (server.listening) {
    // the jobs that run have this time to end in, too
    if (drainMs > 0) await Promise.all([pause(drainMs), app.get(Jobs, { strict: false }).leave()]);
    // connections that the system has made for us are taken at the beginning of a turn: hang up right after
    await nextTurn();
    // that of HTTP would cut the connections whose next request is on its way
    NetServer.prototype.close.call(server);
    readiness.refuse();
    await pause(LINGER_MS);
  }
  const leftMs = Math.max(LEAST_FOR_CONNECTIONS_MS, CONNECTIONS_WITHIN_MS - drainMs);
  setTimeout(() => server.closeAllConnections(), leftMs).unref();
  await app.close();
  await database.stop();
}

/**
 * One message that names what is wrong and its fix, and exit code 1 (M12). After a signal it is that which ends the process:
 * what it closes under a start fails because of it.
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
