import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-oauth2-client-password';
import type { TokenClient } from './auth.types.js';

/** Its name in passport's registry. */
export const CLIENT_PASSWORD = 'oauth2-client-password';

/**
 * Passport's registry is one per process, even with several applications in it. So the strategy holds nothing: the guard
 * lends each request the authentication of its own application.
 */
export interface LentAuthentication {
  /** @throws OAuthError */
  authenticateClient(): Promise<TokenClient>;
}

/** Verifies `client_id` and `client_secret` of the body. The guard puts them there, wherever they came from (M1). */
@Injectable()
export class ClientPasswordStrategy extends PassportStrategy(Strategy, CLIENT_PASSWORD) {
  constructor() {
    super({ passReqToCallback: true });
  }

  async validate(request: FastifyRequest & LentAuthentication): Promise<TokenClient> {
    return request.authenticateClient();
  }
}
