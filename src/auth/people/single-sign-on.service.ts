import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { Config } from '../../config/config.js';
import { errnoOf } from '../../db/errors.js';
import { Problem } from '../../problem/problem.js';
import { type Role, ROLE_NAMES } from '../roles.js';

const SCOPE = 'openid profile email';
const TIMEOUT_SECONDS = 10;
const RETRY_SECONDS = 30;
const CALLBACK = '/api/v1/session/oidc/callback';

/** What a browser keeps while somebody is at the identity provider. */
export interface Errand {
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the identity provider has sent back. */
export interface Provided {
  /** Issuer and subject: what stays the same when a name changes. */
  subject: string;
  /** As the provider calls them; nothing proves that it is unique. */
  username: string | undefined;
  name: string | undefined;
  roles: Role[];
  /** `sid`: by which the provider can end the session. */
  session: string | undefined;
}

/**
 * OpenID Connect with the organization's identity provider: authorization code with PKCE, state and nonce (RFC 9700, 2.1.1).
 * The provider is first asked when somebody logs in: nothing else waits for it.
 */
@Injectable()
export class SingleSignOn {
  private discovered: Promise<oidc.Configuration> | undefined;
  private readonly redirectUri: string;

  constructor(private readonly config: Config) {
    this.redirectUri = config.managementUrl + CALLBACK;
  }

  /** @returns where to send the browser, and what it keeps meanwhile @throws Problem NOT_FOUND, SSO_UNAVAILABLE */
  async begin(): Promise<{ url: string; errand: Errand }> {
    const provider = await this.provider();
    const errand = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const { ROLLCALL_OIDC_ACR: acr, ROLLCALL_OIDC_MAX_AGE_MINUTES: minutes } = this.config.env;
    const url = oidc.buildAuthorizationUrl(provider, {
      ...(acr.length > 0 && { acr_values: acr.join(' ') }),
      ...(minutes !== undefined && { max_age: String(minutes * 60) }),
      redirect_uri: this.redirectUri,
      scope: SCOPE,
      state: errand.state,
      nonce: errand.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(errand.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, errand };
  }

  /**
   * @param search of the URL that the provider has sent the browser to
   * @throws Problem SSO_REFUSED for whatever does not belong to the errand, SSO_UNAVAILABLE
   */
  async finish(search: string, { state, nonce, verifier }: Errand): Promise<Provided> {
    const provider = await this.provider();
    const checks = {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...this.maxAge(),
    };
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(this.redirectUri + search), checks);
      const claims = tokens.claims();
      if (claims === undefined) throw new Problem('SSO_REFUSED');
      this.requireStrength(claims);
      return {
        subject: `${claims.iss}|${claims.sub}`,
        username: textOf(claims.preferred_username) ?? textOf(claims.email),
        name: textOf(claims.name),
        roles: this.rolesOf(claims),
        session: textOf(claims.sid),
      };
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      throw isAway(cause) ? unavailable(cause) : new Problem('SSO_REFUSED', undefined, { cause });
    }
  }

  private rolesOf(claims: Record<string, unknown>): Role[] {
    const { ROLLCALL_OIDC_ROLES_CLAIM: claim, ROLLCALL_OIDC_ROLES: mapping } = this.config.env;
    const values = [claims[claim]].flat();
    const means = (value: unknown, role: Role) =>
      mapping.length === 0 ? value === role : mapping.includes(`${String(value)}=${role}`);
    return ROLE_NAMES.filter((role) => values.some((value) => means(value, role)));
  }

  /** For `auth_time`, which `openid-client` compares. */
  private maxAge(): { maxAge?: number } {
    const { ROLLCALL_OIDC_MAX_AGE_MINUTES: minutes } = this.config.env;
    return minutes === undefined ? {} : { maxAge: minutes * 60 };
  }

  /** The provider may ignore what it was asked for, so its answer counts (OpenID Connect Core, 3.1.2.1). @throws Problem SSO_REFUSED */
  private requireStrength({ acr, amr }: Record<string, unknown>): void {
    const { ROLLCALL_OIDC_ACR: classes, ROLLCALL_OIDC_AMR: means } = this.config.env;
    const has = (asked: string[], given: unknown[]) =>
      asked.length === 0 || asked.some((one) => given.includes(one));
    if (!has(classes, [acr])) throw tooWeak('ROLLCALL_OIDC_ACR');
    if (!has(means, [amr].flat())) throw tooWeak('ROLLCALL_OIDC_AMR');
  }

  /**
   * What the provider publishes of itself; it is asked once.
   * @returns `audience`: our client id there
   * @throws Problem NOT_FOUND, SSO_UNAVAILABLE
   */
  async published(): Promise<{ issuer: string; audience: string; jwksUri: string }> {
    const { issuer, jwks_uri: jwksUri } = (await this.provider()).serverMetadata();
    if (jwksUri === undefined) throw unavailable(new Error('the provider publishes no keys'));
    return { issuer, audience: this.requireSetUp().id, jwksUri };
  }

  /** Asks nobody. @throws Problem NOT_FOUND */
  requireSetUp(): { issuer: string; id: string } {
    const { ROLLCALL_OIDC_ISSUER: issuer, ROLLCALL_OIDC_CLIENT_ID: id } = this.config.env;
    if (issuer === undefined || id === undefined) {
      throw new Problem('NOT_FOUND', 'Single sign-on is not set up: ROLLCALL_OIDC_ISSUER');
    }
    return { issuer, id };
  }

  /** Found out once; a provider that did not answer is asked again. */
  private async provider(): Promise<oidc.Configuration> {
    const { issuer, id } = this.requireSetUp();
    this.discovered ??= this.discover(new URL(issuer), id);
    return this.discovered.catch((cause: unknown) => {
      this.discovered = undefined;
      throw unavailable(cause);
    });
  }

  private async discover(issuer: URL, id: string): Promise<oidc.Configuration> {
    const authentication = oidc.ClientSecretBasic(this.config.env.ROLLCALL_OIDC_CLIENT_SECRET);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so only to stand out; production has https alone, see config/checks.ts
    const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    return oidc.discovery(issuer, id, undefined, authentication, { execute, timeout: TIMEOUT_SECONDS });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function tooWeak(setting: string): Problem {
  return new Problem('SSO_REFUSED', `The provider does not say that the log-in was as ${setting} demands`);
}

export function unavailable(cause: unknown): Problem {
  return new Problem('SSO_UNAVAILABLE', 'Local accounts still log in', {
    cause,
    retryAfterSeconds: RETRY_SECONDS,
  });
}

/** The provider did not answer, in contrast to one that refused: `fetch` fails without a code of OAuth. */
function isAway(error: unknown): boolean {
  const code = errnoOf(error);
  return code === undefined || code === 'OAUTH_TIMEOUT';
}
