import { applyDecorators, Controller, createParamDecorator, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { ApiTag } from '../problem/api-tags.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { ApiKeyGuard } from './api-key.guard.js';
import type { Actor, ActorRequest } from './auth.types.js';

/** A controller of the management API: its paths below `/api/v1`, its chapter in `/docs`, guarded by API keys. */
export function ManagementController(path: string, tag: ApiTag): ClassDecorator {
  return applyDecorators(
    ApiTags(tag),
    ApiBearerAuth('apiKey'),
    ProblemResponses(...MANAGEMENT_PROBLEMS),
    UseGuards(ApiKeyGuard),
    Controller(`api/v1/${path}`),
  );
}

/** Who calls, as the guard found it. */
export const Caller = createParamDecorator(
  (_: undefined, context): Actor => context.switchToHttp().getRequest<ActorRequest>().actor,
);
