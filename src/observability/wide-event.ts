import { Injectable } from '@nestjs/common';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { factsOf, type RequestFacts } from '../problem/request-facts.js';
import { type Log } from './logger.js';
import { type Metrics } from './metrics.js';

/** The log line of an attempt to hand on an event: our own ids, and words of closed sets. */
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
/** Machines request these every few seconds: logged at `debug`, unless they fail. */
const QUIET_ROUTES = new Set(['/health/live', '/health/ready', '/metrics']);
/** nginx's status for a caller who left before the answer. */
const CALLER_LEFT = 499;

/**
 * One wide line per request, job and attempt, with fixed keys and nothing from the path, query, headers or body. Routes are
 * logged as patterns, never with ids in them.
 */
@Injectable()
export class WideEvents {
  private readonly lines: Log;

  constructor(
    log: Log,
    private readonly metrics: Metrics,
  ) {
    // These lines hold only numbers and our own words. Cleaning one would cost 30 us, writing it costs 6.
    this.lines = log.child({}, { formatters: { log: (line) => line } });
  }

  /** Logs and counts every request. Call it once, before the routes are made. */
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

  /** @param outcome `done`, or `failed` (the runner of the job logs the error itself) */
  job(
    name: string,
    outcome: 'done' | 'failed',
    durationMs: number,
    counts: Record<string, number> = {},
  ): void {
    const line = { event: 'job', job: name, outcome, durationMs: rounded(durationMs), ...counts };
    this.lines[outcome === 'failed' ? 'warn' : 'info'](line);
  }

  /** One line per attempt to hand on an event. */
  attempt(facts: AttemptFacts): void {
    this.lines[facts.outcome === 'ok' ? 'info' : 'warn']({ event: 'attempt', ...facts });
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
    else if (facts.quiet || QUIET_ROUTES.has(route)) this.lines.debug(line);
    else this.lines.info(line);
  }

  private countCallback(kind: string, status: number, durationMs: number, facts: RequestFacts): void {
    const { code, callback } = facts;
    this.metrics.callback(kind, status);
    if (callback?.test === false && status !== CALLER_LEFT) this.metrics.callbackLatency.add(durationMs);
    // The guards count their own refusals, for the management API too.
    const byGuard = status === 401 || status === 403;
    if (status >= 400 && !byGuard && code !== null) this.metrics.refusals.add(code);
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}
