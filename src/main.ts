import 'reflect-metadata';
import { resolve } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EntityManager } from 'typeorm';
import { banner } from './banner.js';
import { BootCredentials } from './auth/boot-credentials.service.js';
import { FirstLink } from './auth/people/first-link.service.js';
import { oidcFaults } from './auth/people/oidc-settings.js';
import { SigningKeys } from './auth/signing-keys.service.js';
import { type Config, loadConfig } from './config/config.js';
import { tryAddressesPatiently } from './config/connecting.js';
import { releaseVersion } from './config/root.js';
import { notePublicUrl } from './db/installation.repository.js';
import { openDatabase } from './db/open-database.js';
import { dialectWarnings, enrollFaults } from './enroll-client/settings-faults.js';
import { HttpServer } from './http-server.js';
import { StoreMark } from './images/store-mark.service.js';
import { listenFault } from './listen-fault.js';
import {
  createLogger,
  logWarnings,
  PinoNestLogger,
  standardError,
  standardOutput,
  withLogFormat,
} from './observability/logger.js';
import { awaitDatabase } from './prepare-database.js';
import { createServer } from './server.js';
import { fail, isLeaving, stop, stopOnSignal, stopStarting } from './stopping.js';
import { Tls, tlsFaults } from './tls.js';
import { WaitingRoom } from './waiting-room.js';

async function main(): Promise<void> {
  standardOutput.open();
  standardError.open();
  tryAddressesPatiently();
  const given = loadConfig(undefined, [enrollFaults, tlsFaults, oidcFaults]);
  const config = withLogFormat(given, standardOutput.isTerminal);
  const log = createLogger(config);
  logWarnings(log);
  Logger.overrideLogger(new PinoNestLogger(log));
  const release = `Rollcall ${releaseVersion()} starts on Node ${process.versions.node}`;
  log.info({ event: 'boot', settings: config.redacted() }, release);
  for (const warning of [...config.warnings(), ...dialectWarnings(config)])
    log.warn({ context: 'Settings' }, warning);
  if (config.env.DATABASE_URL === undefined) {
    const folder = resolve(config.env.ROLLCALL_DATA_DIR);
    log.info({ context: 'Database' }, `Starting a PostgreSQL of our own in ${folder}`);
  }
  const opening = openDatabase(config, (message) => log.warn({ context: 'Database' }, message));
  stopOnSignal(() =>
    opening.then(
      (database) => database.stop(),
      () => undefined,
    ),
  );
  const database = await opening;
  if (isLeaving()) return;
  const server = new HttpServer({
    management: config.management,
    tls: Tls.of(config),
    isHttps: config.isHttps,
  });
  const waitingRoom = new WaitingRoom(server);
  let starting: NestFastifyApplication | undefined;
  stopOnSignal(() => stopStarting(waitingRoom, starting, database));
  try {
    await waitingRoom.open(config.env.PORT, config.host).catch((error: unknown) => {
      throw listenFault(error, config.management?.port);
    });
    const waiting = {
      patienceMs: config.env.ROLLCALL_DB_WAIT_SECONDS * 1000,
      tell: (message: string) => log.warn({ context: 'Database' }, message),
      show: (reason?: string) => waitingRoom.show(reason),
    };
    const { app, credentials } = await awaitDatabase(database.url, waiting, async () => {
      if (isLeaving()) throw new Error('A signal came during the start');
      starting = await createServer(config, database.url, log, server);
      return start(starting);
    });
    await app.listen({ port: config.env.PORT, host: config.host });
    stopOnSignal(() => stop(app, database), config.drainMs);
    await sayWhere(app, config, server.ports.port).catch((error: unknown) =>
      log.warn({ code: 'PUBLIC_URL_NOT_NOTED', err: error }),
    );
    standardOutput.write(banner(config, credentials, server.ports));
  } catch (error) {
    if (!isLeaving()) await stopStarting(waitingRoom, starting, database);
    throw error;
  }
}

/** Everything that the application needs from the database before it listens. */
async function start(app: NestFastifyApplication) {
  try {
    await app.get(StoreMark, { strict: false }).check();
    await app.init();
    const credentials = {
      ...(await app.get(BootCredentials).ensure()),
      firstLink: await app.get(FirstLink, { strict: false }).begin(),
    };
    await app.get(BootCredentials).endFormer();
    await app.get(SigningKeys, { strict: false }).begin();
    return { app, credentials };
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}

/** Stores our URL: alerts and the doctor link to it from other processes. */
async function sayWhere(app: NestFastifyApplication, config: Config, port: number): Promise<void> {
  const { ROLLCALL_ROLE, ROLLCALL_PUBLIC_URL } = config.env;
  if (ROLLCALL_ROLE === 'worker') return;
  const url = ROLLCALL_PUBLIC_URL === undefined ? config.localUrl(port) : config.publicUrl;
  await notePublicUrl(app.get(EntityManager, { strict: false }), url);
}

main().catch(fail);
