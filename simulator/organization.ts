import type { Answer, HttpCaller, Outgoing } from './http.js';

/** Where the client id and secret go: the guide says both "in the body" and "in the header of request". */
export type CredentialsPlace = 'body' | 'basic' | 'headers';

/** What the organization registered in eNROLL's panel. */
export interface Organization {
  tokenUrl: string;
  successUrl: string;
  failUrl: string;
  clientId: string;
  clientSecret: string;
  credentialsIn?: CredentialsPlace;
}

interface HeldToken {
  text: string;
  /** Epoch milliseconds. */
  goodUntilMs: number;
}

const EARLY_MS = 30_000;

/** The organization at its usual paths below one address. */
export function organizationAt(
  baseUrl: string,
  client: Pick<Organization, 'clientId' | 'clientSecret' | 'credentialsIn'>,
): Organization {
  const base = baseUrl.replace(/\/+$/, '');
  return {
    ...client,
    tokenUrl: `${base}/oauth/token`,
    successUrl: `${base}/callbacks/success`,
    failUrl: `${base}/callbacks/fail`,
  };
}

/** Thrown where the organization gives no token. */
export class NoToken extends Error {
  constructor(readonly answer: Answer) {
    super(`the token URL answered ${answer.status === 0 ? (answer.failure ?? 'nothing') : answer.status}`);
  }
}

/** The organization's token: asked for once, kept until shortly before it expires. */
export class OrganizationToken {
  /** How often the token URL was called. */
  requests = 0;
  private held: HeldToken | undefined;
  private asking: Promise<HeldToken> | undefined;

  constructor(
    private readonly organization: Organization,
    private readonly caller: HttpCaller,
  ) {}

  /**
   * A token that is still good and is not the `refused` one; many callers at once cause one request.
   * @throws NoToken
   */
  async text(refused?: string): Promise<string> {
    const held = this.held;
    if (held !== undefined && held.text !== refused && held.goodUntilMs > Date.now()) return held.text;
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return (await this.asking).text;
  }

  private async ask(): Promise<HeldToken> {
    this.requests += 1;
    const answer = await this.caller.post(tokenRequest(this.organization));
    const token = answer.status === 200 ? readToken(answer.body) : undefined;
    if (token === undefined) throw new NoToken(answer);
    const lifeMs = token.expires_in * 1000;
    this.held = {
      text: token.access_token,
      goodUntilMs: Date.now() + Math.max(lifeMs - EARLY_MS, lifeMs / 2),
    };
    return this.held;
  }
}

/** The token request as the guide has it, with the credentials in one of the three places it may mean. */
function tokenRequest({ tokenUrl, clientId, clientSecret, credentialsIn = 'body' }: Organization): Outgoing {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (credentialsIn === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  } else if (credentialsIn === 'basic') {
    // RFC 6749 2.3.1: both are form-encoded before they are joined
    const pair = [clientId, clientSecret].map((text) => new URLSearchParams({ text }).toString().slice(5));
    headers.authorization = `Basic ${Buffer.from(pair.join(':')).toString('base64')}`;
  } else {
    headers.client_id = clientId;
    headers.client_secret = clientSecret;
  }
  return { url: tokenUrl, headers, body: Buffer.from(form.toString()) };
}

function readToken(body: string): { access_token: string; expires_in: number } | undefined {
  try {
    const { access_token, expires_in } = JSON.parse(body) as Record<string, unknown>;
    return typeof access_token === 'string' && typeof expires_in === 'number'
      ? { access_token, expires_in }
      : undefined;
  } catch {
    return undefined;
  }
}
