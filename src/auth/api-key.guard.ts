import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { factsOf } from '../observability/wide-event.js';
import { Metrics } from '../observability/metrics.js';
import { Problem } from '../problem/problem.js';
import { ApiKeys } from './api-keys.service.js';
import type { Actor, ActorRequest, Scope } from './auth.types.js';
import { readBearer } from './bearer.js';

const SCOPE = Symbol('scope');
const CHALLENGE = 'Bearer realm="rollcall api"';

/**
 * The scopes an API key needs for this route or controller, all of them; the route's own word counts. None at all: the
 * handler decides by what is asked of it.
 */
export const RequiresScope = (...scopes: Scope[]) => SetMetadata(SCOPE, scopes);

/**
 * Lets API keys into the management API (M11). A route that names no scope is open to `admin` alone. Sets
 * `request.actor`. A callback token is no API key and is refused as any unknown one.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Problem TOKEN_MISSING, TOKEN_INVALID or INSUFFICIENT_SCOPE with its challenge */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & Partial<ActorRequest>>();
    const key = readBearer(request.raw.rawHeaders);
    if (key === undefined)
      throw this.refusal(new Problem('TOKEN_MISSING', 'An API key is required', challenge()));
    const actor = await this.keys.find(key);
    if (actor === undefined) {
      throw this.refusal(
        new Problem('TOKEN_INVALID', 'The API key is not valid', challenge('error="invalid_token"')),
      );
    }
    factsOf(request).actor = actor.name;
    const missing = this.scopesOf(context).find((scope) => !actor.can(scope));
    if (missing !== undefined) throw this.refusal(insufficientScope(missing));
    request.actor = actor;
    return true;
  }

  /** Who holds the key of a request now, for answers that go on long after they began; undefined once it is disabled. */
  async holder(request: FastifyRequest): Promise<Actor | undefined> {
    const key = readBearer(request.raw.rawHeaders);
    return key === undefined ? undefined : this.keys.find(key);
  }

  private scopesOf(context: ExecutionContext): Scope[] {
    return (
      this.reflector.getAllAndOverride<Scope[] | undefined>(SCOPE, [
        context.getHandler(),
        context.getClass(),
      ]) ?? ['admin']
    );
  }

  private refusal(problem: Problem): Problem {
    this.metrics.refusal(problem.code);
    return problem;
  }
}

/** The refusal of an API key that lacks a scope, with its challenge. @param why what takes this scope, where the route alone does not say it */
export function insufficientScope(scope: Scope, why?: string): Problem {
  const lacks = `The API key lacks the scope "${scope}"`;
  return new Problem(
    'INSUFFICIENT_SCOPE',
    why === undefined ? lacks : `${lacks}: ${why}`,
    challenge(`error="insufficient_scope", scope="${scope}"`),
  );
}

function challenge(error?: string): { headers: Record<string, string> } {
  return { headers: { 'WWW-Authenticate': error === undefined ? CHALLENGE : `${CHALLENGE}, ${error}` } };
}
