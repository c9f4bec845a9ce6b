import { Writable } from 'node:stream';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { eventually } from '../../test/harness/processes.js';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { ConfigModule } from '../config/config.module.js';
import { loadConfig } from '../config/config.js';
import { DatabaseModule } from '../db/database.module.js';
import { readInstallation } from '../db/installation.repository.js';
import { installProblems } from '../problem/problem.filter.js';
import { requestIdOf } from '../problem/request-id.js';
import { createLogger } from './logger.js';
import { ObservabilityModule } from './observability.module.js';
import { Readiness } from './readiness.js';
import { WideEvents } from './wide-event.js';

let database: FreshDatabase;
let app: NestFastifyApplication;
const lines: { level: string; route: string; status: number }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const config = loadConfig({ ROLLCALL_LOG_LEVEL: 'info' });
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as (typeof lines)[number]);
      done();
    },
  });

  @Module({
    imports: [
      ConfigModule.register(config),
      DatabaseModule.register(database.url),
      ObservabilityModule.register(createLogger(config, sink)),
    ],
  })
  class Root {}

  app = await NestFactory.create<NestFastifyApplication>(
    Root,
    new FastifyAdapter({ genReqId: requestIdOf }),
    { logger: false },
  );
  installProblems(app);
  app.get(WideEvents).install(app.getHttpAdapter().getInstance());
  await app.init();
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const ready = () => app.inject({ url: '/health/ready' });

describe('health', () => {
  test('live answers while the process runs, and says of which installation it is', async () => {
    const answer = await app.inject({ url: '/health/live' });
    const { id } = await readInstallation(app.get(DataSource).manager);
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'live', installation: id }]);
  });

  test('nobody is warned of a server that has yet to be ready for the first time', async () => {
    const warnings = () => lines.filter(({ level, status }) => level === 'warn' && status === 503).length;
    const readiness = app.get(Readiness);
    readiness.require('queue', () => Promise.resolve('jobs: not started'));
    expect([(await ready()).statusCode, warnings()]).toEqual([503, 0]);
    readiness.require('queue', () => Promise.resolve(null));
    expect((await ready()).statusCode).toBe(200);
    readiness.require('queue', () => Promise.resolve('jobs: the queue does not answer'));
    expect([(await ready()).statusCode, warnings()]).toEqual([503, 1]);
    readiness.require('queue', () => Promise.resolve(null));
  });

  test('ready answers 200 while the database answers and its schema is current', async () => {
    const answer = await ready();
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ready' }]);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('a check that fails is named with its reason only', async () => {
    const readiness = app.get(Readiness);
    readiness.require('queue', () => Promise.reject(new Error('password of user x')));
    const answer = await ready();
    readiness.require('queue', () => Promise.resolve(null));
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'NOT_READY', reasons: ['queue: failed'] });
    expect(answer.payload).not.toContain('password');
  });

  test('a check that hangs costs two seconds and is not started again', async () => {
    const readiness = new Readiness();
    let started = 0;
    readiness.require('database', () => {
      started += 1;
      return new Promise(() => undefined);
    });
    const answers = await Promise.all([readiness.obstacles(), readiness.obstacles()]);
    expect(answers).toEqual([['database: no answer within 2 s'], ['database: no answer within 2 s']]);
    expect(started).toBe(1);
  });

  test('metrics are served as text for Prometheus', async () => {
    const answer = await app.inject({ url: '/metrics' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.payload).toContain('rollcall_queue_depth 0');
  });

  test('without its database the process is not ready, but live', async () => {
    await app.get(DataSource).destroy();
    const answer = await ready();
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ reasons: ['reads: failed'] });
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
    await app.get(DataSource).initialize();
    expect((await ready()).statusCode).toBe(200);
  });

  test('a database that was made read-only is no ready one, though it answers: the writers try', async () => {
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query('alter table probes rename to probes_away');
    expect((await ready()).json()).toMatchObject({ reasons: ['database: it takes no rows'] });
    await admin.query('alter table probes_away rename to probes');
    expect((await ready()).statusCode).toBe(200);
    await admin.query(`alter database ${database.name} set default_transaction_read_only = on`);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollcall-writer' and datname = current_database()",
    );
    // a connection is cut some time after it was asked for: until then it still writes, or is away
    const refusal = await eventually(async () => {
      const { status, reasons } = (await ready()).json<{ status: unknown; reasons?: string[] }>();
      return reasons?.[0] === 'database: it is read-only' && { status, reasons };
    });
    expect(refusal).toEqual({ status: 503, reasons: ['database: it is read-only'] });
    await admin.query(
      `set transaction_read_only = off; alter database ${database.name} reset default_transaction_read_only`,
    );
    expect((await ready()).statusCode).toBe(200);
    expect((await admin.query('select from probes')).rowCount).toBe(0);
    await admin.end();
  });

  test('a draining process is not ready, whatever the database says', async () => {
    const readiness = app.get(Readiness);
    expect(readiness.draining).toBe(false);
    readiness.drain();
    const answer = await ready();
    expect(answer.json()).toMatchObject({ status: 503, reasons: ['the server is stopping'] });
    expect(answer.headers['retry-after']).toBe('5');
  });
});
