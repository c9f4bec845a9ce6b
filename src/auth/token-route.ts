import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pathOf } from '../problem/request-url.js';
import { methodNotAllowed } from './oauth-error.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';

const TOKEN_PATH = '/oauth/token';
/** A token request is a few hundred bytes. */
const MAX_BODY_BYTES = 16 * 1024;

/**
 * What Nest cannot do for the token URL: its body limit, and answers as RFC 6749 wants them to errors ahead of Nest (body
 * too large, wrong type, another method). Called once, after the application is made and before its routes are
 * (`app.init()`).
 */
export function installTokenRoute(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const filter = app.get(OAuthErrorFilter, { strict: false });
  fastify.addHook('onRoute', (route) => {
    if (route.url !== TOKEN_PATH) return;
    route.bodyLimit = MAX_BODY_BYTES;
    route.errorHandler = (error, request, reply) => filter.answer(error, request, reply);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.method === 'POST' || pathOf(request.url) !== TOKEN_PATH) return done();
    filter.answer(methodNotAllowed(), request, reply);
  });
}
