import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { Strategy as ClientPasswordStrategy } from 'passport-oauth2-client-password';
import type { TokenClient } from './auth.types.js';
import type { Credentials, Place } from './credentials.js';

/** Names in passport's registry. */
export const STRATEGIES: Readonly<Record<Place, string>> = {
  body: 'client-body',
  basic: 'client-basic',
  headers: 'client-headers',
};

/**
 * Passport's registry is one per process, whatever the number of applications in it. So strategies hold nothing: the
 * guard lends each request what it read of it, and the authentication of its own application.
 */
export interface LentAuthentication {
  /** What the credentials in the headers may mean. */
  readings: readonly Credentials[];
  /** Finds out which of the readings is right; all of them are tried. */
  authenticateClient(readings: readonly Credentials[]): Promise<TokenClient | false>;
}

type StrategyRequest = FastifyRequest & LentAuthentication;
type Done = (error: unknown, client?: TokenClient | false) => void;
type Verify = (request: StrategyRequest, done: Done) => void;

/** What `passport-oauth2-client-password` does for the form body, for the headers. */
class HeaderStrategy extends passport.Strategy {
  constructor(private readonly verify: Verify) {
    super();
  }

  /** @param received passport's types say an Express request; here it is Fastify's */
  override authenticate(received: unknown): void {
    this.verify(received as StrategyRequest, (error, client) => {
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
    return request.authenticateClient([{ clientId, clientSecret }]);
  }
}

/** Id and secret as HTTP Basic (RFC 6749, 2.3.1). */
@Injectable()
export class ClientBasicStrategy extends PassportStrategy(HeaderStrategy, STRATEGIES.basic) {
  async validate(request: StrategyRequest) {
    return request.authenticateClient(request.readings);
  }
}

/** Id and secret as raw headers. */
@Injectable()
export class ClientHeadersStrategy extends PassportStrategy(HeaderStrategy, STRATEGIES.headers) {
  async validate(request: StrategyRequest) {
    return request.authenticateClient(request.readings);
  }
}
