import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import { factsOf } from '../observability/wide-event.js';
import { Problem, type ProblemOptions } from '../problem/problem.js';
import { ApiKeys } from './api-keys.service.js';
import { readBearer } from './bearer.js';

/** Routes that any API key opens in production, by their names in ROLLCALL_OPEN_ROUTES. */
const CLOSABLE = {
  docs: /^\/(docs(\/|$)|openapi\.(json|yaml)$)/,
  metrics: /^\/metrics$/,
} as const;
const CHALLENGE: ProblemOptions = { headers: { 'WWW-Authenticate': 'Bearer realm="rollcall api"' } };

/**
 * Closes in production what shows strangers how an installation is built, unless a setting opens it. Called once, before
 * the routes are made: only theirs know of it.
 */
export function closeRoutes(app: NestFastifyApplication): void {
  const { production, env } = app.get(Config);
  if (!production) return;
  const closed = Object.entries(CLOSABLE)
    .filter(([name]) => !env.ROLLCALL_OPEN_ROUTES.some((open) => open === name))
    .map(([, path]) => path);
  const keys = app.get(ApiKeys, { strict: false });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (!closed.some((path) => path.test(route.url))) return;
      route.onRequest = async (request: FastifyRequest) => admit(keys, request);
    });
}

/** @throws Problem TOKEN_MISSING, TOKEN_INVALID */
async function admit(keys: ApiKeys, request: FastifyRequest): Promise<void> {
  const key = readBearer(request.raw.rawHeaders);
  if (key === undefined) throw new Problem('TOKEN_MISSING', 'An API key is required', CHALLENGE);
  const actor = await keys.find(key);
  if (actor === undefined) throw new Problem('TOKEN_INVALID', 'The API key is not valid', CHALLENGE);
  factsOf(request).actor = actor.name;
}
