import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Metrics } from '../observability/metrics.js';
import type { ProblemCode } from '../problem/catalogue.js';
import { Problem } from '../problem/problem.js';
import type { CallbackClientRequest } from './auth.types.js';
import { challenge, readBearer } from './bearer.js';
import { Tokens, type Verification } from './tokens.service.js';

/**
 * Lets eNROLL's callbacks in (M2; RFC 6750). It looks only at the headers, so the body of a refused request is never
 * read. Sets `request.client`. It waits while the database is away; the commit may then wait that much less, so that the
 * answer comes within 15 s (M4).
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly tokens: Tokens,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Problem TOKEN_MISSING, TOKEN_INVALID or INSUFFICIENT_SCOPE with its challenge */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & Partial<CallbackClientRequest>>();
    const token = readBearer(request.raw.rawHeaders);
    if (token === undefined) throw this.refusal('TOKEN_MISSING');
    const verification = this.tokens.verify(token);
    if (!(verification instanceof Promise)) return this.admit(request, verification);
    const askedAt = performance.now();
    return verification.then((result) => {
      request.waitedMs = performance.now() - askedAt;
      return this.admit(request, result);
    });
  }

  /** Whether a request carries a valid token; for the record of a Callback-Test (M3), which needs none. */
  async hasValidToken(request: FastifyRequest): Promise<boolean> {
    const token = readBearer(request.raw.rawHeaders);
    return token !== undefined && (await this.tokens.verify(token)).result === 'valid';
  }

  private admit(request: Partial<CallbackClientRequest>, verification: Verification): true {
    if (verification.result === 'invalid') throw this.refusal('TOKEN_INVALID', 'error="invalid_token"');
    if (verification.result === 'insufficient_scope') {
      const error = 'error="insufficient_scope", scope="callbacks"';
      throw this.refusal('INSUFFICIENT_SCOPE', error, 'The token lacks the scope "callbacks"');
    }
    request.client = { clientId: verification.clientId };
    return true;
  }

  private refusal(code: ProblemCode, error?: string, detail?: string): Problem {
    this.metrics.refusals.add(code);
    return new Problem(code, detail, challenge('rollcall', error));
  }
}
