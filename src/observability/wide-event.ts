import { Injectable } from '@nestjs/common';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { factsOf, type RequestFacts } from '../problem/request-facts.js';
import { type Log } from './logger.js';
import { type Metrics } from './metrics.js';

/** What is told of an attempt to hand an event on: ids of ours and words of closed sets. */
export interface AttemptFacts {
  endpointId: string;
  kind: string;
  messageId: string;
  type: string;
  attempt: number;
  outcome: string;
  status: number | null;
  durationMs: number;
}

const CALLBACK_KINDS: Record<string, string> = {
  '/callbacks': 'any',
  '/callbacks/success': 'success',
  '/callbacks/fail': 'fail',
};
const NO_ROUTE = 'none';
/** Asked every few seconds by machines: at `debug`, unless they fail. */
const QUIET_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
/** nginx's number for a caller who left before the answer. */
const CALLER_LEFT = 499;

/**
 * One wide line per request, job and attempt, with fixed keys and nothing of the request's path, query, headers or body:
 * routes are logged as patterns, never with the ids in them.
 */
@Injectable()
export class WideEvents {
  private readonly lines: Log;

  constructor(
    log: Log,
    private readonly metrics: Metrics,
  ) {
    // These lines hold numbers and our own words: cleaning them once more would cost 30 us, writing them costs 6.
    this.lines = log.child({}, { formatters: { log: (line) => line } });
  }

  /** Writes the line of every request and counts it. Called once, before the routes are made. */
  install(fastify: FastifyInstance): void {
    fastify.decorateRequest('facts', null);
    fastify.addHook('onRequest', (request, _reply, done) => {
      factsOf(request);
      done();
    });
    fastify.addHook('onResponse', (request, reply, done) => {
      this.request(request, reply.statusCode, reply.elapsedTime);
      done();
    });
    fastify.addHook('onRequestAbort', (request, done) => {
      factsOf(request).code ??= 'CALLER_LEFT';
      this.request(request, CALLER_LEFT, 0);
      done();
    });
  }

  /** @param outcome `done`, or `failed` (the error itself is logged by whoever runs the job) */
  job(
    name: string,
    outcome: 'done' | 'failed',
    durationMs: number,
    counts: Record<string, number> = {},
  ): void {
    const line = { event: 'job', job: name, outcome, durationMs: rounded(durationMs), ...counts };
    if (outcome === 'failed') this.lines.warn(line);
    else this.lines.info(line);
  }

  /** One line per attempt to hand an event on. */
  attempt(facts: AttemptFacts): void {
    const line = { event: 'attempt', ...facts };
    if (facts.outcome === 'ok') this.lines.info(line);
    else this.lines.warn(line);
  }

  private request(request: FastifyRequest, status: number, durationMs: number): void {
    const facts = factsOf(request);
    if (facts.written) return;
    facts.written = true;
    const route = request.routeOptions.url ?? NO_ROUTE;
    const kind = CALLBACK_KINDS[route];
    this.metrics.request(route, status, durationMs / 1000);
    if (kind !== undefined) this.countCallback(kind, status, durationMs, facts);
    const line = {
      event: kind === undefined ? (route === '/oauth/token' ? 'token' : 'request') : 'callback',
      requestId: request.id,
      method: request.method,
      route,
      status,
      durationMs: rounded(durationMs),
      code: facts.code,
      actor: facts.actor,
      address: facts.address,
      ...facts.callback,
    };
    if (status >= 500 && !facts.expected) this.lines.warn(line);
    else if (QUIET_ROUTES.has(route)) this.lines.debug(line);
    else this.lines.info(line);
  }

  private countCallback(kind: string, status: number, durationMs: number, facts: RequestFacts): void {
    const { code, callback } = facts;
    this.metrics.callback(kind, status);
    if (callback?.test === false && status !== CALLER_LEFT) this.metrics.callbackLatency.add(durationMs);
    // The guards have counted their own refusals, which are also those of the management API.
    const byGuard = status === 401 || status === 403;
    if (status >= 400 && !byGuard && code !== null) this.metrics.refusal(code);
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
