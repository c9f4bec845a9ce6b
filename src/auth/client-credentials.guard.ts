import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { factsOf } from '../problem/request-facts.js';
import type { TokenClient } from './auth.types.js';
import { ClientAuthentication } from './client-authentication.js';
import { type LentAuthentication, STRATEGIES } from './client.strategies.js';
import { type Credentials, type Place, readForm, readTokenRequest, type TokenDemand } from './credentials.js';
import { invalidClient, OAuthError, tooManyRequests } from './oauth-error.js';

/** What the guard leaves on the request of an authenticated client. */
export interface TokenClientRequest {
  client: TokenClient;
  tokenDemand: TokenDemand;
}

type GuardedRequest = FastifyRequest & LentAuthentication & TokenClientRequest;

const NOTHING: readonly Credentials[] = [{ clientId: '', clientSecret: '' }];

/** One passport guard per place; passport sets `request.client`. */
function guardOf(place: Place): CanActivate {
  class PlaceGuard extends AuthGuard(STRATEGIES[place]) {
    override getAuthenticateOptions() {
      return { session: false, property: 'client' };
    }

    override handleRequest<T>(
      error: unknown,
      client: T | false | null | undefined,
      _info: unknown,
      context: ExecutionContext,
    ): T {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- passed on as passport got it
      if (error !== null && error !== undefined) throw error;
      if (client === false || client === null || client === undefined) {
        throw invalidClient(basicUsedIn(context));
      }
      return client;
    }
  }
  return new PlaceGuard();
}

/** Lets clients with the right credentials ask for a token; everything else is an `OAuthError` (M1). */
@Injectable()
export class ClientCredentialsGuard implements CanActivate {
  private readonly guards: Readonly<Record<Place, CanActivate>> = {
    body: guardOf('body'),
    basic: guardOf('basic'),
    headers: guardOf('headers'),
  };

  constructor(private readonly authentication: ClientAuthentication) {}

  /** @throws OAuthError for every refusal */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const headers = request.raw.headersDistinct;
    const demand = readTokenRequest({ headers, query: request.query, body: request.body });
    if (demand.result === 'refused') throw new OAuthError(demand.status, demand.error, demand.description);
    request.tokenDemand = demand;
    request.authenticateClient = (readings) => this.authenticate(readings, factsOf(request).address);
    if (demand.result === 'none') {
      // Goes through the same motions as a wrong secret: same time, and it counts as a failure.
      await request.authenticateClient(NOTHING);
      throw invalidClient(demand.basicUsed);
    }
    request.readings = demand.readings;
    request.body = readForm(headers, request.body);
    return (await this.guards[demand.place].canActivate(context)) === true;
  }

  private async authenticate(
    readings: readonly Credentials[],
    address: string,
  ): Promise<TokenClient | false> {
    const authentication = await this.authentication.authenticate({ readings, address });
    switch (authentication.result) {
      case 'authenticated':
        return authentication.client;
      case 'throttled':
        throw tooManyRequests(authentication.retryAfterSeconds);
      case 'refused':
        return false;
    }
  }
}

function basicUsedIn(context: ExecutionContext): boolean {
  const { tokenDemand } = context.switchToHttp().getRequest<GuardedRequest>();
  return tokenDemand.result !== 'refused' && tokenDemand.basicUsed;
}
