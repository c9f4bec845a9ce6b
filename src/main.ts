import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { banner } from './banner.js';
import { BootCredentials } from './auth/boot-credentials.service.js';
import { loadConfig } from './config/config.js';
import { type OpenDatabase, openDatabase } from './db/open-database.js';
import { createLogger } from './observability/logger.js';
import { Readiness } from './observability/readiness.js';
import { awaitDatabase } from './prepare-database.js';
import { createServer } from './server.js';
import { WaitingRoom } from './waiting-room.js';

/** SIGTERM is answered by an exit within 10 s (M12); the embedded Postgres needs the last of them. */
const STOP_WITHIN_MS = 9_500;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config);
  log.info({ event: 'boot', settings: config.redacted() });
  const database = await openDatabase(config, (message) => log.warn({ context: 'Database' }, message));
  const waitingRoom = new WaitingRoom(config.env.PORT, config.env.ROLLCALL_HOST);
  stopOnSignal(() => waitingRoom.close().then(() => database.stop()));
  try {
    await waitingRoom.open();
    await awaitDatabase(database.url, {
      patienceMs: config.env.ROLLCALL_DB_WAIT_SECONDS * 1000,
      tell: (message) => log.warn({ context: 'Database' }, message),
      show: (reason) => (waitingRoom.reason = reason),
    });
    const app = await createServer(config, database.url, log);
    stopOnSignal(() => stop(app, database));
    const credentials = await app.get(BootCredentials).ensure();
    await waitingRoom.close();
    await app.listen({ port: config.env.PORT, host: config.env.ROLLCALL_HOST });
    process.stdout.write(banner(config, credentials, portOf(app)));
  } catch (error) {
    await waitingRoom.close();
    await database.stop();
    throw error;
  }
}

/** A connection that has never sent a byte is not idle to Node: closing would wait for it for ever. */
const CONNECTIONS_WITHIN_MS = 6_000;

/** Stops intake, finishes what is in flight, then lets go of the database. */
async function stop(app: NestFastifyApplication, database: OpenDatabase): Promise<void> {
  app.get(Readiness).drain();
  setTimeout(() => app.getHttpServer().closeAllConnections(), CONNECTIONS_WITHIN_MS).unref();
  await app.close();
  await database.stop();
}

let stopNow: () => Promise<void> = async () => {};
let stopping = false;

function stopOnSignal(how: () => Promise<void>): void {
  stopNow = how;
  if (process.listenerCount('SIGTERM') > 0) return;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void leave());
}

async function leave(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  try {
    await stopNow();
    process.exit(0);
  } catch (error) {
    fail(error);
  }
}

function portOf(app: NestFastifyApplication): number {
  const address = app.getHttpServer().address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** One message that names what is wrong and its fix, and exit code 1 (M12). */
function fail(error: unknown): never {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(error);
  process.stderr.write(`Rollcall cannot start${typeof code === 'string' ? ` (${code})` : ''}: ${text}\n`);
  process.exit(1);
}

main().catch(fail);
