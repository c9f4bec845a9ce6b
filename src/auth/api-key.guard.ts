import {
  applyDecorators,
  type CanActivate,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Metrics } from '../observability/metrics.js';
import type { ApiTag } from '../problem/api-tags.js';
import type { Problem } from '../problem/problem.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { ApiDoor, apiRefusal } from './api-door.service.js';
import type { Actor, ActorRequest, GrantedScope, Scope as ScopeName } from './auth.types.js';

const SCOPE = Symbol('scope');
/** As `x-required-scope` says it. */
const NO_SCOPE = ['none'];

/** The scopes that an API key needs for this route or controller, all of them. A route overrides its controller. */
export function Scope(...scopes: ScopeName[]): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(SCOPE, scopes), ApiExtension('x-required-scope', scopes));
}

/** One of these scopes is needed; the handler decides which one by the request. */
export function EitherScope(...scopes: ScopeName[]): MethodDecorator {
  return applyDecorators(
    SetMetadata(SCOPE, []),
    ApiExtension('x-required-scope', scopes),
    ApiExtension('x-required-scope-is-either', true),
  );
}

/** Any caller is let in, whatever its scopes. */
export function AnyScope(): ClassDecorator & MethodDecorator {
  return applyDecorators(SetMetadata(SCOPE, []), ApiExtension('x-required-scope', NO_SCOPE));
}

/** A controller of the management API: its paths below `/api/v1`, its chapter in `/docs`, guarded by API keys and sessions. */
export function ManagementController(path: string, tag: ApiTag): ClassDecorator {
  return applyDecorators(
    ApiTags(tag),
    ApiBearerAuth('apiKey'),
    ApiCookieAuth('session'),
    ProblemResponses(...MANAGEMENT_PROBLEMS),
    UseGuards(ApiKeyGuard),
    Controller(`api/v1/${path}`),
  );
}

/** As `ManagementController`, for those who have no credential yet: `ApiDoor` leaves these paths open. */
export function OpenController(path: string, tag: ApiTag): ClassDecorator {
  return applyDecorators(
    ApiTags(tag),
    ApiSecurity({}),
    ProblemResponses('TOO_MANY_REQUESTS', 'DATABASE_UNAVAILABLE'),
    ApiExtension('x-required-scope', NO_SCOPE),
    Controller(`api/v1/${path}`),
  );
}

/** Parameter of a handler: who calls. */
export const Caller = createParamDecorator(
  (_: undefined, context): Actor => context.switchToHttp().getRequest<ActorRequest>().actor,
);

/** Requires the scopes of the route. A route that names no scope is open to `admin` alone. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly door: ApiDoor,
    private readonly reflector: Reflector,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Problem INSUFFICIENT_SCOPE with its challenge, and what `ApiDoor` throws */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const actor = await this.door.enter(context.switchToHttp().getRequest<FastifyRequest>());
    const missing = this.scopesOf(context).find((scope) => !actor.can(scope));
    if (missing === undefined) return true;
    this.metrics.refusals.add('INSUFFICIENT_SCOPE');
    throw insufficientScope(missing, undefined, actor.kind === 'person' ? 'No role of yours has' : undefined);
  }

  private scopesOf(context: ExecutionContext): ScopeName[] {
    return (
      this.reflector.getAllAndOverride<ScopeName[] | undefined>(SCOPE, [
        context.getHandler(),
        context.getClass(),
      ]) ?? ['admin']
    );
  }
}

/** The refusal of a caller that lacks a scope. @param why what needs this scope, where the route alone does not say it */
export function insufficientScope(scope: GrantedScope, why?: string, who = 'The API key lacks'): Problem {
  const lacks = `${who} the scope "${scope}"`;
  const detail = why === undefined ? lacks : `${lacks}: ${why}`;
  return apiRefusal('INSUFFICIENT_SCOPE', detail, `error="insufficient_scope", scope="${scope}"`);
}
