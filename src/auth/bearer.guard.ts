import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Metrics } from '../observability/metrics.js';
import { Problem } from '../problem/problem.js';
import type { CallbackClientRequest } from './auth.types.js';
import { readBearer } from './bearer.js';
import { Tokens, type Verification } from './tokens.service.js';

const CHALLENGE = 'Bearer realm="rollcall"';

/**
 * Lets eNROLL's callbacks in (M2; RFC 6750). Looks at the headers alone, so that the body of a refused request is never
 * read. Sets `request.client`. While the database is away it waits, and what it waited is taken off what the commit may
 * wait, so that the answer comes within 15 s (M4).
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
    if (token === undefined) throw this.refusal(missing());
    const verification = this.tokens.verify(token);
    if (!(verification instanceof Promise)) return this.admit(request, verification);
    const askedAt = performance.now();
    return verification.then((result) => {
      request.waitedMs = performance.now() - askedAt;
      return this.admit(request, result);
    });
  }

  /** Whether a request carries a valid token, for those who only want to know (a Callback-Test's record, M3). */
  async hasValidToken(request: FastifyRequest): Promise<boolean> {
    const token = readBearer(request.raw.rawHeaders);
    return token !== undefined && (await this.tokens.verify(token)).result === 'valid';
  }

  private admit(request: Partial<CallbackClientRequest>, verification: Verification): true {
    if (verification.result === 'invalid') throw this.refusal(invalid());
    if (verification.result === 'insufficient_scope') throw this.refusal(lackingScope());
    request.client = { clientId: verification.clientId };
    return true;
  }

  private refusal(problem: Problem): Problem {
    this.metrics.refusals.add(problem.code);
    return problem;
  }
}

/** RFC 6750, 3.1: a request without credentials is told how to bring some, and no error code. */
function missing(): Problem {
  return new Problem('TOKEN_MISSING', undefined, { headers: { 'WWW-Authenticate': CHALLENGE } });
}

function invalid(): Problem {
  return new Problem('TOKEN_INVALID', undefined, {
    headers: { 'WWW-Authenticate': `${CHALLENGE}, error="invalid_token"` },
  });
}

function lackingScope(): Problem {
  return new Problem('INSUFFICIENT_SCOPE', 'The token lacks the scope "callbacks"', {
    headers: { 'WWW-Authenticate': `${CHALLENGE}, error="insufficient_scope", scope="callbacks"` },
  });
}
