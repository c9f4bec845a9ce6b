import 'reflect-metadata';
import { Controller, Get, HttpCode, Module, Post, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import pino from 'pino';
import { AuditModule } from '../../src/audit/audit.module.js';
import { ApiKeyGuard, Scope } from '../../src/auth/api-key.guard.js';
import { AuthModule } from '../../src/auth/auth.module.js';
import { BearerGuard } from '../../src/auth/bearer.guard.js';
import { Clients } from '../../src/auth/clients.service.js';
import { installTokenRoute } from '../../src/auth/token-route.js';
import { ConfigModule } from '../../src/config/config.module.js';
import { loadConfig } from '../../src/config/config.js';
import { CryptoModule } from '../../src/crypto/crypto.module.js';
import { DatabaseModule } from '../../src/db/database.module.js';
import { ObservabilityModule } from '../../src/observability/observability.module.js';
import { isWithin } from '../../src/problem/address.js';
import { installProblems } from '../../src/problem/problem.filter.js';
import { API_KEY, CLIENT } from '../harness/app.js';
import { freshDatabase } from '../harness/database.js';

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

/** Stands for the callbacks and the API: only who is let in matters. */
@Controller()
class Doors {
  @Post('callbacks')
  @HttpCode(200)
  @UseGuards(BearerGuard)
  callback() {
    return {};
  }

  @Get('api')
  @UseGuards(ApiKeyGuard)
  @Scope('applicants:read')
  api() {
    return {};
  }

  @Get('unnamed')
  @UseGuards(ApiKeyGuard)
  unnamed() {
    return {};
  }
}

@Module({ controllers: [Doors], imports: [AuthModule] })
class DoorsModule {}

/** One process of a deployment. */
export interface AuthApp {
  app: NestFastifyApplication;
  url: string;
  clients: Clients;
  stop(): Promise<void>;
}

/** The auth module with a door for callbacks and one for the API, and nothing of the rest: a start takes a tenth. */
export async function startAuth(databaseUrl: string, env: Record<string, string> = {}): Promise<AuthApp> {
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ...env,
  });
  const adapter = new FastifyAdapter({ trustProxy: isWithin(config.env.ROLLCALL_TRUST_PROXY) });
  const modules = [
    ConfigModule.register(config),
    DatabaseModule.register(databaseUrl),
    ObservabilityModule.register(pino({ level: 'silent' })),
    CryptoModule,
    AuditModule,
    DoorsModule,
  ];
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: class AuthTestModule {}, imports: modules },
    adapter,
    { logger: false, abortOnError: false },
  );
  installProblems(app);
  installTokenRoute(app);
  await app.listen(0, '127.0.0.1');
  const address = app.getHttpServer().address();
  return {
    app,
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    clients: app.get(Clients, { strict: false }),
    stop: () => app.close(),
  };
}

/** A database and a connection to it, beside the applications. */
export async function aDatabase() {
  const database = await freshDatabase();
  const direct = new pg.Client({ connectionString: database.url });
  await direct.connect();
  return {
    url: database.url,
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await direct.query<Row>(text, values)).rows,
    drop: async () => {
      await direct.end();
      await database.drop();
    },
  };
}
