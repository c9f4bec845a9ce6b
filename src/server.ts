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
import { EnrollDoor } from './auth/enroll-door.service.js';
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
import { isHiddenAt } from './ports.js';
import { isWithin, warnOfUntrustedProxy } from './problem/address.js';
import { clientErrorAnswer, urlNotEncoded } from './problem/client-error.js';
import { hostProblem } from './problem/host-header.js';
import { frameworkErrorAnswer, installProblems } from './problem/problem.filter.js';
import { Problem } from './problem/problem.js';
import { readBody, refuseCompressed } from './problem/read-body.js';
import { requestIdOf } from './problem/request-id.js';
import { hasReadableQuery, normalUrl } from './problem/request-url.js';
import { Refusals } from './refusals/refusals.service.js';
import { Tls } from './tls.js';

/** Bodies of the management API: the largest is a patch of one element. */
const MAX_API_BODY_BYTES = 64 * 1024;
const MAX_FORM_BYTES = 16 * 1024;
/** What takes a form: those who call it cannot send JSON (RFC 6749, 4.4.2; OpenID Connect Back-Channel Logout, 2.5). */
const FORMS = /^\/(oauth\/token|api\/v1\/session\/oidc\/back-channel-logout)$/;
const MAX_PARAM_CHARACTERS = 512;
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/;
/** No browser renders these answers, and the dozen headers for browsers would be a tenth of their cost. */
const FOR_MACHINES = /^\/(callbacks|oauth|metrics|health)/;
/** See `answerHeaders`. */
const SAID_EVERYWHERE = { strictTransportSecurity: false, xContentTypeOptions: false };
const API = /^\/api\//;
const DOCUMENTS = /^\/(docs(\/|$)|openapi\.)/;
/** The routes of a process with the role `worker`. */
const WORKER_ROUTES = /^\/(health\/|metrics)/;

/** The whole application on Fastify. It answers on `server` once `app.listen` is called. */
export async function createServer(
  config: Config,
  databaseUrl: string,
  log: Log,
  server = new HttpServer({ management: config.management, tls: Tls.of(config), isHttps: config.isHttps }),
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register({ config, databaseUrl, log }),
    adapter(config, server),
    { bodyParser: false, logger: new PinoNestLogger(log), abortOnError: false },
  );
  const fastify = app.getHttpAdapter().getInstance();
  const isHidden = hiderOf(config, server);
  installProblems(app, isHidden, server.isHttps);
  app.get(WideEvents).install(fastify);
  app.get(Refusals).install(fastify);
  await protectBrowsers(fastify, config.managementUrl);
  refuseWhileStopping(fastify, app.get(Readiness));
  refuse(fastify, ({ raw }) => hostProblem(raw));
  refuse(fastify, (request) => (isHidden(request) ? new Problem('NOT_FOUND') : undefined));
  warnOfUntrustedProxy(fastify, isWithin(config.env.ROLLCALL_TRUST_PROXY));
  app.get(EnrollDoor).install(fastify, ({ raw }) => server.isCertified(raw.socket));
  installTokenRoute(app);
  if (config.env.ROLLCALL_ROLE === 'worker') {
    refuse(fastify, ({ url }) =>
      WORKER_ROUTES.test(url) ? undefined : new Problem('NOT_FOUND', 'This process runs jobs only'),
    );
  }
  app.get(CallbackTest).install(fastify);
  // before the body is read; the filter of problems finds out whether it is the path or the method
  refuse(fastify, ({ is404 }) => (is404 ? new Problem('NOT_FOUND') : undefined));
  // only for the management API: what stands behind a registered callback URL is not our business
  refuse(fastify, ({ url }) => (API.test(url) && !hasReadableQuery(url) ? urlNotEncoded() : undefined));
  app.get(ApiDoor).install(fastify);
  parseBodies(fastify);
  keepAnswers(fastify, DOCUMENTS);
  serveOpenApi(app, () => buildOpenApi(app, config));
  return app;
}

/** Tells which requests the port at which they came does not answer. */
function hiderOf({ management }: Config, server: HttpServer): (request: FastifyRequest) => boolean {
  if (management === undefined) return () => false;
  return ({ url, raw }) => isHiddenAt(server.isManagement(raw.socket) ? 'management' : 'public', url);
}

function adapter(config: Config, server: HttpServer): FastifyAdapter {
  return new FastifyAdapter({
    logger: false,
    serverFactory: (application: RequestListener) => server.announce(application),
    genReqId: requestIdOf,
    requestIdHeader: false,
    rewriteUrl: ({ url = '/' }) => normalUrl(url),
    frameworkErrors: frameworkErrorAnswer(server.isHttps),
    clientErrorHandler: clientErrorAnswer(server.isHttps),
    forceCloseConnections: 'idle',
    // the framework's own answer lacks `Retry-After`: see `refuseWhileStopping`
    return503OnClosing: false,
    bodyLimit: config.env.ROLLCALL_MAX_BODY_BYTES,
    trustProxy: isWithin(config.env.ROLLCALL_TRUST_PROXY),
    routerOptions: { maxParamLength: MAX_PARAM_CHARACTERS },
  });
}

/** Before every refusal, since that is an answer, too. The policy is made once; helmet would make it for each answer. */
async function protectBrowsers(fastify: FastifyInstance, apiUrl: string): Promise<void> {
  await fastify.register(helmet, { global: false, contentSecurityPolicy: false, ...SAID_EVERYWHERE });
  const policy = policyOf(apiUrl);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!FOR_MACHINES.test(request.url)) {
      void reply.helmet();
      if (PAGE.test(request.url)) reply.header('content-security-policy', policy);
    }
    done();
  });
}

/** Refuses requests before their body is read. */
function refuse(fastify: FastifyInstance, problemOf: (request: FastifyRequest) => Problem | undefined): void {
  fastify.addHook('onRequest', (request, _reply, done) => done(problemOf(request)));
}

/**
 * One parser for all types. The controller gets the body of a callback as a stream, so that the body of a refused request is
 * never read. Everything else is small and parsed here.
 */
function parseBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', (request, _reply, done) => {
    // Fastify answers 415 to a type it cannot parse, without calling any parser; here the bytes decide (M4).
    const type = request.headers['content-type'];
    if (type !== undefined && !MEDIA_TYPE.test(type))
      request.headers['content-type'] = 'application/octet-stream';
    done();
  });
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: Readable) => {
    const route = request.routeOptions.url ?? '';
    if (route.startsWith('/callbacks')) return payload;
    const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (FORMS.test(route)) {
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

/** Refuses with a problem document (M4), and closes the connection: the next one leads to another process. */
function refuseWhileStopping(fastify: FastifyInstance, readiness: Readiness): void {
  refuse(fastify, () => (readiness.refuses ? new Problem('SHUTTING_DOWN') : undefined));
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.refuses) reply.header('connection', 'close');
    done();
  });
}
