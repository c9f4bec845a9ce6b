import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Metrics } from '../observability/metrics.js';
import { networkOf } from '../problem/address.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { requestContext } from '../problem/request-context.js';
import { factsOf } from '../problem/request-facts.js';
import { ApiKeys } from './api-keys.service.js';
import { ApiLimits } from './api-limits.js';
import type { Actor, ActorRequest } from './auth.types.js';
import { challenge, readBearer } from './bearer.js';

/** The management API is always closed. */
const API = /^\/api\//;
/** These show how an installation is built: closed in production, unless ROLLCALL_OPEN_ROUTES opens them. */
const CLOSABLE = {
  docs: /^\/(docs(\/|$)|openapi\.(json|yaml)$)/,
  metrics: /^\/metrics$/,
} as const;

/**
 * Lets holders of an API key into the management API (M11), before a byte of the body is read; in production also to the
 * documents and the metrics. A callback token is refused like any unknown key. `ApiKeyGuard` decides what the key may do.
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
    const remember = (request: FastifyRequest, _reply: unknown, done: () => void) =>
      requestContext.run({ address: factsOf(request).address, requestId: request.id }, done);
    fastify.addHook('onRoute', (route) => {
      if (this.closed.some((path) => path.test(route.url)))
        route.onRequest = [route.onRequest ?? [], enter, remember].flat();
    });
  }

  /**
   * Who asks. A request is judged and counted once; its caller is kept as `request.actor`.
   * @throws Problem TOKEN_MISSING or TOKEN_INVALID with its challenge, ADDRESS_NOT_ALLOWED, TOO_MANY_REQUESTS
   */
  async enter(request: FastifyRequest & Partial<ActorRequest>): Promise<Actor> {
    if (request.actor !== undefined) return request.actor;
    const key = readBearer(request.raw.rawHeaders);
    const actor = key === undefined ? undefined : await this.keys.find(key);
    const { address } = factsOf(request);
    const network = networkOf(address);
    try {
      if (actor === undefined) {
        await this.limits.refuse(network);
        throw key === undefined
          ? apiRefusal('TOKEN_MISSING', 'An API key is required')
          : apiRefusal('TOKEN_INVALID', 'The API key is not valid', 'error="invalid_token"');
      }
      factsOf(request).actor = actor.name;
      if (!actor.admits(address)) {
        await this.limits.refuse(network);
        throw new Problem('ADDRESS_NOT_ALLOWED', 'The API key may not be used from this address');
      }
      await this.limits.admit(network, actor.name, actor.requestsPerMinute);
      this.keys.noteUse(actor);
    } catch (error) {
      if (error instanceof Problem) this.metrics.refusals.add(error.code);
      throw error;
    }
    request.actor = actor;
    return actor;
  }

  /** Who holds the key of a request now: undefined once it is disabled or over. For answers that last long. */
  async holder(request: FastifyRequest): Promise<Actor | undefined> {
    const key = readBearer(request.raw.rawHeaders);
    return key === undefined ? undefined : this.keys.find(key);
  }
}

/** @param error as RFC 6750, 3 has it */
export function apiRefusal(code: ProblemCode, detail: string, error?: string): Problem {
  return new Problem(code, detail, challenge('rollcall api', error));
}
