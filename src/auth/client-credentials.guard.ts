import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { factsOf } from '../problem/request-facts.js';
import type { TokenClient } from './auth.types.js';
import { ClientAuthentication } from './client-authentication.js';
import { CLIENT_PASSWORD, type LentAuthentication } from './client-password.strategy.js';
import { type Credentials, readTokenRequest, type TokenDemand } from './credentials.js';
import { invalidClient, OAuthError } from './oauth-error.js';

/** What the guard leaves on the request of an authenticated client. */
export interface TokenClientRequest {
  client: TokenClient;
  tokenDemand: TokenDemand;
}

type GuardedRequest = FastifyRequest & LentAuthentication & TokenClientRequest;

const NOTHING: readonly Credentials[] = [{ clientId: '', clientSecret: '' }];

/** Lets clients with the right credentials ask for a token; everything else is an `OAuthError` (M1). */
@Injectable()
export class ClientCredentialsGuard extends AuthGuard(CLIENT_PASSWORD) {
  constructor(private readonly authentication: ClientAuthentication) {
    super();
  }

  override getAuthenticateOptions() {
    return { session: false, property: 'client' };
  }

  /** @throws OAuthError for every refusal */
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const headers = request.raw.headersDistinct;
    const demand = readTokenRequest({ headers, query: request.query, body: request.body });
    if (demand.result === 'refused') throw new OAuthError(demand.status, demand.error, demand.description);
    request.tokenDemand = demand;
    // A request without credentials takes the same work as a wrong secret: same time, and it counts as a failure.
    const readings = demand.result === 'none' ? NOTHING : demand.readings;
    request.authenticateClient = async () => {
      const client = await this.authentication.authenticate(readings, factsOf(request).address);
      if (client === undefined) throw invalidClient(demand.basicUsed);
      // without the digests of its secrets
      return { clientId: client.clientId, tokensValidFrom: client.tokensValidFrom };
    };
    if (demand.result === 'none') await request.authenticateClient();
    const [first] = readings;
    request.body = { client_id: first?.clientId, client_secret: first?.clientSecret };
    return (await super.canActivate(context)) === true;
  }
}
