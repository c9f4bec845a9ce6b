import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import pino from 'pino';
import { BootCredentials } from '../../src/auth/boot-credentials.service.js';
import { loadConfig } from '../../src/config/config.js';
import { createLogger } from '../../src/observability/logger.js';
import { createServer } from '../../src/server.js';
import { type FreshDatabase, freshDatabase } from './database.js';

export const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
export const CLIENT = { id: 'enroll', secret: 'a-chosen-secret-of-eNROLLs-panel' };
export const API_KEY = 'an-api-key-for-tests-with-all-scopes';

export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  databaseUrl: string;
  /** Log lines so far, where `captureLog` was asked for. */
  log: string[];
  /** A live access token. */
  token(): Promise<string>;
  /** Posts a callback as eNROLL would. */
  callback(
    kind: 'success' | 'fail' | 'any',
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Asks the management API with the key of all scopes. */
  api(path: string, init?: RequestInit): Promise<Response>;
  /** Asks the database, beside the application. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  env?: Record<string, string>;
  captureLog?: boolean;
  /** A database that another application has left; it is not dropped. */
  database?: Pick<FreshDatabase, 'url'>;
  /** Another way to the database than the direct one, e.g. through a proxy that fails. */
  route?: (databaseUrl: string) => string | Promise<string>;
}

const CONNECTIONS_WITHIN_MS = 2_000;

/** The real application on a database of its own, listening on a free port. */
export async function startApp({
  env = {},
  captureLog = false,
  database: given,
  route,
}: TestAppOptions = {}): Promise<TestApp> {
  const database = given === undefined ? await freshDatabase() : { ...given, drop: () => Promise.resolve() };
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: '0',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_KEYS: KEYS,
    ROLLCALL_CLIENT_ID: CLIENT.id,
    ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    ROLLCALL_API_KEY: API_KEY,
    ROLLCALL_LOG_LEVEL: captureLog ? 'debug' : 'silent',
    ...env,
  });
  const lines: string[] = [];
  const log = captureLog
    ? createLogger(config, { write: (line: string) => void lines.push(line) })
    : pino({ level: 'silent' });
  // a test may give its database a time-out of idle sessions
  const direct = new pg.Client({ connectionString: database.url, options: '-c idle_session_timeout=0' });
  await direct.connect();
  // clones of one template: what one of them keeps beside the images is nothing that another one knew before a restore
  if (given === undefined) await direct.query('update image_mirror set store_id = gen_random_uuid()');
  const databaseUrl = (await route?.(database.url)) ?? database.url;
  const app = await createServer(config, databaseUrl, log);
  await app.get(BootCredentials).ensure();
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.getHttpServer().address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    app,
    url,
    databaseUrl: database.url,
    log: lines,
    ...callersOf(url),
    sql: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await direct.query<Row>(text, values)).rows,
    stop: async () => {
      // as a server that stops does: a client may have opened a connection that it never used
      setTimeout(() => app.getHttpServer().closeAllConnections(), CONNECTIONS_WITHIN_MS).unref();
      await app.close();
      await direct.end();
      await database.drop();
    },
  };
}

/** How eNROLL and the organization's own systems call the server at `url`. */
export function callersOf(url: string): Pick<TestApp, 'token' | 'callback' | 'api'> {
  return {
    token: () => requestToken(url),
    callback: async (kind, body, headers = {}) =>
      fetch(`${url}/callbacks${kind === 'any' ? '' : `/${kind}`}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: headers.authorization ?? `Bearer ${await requestToken(url)}`,
          ...headers,
        },
        body: bodyOf(body),
      }),
    api: async (path, init = {}) =>
      fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', ...init.headers },
      }),
  };
}

function bodyOf(body: unknown): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
}

async function requestToken(url: string): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
    }),
  });
  if (response.status !== 200) throw new Error(`no token: ${response.status} ${await response.text()}`);
  const answer = (await response.json()) as { access_token: string };
  return answer.access_token;
}
