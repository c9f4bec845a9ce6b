import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { DataSource } from 'typeorm';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { Problem } from '../../problem/problem.js';
import { spendLogoutToken } from './sessions.repository.js';
import { Sessions } from './sessions.service.js';
import { SingleSignOn, unavailable } from './single-sign-on.service.js';

const BY = 'provider';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** No secret of ours signs them: these are the algorithms of keys that the provider publishes. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'EdDSA',
  'Ed25519',
];
/** A token is for this moment; clocks may differ by a minute. */
const MAX_AGE_SECONDS = 300;
const CLOCK_SECONDS = 60;
/** A token of the provider is about 1 KiB. */
const MAX_TOKEN_LENGTH = 8_192;

/** OpenID Connect Back-Channel Logout 1.0: the provider says that somebody has logged out there. */
@Injectable()
export class ProviderLogOut {
  private keys: { uri: string; get: JWTVerifyGetKey } | undefined;

  constructor(
    private readonly connection: DataSource,
    private readonly hash: CredentialHash,
    private readonly provider: SingleSignOn,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Ends the sessions that the token names, on every replica.
   * @param token `logout_token` of the form
   * @throws Problem NOT_FOUND without a provider, LOGOUT_TOKEN_INVALID, SSO_UNAVAILABLE
   */
  async end(token: unknown): Promise<void> {
    const { sub, sid, iss, jti, exp } = await this.verified(token);
    const [hash] = this.hash.candidates('logout-token', `${iss}|${jti}`);
    const endsAt = new Date((Number(exp) + CLOCK_SECONDS) * 1000);
    await this.connection.transaction(async (tx) => {
      if (!(await spendLogoutToken(tx, hash, endsAt))) throw invalid('was used already');
      await this.sessions.endProvided(BY, {
        subject: sub === undefined ? undefined : `${iss}|${sub}`,
        sid: typeof sid === 'string' ? sid : undefined,
      });
    });
  }

  /** Section 2.6. */
  private async verified(token: unknown): Promise<JWTPayload> {
    this.provider.requireSetUp();
    if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) throw invalid('is missing or too long');
    const { issuer, audience, jwksUri } = await this.provider.published();
    try {
      const { payload } = await jwtVerify(token, this.keysAt(jwksUri), {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['iat', 'exp', 'jti', 'events'],
        maxTokenAge: MAX_AGE_SECONDS,
        clockTolerance: CLOCK_SECONDS,
      });
      requireLogOut(payload);
      return payload;
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      throw isAway(cause) ? unavailable(cause) : invalid('is not of the identity provider', cause);
    }
  }

  /** An unknown key id makes jose ask the provider at most twice a minute. */
  private keysAt(uri: string): JWTVerifyGetKey {
    if (this.keys?.uri !== uri) this.keys = { uri, get: createRemoteJWKSet(new URL(uri)) };
    return this.keys.get;
  }
}

/** An ID token must not end a session: it has a nonce, and no event. */
function requireLogOut({ sub, sid, nonce, events }: JWTPayload): void {
  const isEvent = typeof events === 'object' && events !== null && EVENT in events;
  if (!isEvent || nonce !== undefined) throw invalid('is no log-out token');
  if (sub === undefined && typeof sid !== 'string') throw invalid('names neither a person nor a session');
}

function invalid(why: string, cause?: unknown): Problem {
  return new Problem('LOGOUT_TOKEN_INVALID', `The log-out token ${why}`, { cause });
}

/** The keys could not be read: jose's own errors are about the token, but for this one. */
function isAway(error: unknown): boolean {
  return !(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout;
}
