import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { Strategy as ClientPasswordStrategy } from 'passport-oauth2-client-password';
import type { TokenClient } from './auth.types.js';
import {
  type Credentials,
  type DistinctHeaders,
  type Place,
  readBasic,
  readRawHeaders,
} from './credentials.js';

/** Names in passport's registry. */
export const STRATEGIES: Readonly<Record<Place, string>> = {
  body: 'client-body',
  basic: 'client-basic',
  headers: 'client-headers',
};

/**
 * Passport's registry is one per process, whatever the number of applications in it. So strategies hold nothing: the
 * guard lends each request the authentication of its own application.
 */
export interface LentAuthentication {
  authenticateClient(clientId: string, clientSecret: string): Promise<TokenClient | false>;
}

type StrategyRequest = FastifyRequest & LentAuthentication;
type Done = (error: unknown, client?: TokenClient | false) => void;
type Verify = (request: StrategyRequest, clientId: string, clientSecret: string, done: Done) => void;

/** What `passport-oauth2-client-password` does for the form body, for another place of the request. */
class ReadStrategy extends passport.Strategy {
  constructor(
    private readonly read: (headers: DistinctHeaders) => Partial<Credentials> | undefined,
    private readonly verify: Verify,
  ) {
    super();
  }

  /** @param received passport's types say an Express request; here it is Fastify's */
  override authenticate(received: unknown): void {
    const request = received as StrategyRequest;
    const { clientId, clientSecret } = this.read(request.raw.headersDistinct) ?? {};
    if (clientId === undefined || clientSecret === undefined) return this.fail();
    this.verify(request, clientId, clientSecret, (error, client) => {
      if (error !== null && error !== undefined) return this.error(error);
      if (client === undefined || client === false) return this.fail();
      this.success(client);
    });
  }
}

/** Id and secret in the form body. */
@Injectable()
export class ClientBodyStrategy extends PassportStrategy(ClientPasswordStrategy, STRATEGIES.body) {
  constructor() {
    super({ passReqToCallback: true });
  }

  async validate(request: StrategyRequest, clientId: string, clientSecret: string) {
    return request.authenticateClient(clientId, clientSecret);
  }
}

/** Id and secret as HTTP Basic (RFC 6749, 2.3.1). */
@Injectable()
export class ClientBasicStrategy extends PassportStrategy(ReadStrategy, STRATEGIES.basic) {
  constructor() {
    super(readBasic);
  }

  async validate(request: StrategyRequest, clientId: string, clientSecret: string) {
    return request.authenticateClient(clientId, clientSecret);
  }
}

/** Id and secret as raw headers. */
@Injectable()
export class ClientHeadersStrategy extends PassportStrategy(ReadStrategy, STRATEGIES.headers) {
  constructor() {
    super(readRawHeaders);
  }

  async validate(request: StrategyRequest, clientId: string, clientSecret: string) {
    return request.authenticateClient(clientId, clientSecret);
  }
}
