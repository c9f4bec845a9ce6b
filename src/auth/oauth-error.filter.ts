import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from '../observability/metrics.js';
import { factsOf } from '../problem/request-facts.js';
import { toOAuthError } from './oauth-error.js';

/** Answers every error of the token URL as RFC 6749, 5.2 wants it, and counts it. */
@Catch()
@Injectable()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Token');

  constructor(private readonly metrics: Metrics) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Called directly for errors ahead of Nest: a body too large, too slow, of a wrong type. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, code, description, headers } = toOAuthError(error);
    if (code === 'server_error') this.log.error({ requestId: request.id, err: error }, 'Unexpected');
    this.metrics.tokenRequests.add(code);
    factsOf(request).code = code;
    void reply
      .status(status)
      .headers({ 'cache-control': 'no-store', pragma: 'no-cache', ...headers })
      .type('application/json')
      .serializer(JSON.stringify)
      .send({ error: code, error_description: description });
  }
}
