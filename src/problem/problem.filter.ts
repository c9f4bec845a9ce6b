import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AllowedMethods } from './allowed-methods.js';
import { answerHeaders } from './answer-headers.js';
import { MEDIA_TYPE, problemDocument } from './document.js';
import { Problem } from './problem.js';
import { factsOf } from './request-facts.js';
import { pathOf } from './request-url.js';
import { toProblem } from './to-problem.js';

const RETRY_AFTER_SECONDS = 5;
const log = new Logger('Problem');

/** Answers a request with a problem document; the only place that writes one. */
function answerProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  factsOf(request).code = problem.code;
  if (problem.code === 'INTERNAL')
    log.error({ requestId: request.id, err: problem.options.cause }, 'Unexpected');
  if (reply.sent) {
    // The answer has begun: cutting it is the only honest signal left.
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
    .send(problemDocument(problem, pathOf(request.url), request.id));
}

function retryable(status: number): boolean {
  return status === 429 || status === 503;
}

/** Maps every error of a request to its problem document. */
@Catch()
class ProblemFilter implements ExceptionFilter {
  constructor(private readonly allowedMethods: AllowedMethods) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    answerProblem(request.is404 ? this.missing(request) : problem, request, reply);
  }

  private missing(request: FastifyRequest): Problem {
    const allowed = this.allowedMethods.of(pathOf(request.url));
    // a route of many paths, such as the files of a folder, may lack this one
    if (allowed.length === 0 || allowed.includes(request.method)) return new Problem('NOT_FOUND');
    return new Problem('METHOD_NOT_ALLOWED', undefined, { headers: { allow: allowed.join(', ') } });
  }
}

/**
 * Problem documents for everything, and what every answer carries. Called once, after the application is made and before
 * its routes are (`app.init()`).
 */
export function installProblems(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const allowedMethods = new AllowedMethods();
  allowedMethods.watch(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(answerHeaders(request.url, request.id));
    done();
  });
  app.useGlobalFilters(new ProblemFilter(allowedMethods));
}

/** For Fastify's `frameworkErrors`: a URL that cannot be decoded or a parameter that is too long never reaches Nest. */
export function answerFrameworkError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(answerHeaders(request.url, request.id));
  answerProblem(toProblem(error), request, reply);
}
