import 'reflect-metadata';
import helmet from '@fastify/helmet';
import type { RequestListener } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import type { Readable } from 'node:stream';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { ApiDoor } from './auth/api-door.service.js';
import { installTokenRoute } from './auth/token-route.js';
import { CallbackTest } from './callbacks/callback-test.js';
import type { Config } from './config/config.js';
import { HttpServer } from './http-server.js';
import { keepAnswers } from './kept-answers.js';
import { type Log, PinoNestLogger } from './observability/logger.js';
import { Readiness } from './observability/readiness.js';
import { WideEvents } from './observability/wide-event.js';
import { buildOpenApi, serveOpenApi } from './openapi.js';
import { PAGE, policyOf } from './page-policy.js';
import { trustOf, warnOfUntrustedProxy } from './problem/address.js';
import { answerClientError, urlNotEncoded } from './problem/client-error.js';
import { answerFrameworkError, installProblems } from './problem/problem.filter.js';
import { Problem } from './problem/problem.js';
import { readBody, refuseCompressed } from './problem/read-body.js';
import { requestIdOf } from './problem/request-id.js';
import { hasReadableQuery, normalUrl } from './problem/request-url.js';

/** Bodies of the management API: the largest is a patch of one element. */
const MAX_API_BODY_BYTES = 64 * 1024;
const MAX_FORM_BYTES = 16 * 1024;
const MAX_PARAM_CHARACTERS = 512;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/;
/** Answers that no browser renders: a dozen headers for browsers would be a tenth of their cost. */
const FOR_MACHINES = /^\/(callbacks|oauth|metrics|health)/;
/** See `answerHeaders`. */
const SAID_EVERYWHERE = { strictTransportSecurity: false, xContentTypeOptions: false };
const API = /^\/api\//;
const DOCUMENTS = /^\/(docs(\/|$)|openapi\.)/;
/** What a process of the role `worker` answers. */
const WORKER_ROUTES = /^\/(health\/|metrics)/;

/** The whole application on Fastify. It answers on `server` from the moment on when it is told to listen. */
export async function createServer(
  config: Config,
  databaseUrl: string,
  log: Log,
  server = new HttpServer(),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register({ config, databaseUrl, log }),
    adapter(config, server),
    { bodyParser: false, logger: new PinoNestLogger(log), abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  installProblems(app);
  app.get(WideEvents).install(fastify);
  await protectBrowsers(fastify, config.publicUrl);
  refuseWhileStopping(fastify, app.get(Readiness));
  warnOfUntrustedProxy(fastify, trustOf(config.env.ROLLCALL_TRUST_PROXY));
  installTokenRoute(app);
  if (config.env.ROLLCALL_ROLE === 'worker') refuseAllBut(fastify, WORKER_ROUTES);
  app.get(CallbackTest).install(fastify);
  refuseUnknownRoutes(fastify);
  refuseUnreadableQueries(fastify);
  app.get(ApiDoor).install(fastify);
  parseBodies(fastify);
  keepAnswers(fastify, DOCUMENTS);
  serveOpenApi(app, () => buildOpenApi(app, config.publicUrl));
  return app;
}

function adapter(config: Config, server: HttpServer): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    serverFactory: (application: RequestListener) => server.announce(application),
    genReqId: requestIdOf,
    requestIdHeader: false,
    rewriteUrl: ({ url = '/' }) => normalUrl(url),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    forceCloseConnections: 'idle',
    // the framework's own answer has no `Retry-After`: see `refuseWhileStopping`
    return503OnClosing: false,
    bodyLimit: config.env.ROLLCALL_MAX_BODY_BYTES,
    trustProxy: trustOf(config.env.ROLLCALL_TRUST_PROXY),
    routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS },
  });
}

/** Ahead of whatever refuses: a refusal is an answer, too. The policy is a text that is made once: helmet would put it together for each answer. */
async function protectBrowsers(fastify: FastifyInstance, publicUrl: string): Promise<void> {
  await fastify.register(helmet, { global: false, contentSecurityPolicy: false, ...SAID_EVERYWHERE });
  const policies = policyOf(publicUrl);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!FOR_MACHINES.test(request.url)) {
      void reply.helmet();
      reply.header('content-security-policy', PAGE.test(request.url) ? policies.page : policies.data);
    }
    done();
  });
}

/** Ahead of the body, which nobody would read: the filter of problems says whether it is the path or the method. */
function refuseUnknownRoutes(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? new Problem('NOT_FOUND') : undefined);
  });
}

/** Of the management API alone: what stands behind a registered callback URL is nobody's business. */
function refuseUnreadableQueries(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const isReadable = !API.test(request.url) || hasReadableQuery(request.url);
    done(isReadable ? undefined : urlNotEncoded());
  });
}

/**
 * One parser for all types. A callback's body goes to its controller as the stream that it is, so that a refused
 * request is never read; everything else is small and parsed here.
 */
function parseBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Fastify answers 415 to a type it cannot read, without asking any parser; here the bytes decide (M4).
    const type = request.headers['content-type'];
    if (type !== undefined && !MEDIA_TYPE.test(type))
      request.headers['content-type'] = 'application/octet-stream';
    done();
  });
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const route = request.routeOptions.url ?? '';
    if (route.startsWith('/callbacks')) return payload;
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (route === '/oauth/token') {
      if (type !== 'application/x-www-form-urlencoded') return undefined;
      refuseCompressed(request.headers);
      return parseForm((await readBody(payload, request.headers, MAX_FORM_BYTES)).toString('utf8'));
    }
    if (!/^application\/([a-z0-9.-]+\+)?json$/.test(type)) {
      throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Send application/json');
    }
    refuseCompressed(request.headers);
    return parseJson(await readBody(payload, request.headers, MAX_API_BODY_BYTES));
  });
}

function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('NOT_JSON');
  }
}

/** Refuses as everything is refused (M4), and lets go of the connection: the next one leads to somebody else. */
function refuseWhileStopping(fastify: FastifyInstance, readiness: Readiness): void {
  fastify.addHook('onRequest', (_request, _reply, done) => {
    done(readiness.refuses ? new Problem('SHUTTING_DOWN') : undefined);
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.refuses) reply.header('connection', 'close');
    done();
  });
}

function refuseAllBut(fastify: FastifyInstance, routes: RegExp): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(routes.test(request.url) ? undefined : new Problem('NOT_FOUND', 'This process runs jobs only'));
  });
}
