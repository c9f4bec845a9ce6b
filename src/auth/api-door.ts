import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { factsOf } from '../problem/request-facts.js';
import { Metrics } from '../observability/metrics.js';
import { networkOf } from '../problem/address.js';
import { Problem } from '../problem/problem.js';
import { ApiKeys } from './api-keys.service.js';
import { ApiLimits } from './api-limits.js';
import type { Actor, ActorRequest } from './auth.types.js';
import { readBearer } from './bearer.js';

/** Always closed, and what a setting opens in production (ROLLCALL_OPEN_ROUTES): it shows how an installation is built. */
const API = /^\/api\//;
const CLOSABLE = {
  docs: /^\/(docs(\/|$)|openapi\.(json|yaml)$)/,
  metrics: /^\/metrics$/,
} as const;
const CHALLENGE = 'Bearer realm="rollcall api"';

/**
 * Lets holders of an API key into the management API (M11), before a byte of the body is read. In production the documents
 * and the metrics stand behind it too, unless a setting opens them. A callback token is no API key and is refused
 * as any unknown one. What the key may do there is for `ApiKeyGuard`.
 */
@Injectable()
export class ApiDoor {
  private readonly closed: readonly RegExp[];

  constructor(
    private readonly keys: ApiKeys,
    private readonly limits: ApiLimits,
    private readonly metrics: Metrics,
    config: Config,
  ) {
    const closable = (['docs', 'metrics'] as const).filter((routes) => !config.opens(routes));
    this.closed = [API, ...closable.map((routes) => CLOSABLE[routes])];
  }

  /** Called once, before the routes are made. */
  install(fastify: FastifyInstance): void {
    const enter = async (request: FastifyRequest) => void (await this.enter(request));
    fastify.addHook('onRoute', (route) => {
      if (this.closed.some((path) => path.test(route.url)))
        route.onRequest = [route.onRequest ?? [], enter].flat();
    });
  }

  /**
   * Who asks; told once for each request, and kept as `request.actor`.
   * @throws Problem TOKEN_MISSING or TOKEN_INVALID with its challenge, TOO_MANY_REQUESTS
   */
  async enter(request: FastifyRequest & Partial<ActorRequest>): Promise<Actor> {
    if (request.actor !== undefined) return request.actor;
    const key = readBearer(request.raw.rawHeaders);
    const actor = key === undefined ? undefined : await this.keys.find(key);
    const network = networkOf(factsOf(request).address);
    try {
      if (actor === undefined) {
        await this.limits.refuse(network);
        throw key === undefined ? missing() : invalid();
      }
      factsOf(request).actor = actor.name;
      await this.limits.admit(network, actor.name);
    } catch (error) {
      if (error instanceof Problem) this.metrics.refusals.add(error.code);
      throw error;
    }
    request.actor = actor;
    return actor;
  }

  /** Who holds the key of a request now, for answers that go on long after they began; undefined once it is disabled. */
  async holder(request: FastifyRequest): Promise<Actor | undefined> {
    const key = readBearer(request.raw.rawHeaders);
    return key === undefined ? undefined : this.keys.find(key);
  }
}

/** @param error as RFC 6750, 3 has it; a request without credentials is told none */
export function challenge(error?: string): { headers: Record<string, string> } {
  return { headers: { 'WWW-Authenticate': error === undefined ? CHALLENGE : `${CHALLENGE}, ${error}` } };
}

function missing(): Problem {
  return new Problem('TOKEN_MISSING', 'An API key is required', challenge());
}

function invalid(): Problem {
  return new Problem('TOKEN_INVALID', 'The API key is not valid', challenge('error="invalid_token"'));
}
