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
    const url = oidc.buildAuthorizationUrl(provider, {
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
    };
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, new URL(this.redirectUri + search), checks);
      const claims = tokens.claims();
      if (claims === undefined) throw new Problem('SSO_REFUSED');
      return {
        subject: `${claims.iss}|${claims.sub}`,
        username: textOf(claims.preferred_username) ?? textOf(claims.email),
        name: textOf(claims.name),
        roles: this.rolesOf(claims),
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

function unavailable(cause: unknown): Problem {
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
