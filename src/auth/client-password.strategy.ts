import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-oauth2-client-password';
import type { TokenClient } from './auth.types.js';

/** Its name in passport's registry. */
export const CLIENT_PASSWORD = 'oauth2-client-password';

/**
 * Passport's registry is one per process, whatever the number of applications in it. So the strategy holds nothing: the
 * guard lends each request the authentication of its own application, with all that the credentials may mean.
 */
export interface LentAuthentication {
  authenticateClient(): Promise<TokenClient | false>;
}

/** Verifies `client_id` and `client_secret` of the body, where the guard puts them from wherever they came (M1). */
@Injectable()
export class ClientPasswordStrategy extends PassportStrategy(Strategy, CLIENT_PASSWORD) {
  constructor() {
    super({ passReqToCallback: true });
  }

  async validate(request: FastifyRequest & LentAuthentication): Promise<TokenClient | false> {
    return request.authenticateClient();
  }
}
