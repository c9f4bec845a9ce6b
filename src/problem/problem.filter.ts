import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { answerHeaders } from './answer-headers.js';
import { MEDIA_TYPE, Problem } from './problem.js';
import { factsOf } from './request-facts.js';
import { pathOf } from './request-url.js';
import { toProblem } from './to-problem.js';

const RETRY_AFTER_SECONDS = 5;
const log = new Logger('Problem');

/** Answers a request with a problem document; the only place that writes one. */
function answerProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const facts = factsOf(request);
  const { receiptId = null } = problem.options.extra ?? {};
  facts.code = problem.code;
  facts.keptIn = receiptId as string | null;
  if (problem.code === 'INTERNAL')
    log.error({ requestId: request.id, err: problem.options.cause }, 'Unexpected');
  if (reply.sent) {
    // The answer has begun: only cutting it can still signal the error.
    reply.raw.destroy();
    return;
  }
  const { headers = {}, retryAfterSeconds } = problem.options;
  const retry = retryAfterSeconds ?? (retryable(problem.status) ? RETRY_AFTER_SECONDS : undefined);
  if (retry !== undefined) reply.header('retry-after', String(Math.ceil(retry)));
  reply
    .status(problem.status)
    .headers({ 'cache-control': 'no-store', ...headers })
    .type(MEDIA_TYPE)
    .serializer(JSON.stringify)
    .send(problem.document(pathOf(request.url), request.id));
}

function retryable(status: number): boolean {
  return status === 429 || status === 503;
}

/** Maps every error of a request to its problem document. */
@Catch()
class ProblemFilter implements ExceptionFilter {
  private readonly routes: { pattern: RegExp; methods: string[] }[] = [];

  constructor(private readonly isHidden: (request: FastifyRequest) => boolean) {}

  /** Remembers a route, to tell a wrong method from a wrong path (RFC 9110, 15.5.6). */
  learn({ url, method }: RouteOptions): void {
    this.routes.push({ pattern: patternOf(url), methods: [method].flat() });
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    answerProblem(
      request.is404 && problem.code === 'NOT_FOUND' ? this.missing(request) : problem,
      request,
      reply,
    );
  }

  private missing(request: FastifyRequest): Problem {
    if (this.isHidden(request)) return new Problem('NOT_FOUND');
    const path = pathOf(request.url);
    const routes = this.routes.filter(({ pattern }) => pattern.test(path));
    const allowed = [...new Set(routes.flatMap(({ methods }) => methods))].sort();
    // a route of many paths, such as the files of a folder, may lack this one
    if (allowed.length === 0 || allowed.includes(request.method)) return new Problem('NOT_FOUND');
    return new Problem('METHOD_NOT_ALLOWED', undefined, { headers: { allow: allowed.join(', ') } });
  }
}

/** Reads `/applicants/:id/versions` and a closing `*` as the router does. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[A-Za-z0-9_]+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}$`);
}

/**
 * Answers every error with a problem document, and sets the headers of every answer. Call it once, after the application is
 * made and before its routes are (`app.init()`).
 * @param isHidden whether a request must not learn which methods its path has
 * @param isHttps whether all callers come by HTTPS; one whose proxy says so does in any case
 */
export function installProblems(
  app: NestFastifyApplication,
  isHidden: (request: FastifyRequest) => boolean = () => false,
  isHttps = false,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  const filter = new ProblemFilter(isHidden);
  fastify.addHook('onRoute', (route) => filter.learn(route));
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headersFor(request, isHttps));
    done();
  });
  app.useGlobalFilters(filter);
}

/** For Fastify's `frameworkErrors`: a URL that cannot be decoded or a parameter that is too long never reaches Nest. */
export function frameworkErrorAnswer(isHttps: boolean) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    reply.headers(headersFor(request, isHttps));
    answerProblem(toProblem(error), request, reply);
  };
}

function headersFor({ url, id, protocol }: FastifyRequest, isHttps: boolean): Record<string, string> {
  return answerHeaders(url, id, isHttps || protocol === 'https');
}
