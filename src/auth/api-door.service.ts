import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { Metrics } from '../observability/metrics.js';
import { networkOf } from '../problem/address.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import { requestContext } from '../problem/request-context.js';
import { factsOf } from '../problem/request-facts.js';
import { ApiKeys, type KeyHolder } from './api-keys.service.js';
import { ApiLimits } from './api-limits.js';
import type { Actor, ActorRequest, Scope } from './auth.types.js';
import { challenge, readBearer } from './bearer.js';
import { BrowserSessions } from './people/browser-sessions.service.js';

/** The management API is always closed. */
const API = /^\/api\//;
/** Where people prove who they are, and their provider says that they left: nobody has a credential of ours. */
const OPEN =
  /^(POST \/api\/v1\/session(\/invitation(\/confirmation)?|\/first-link|\/oidc\/back-channel-logout)?|GET \/api\/v1\/session\/oidc(\/callback)?)$/;
/** These show how an installation is built: closed in production, unless ROLLCALL_OPEN_ROUTES opens them. */
const CLOSABLE = {
  docs: /^\/(docs(\/|$)|openapi\.(json|yaml)$)/,
  metrics: /^\/metrics$/,
} as const;

/** What a caller shows: the secret of an API key or of a session. */
interface Shown {
  by: 'key' | 'session';
  secret: string;
}

/**
 * Lets holders of an API key or a session into the management API (M11), before a byte of the body is read; in production also to the
 * documents and the metrics. A callback token is refused like any unknown key. `ApiKeyGuard` decides what the key may do.
 */
@Injectable()
export class ApiDoor {
  private readonly closed: readonly RegExp[];

  constructor(
    private readonly keys: ApiKeys,
    private readonly sessions: BrowserSessions,
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
      if (!this.closed.some((path) => path.test(route.url))) return;
      const isOpen = OPEN.test(`${String(route.method)} ${route.url}`);
      route.onRequest = [route.onRequest ?? [], isOpen ? [] : enter, remember].flat();
    });
  }

  /**
   * Who asks. A request is judged and counted once; its caller is kept as `request.actor`.
   * @throws Problem TOKEN_MISSING, TOKEN_INVALID or SESSION_INVALID with its challenge, ADDRESS_NOT_ALLOWED, CROSS_SITE,
   *   TOO_MANY_REQUESTS
   */
  async enter(request: FastifyRequest & Partial<ActorRequest>): Promise<Actor> {
    if (request.actor !== undefined) return request.actor;
    const shown = this.shownBy(request);
    const actor = await this.holderOf(shown);
    const { address } = factsOf(request);
    const network = networkOf(address);
    try {
      if (actor === undefined) {
        await this.limits.refuse(network);
        throw refusalOf(shown);
      }
      factsOf(request).actor = actor.name;
      if (isOfKey(actor) && !actor.admits(address)) {
        await this.limits.refuse(network);
        throw new Problem('ADDRESS_NOT_ALLOWED', 'The API key may not be used from this address');
      }
      await this.limits.admit(network, actor.name, isOfKey(actor) ? actor.requestsPerMinute : null);
      if (isOfKey(actor)) this.keys.noteUse(actor);
      if (shown?.by === 'session') this.sessions.requireOurs(request, shown.secret);
    } catch (error) {
      if (error instanceof Problem) this.metrics.refusals.add(error.code);
      throw error;
    }
    request.actor = actor;
    return actor;
  }

  /** Who calls now: undefined once the key or the person is disabled, or the key or session is over. For answers that last long. */
  async holder(request: FastifyRequest): Promise<Actor | undefined> {
    return this.holderOf(this.shownBy(request), false);
  }

  /**
   * Who calls now, for an answer that goes on after it was let in: what was taken away meanwhile ends it.
   * @throws Problem TOKEN_INVALID, SESSION_INVALID, INSUFFICIENT_SCOPE
   */
  async again(request: FastifyRequest, ...scopes: Scope[]): Promise<Actor> {
    const actor = await this.holder(request);
    if (actor === undefined) throw refusalOf(this.shownBy(request));
    const missing = scopes.find((scope) => !actor.can(scope));
    if (missing !== undefined) throw apiRefusal('INSUFFICIENT_SCOPE', `"${missing}" was taken away`);
    return actor;
  }

  /** A key goes before a cookie, which a browser sends unasked. */
  private shownBy(request: FastifyRequest): Shown | undefined {
    const key = readBearer(request.raw.rawHeaders);
    if (key !== undefined) return { by: 'key', secret: key };
    const token = this.sessions.secretOf(request);
    return token === undefined ? undefined : { by: 'session', secret: token };
  }

  private async holderOf(shown: Shown | undefined, used?: boolean): Promise<Actor | undefined> {
    if (shown === undefined) return undefined;
    return shown.by === 'key' ? this.keys.find(shown.secret) : this.sessions.holderOf(shown.secret, used);
  }
}

function isOfKey(actor: Actor): actor is KeyHolder {
  return actor.kind === 'key';
}

function refusalOf(shown: Shown | undefined): Problem {
  if (shown === undefined) return apiRefusal('TOKEN_MISSING', 'An API key is required');
  if (shown.by === 'session') return apiRefusal('SESSION_INVALID', 'Log in again');
  return apiRefusal('TOKEN_INVALID', 'The API key is not valid', 'error="invalid_token"');
}

/** @param error as RFC 6750, 3 has it */
export function apiRefusal(code: ProblemCode, detail: string, error?: string): Problem {
  return new Problem(code, detail, challenge('rollcall api', error));
}
