import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { type IssuedToken, Refusal } from './dialect.js';

const SESSION_SECONDS = 600;

/** The organization as eNROLL's tenant: its credentials and the tokens it holds. */
export class Tenant {
  private readonly expiryByToken = new Map<string, number>();

  constructor(
    readonly tenantId: string,
    readonly tenantSecret: string,
    private readonly tokenTtlSeconds: number,
  ) {}

  /** @throws Refusal 401 */
  issueToken(tenantId: string, tenantSecret: string): IssuedToken {
    this.admit(tenantId, tenantSecret);
    const issued = freshToken(this.tokenTtlSeconds);
    this.expiryByToken.set(issued.token, issued.expiresAtMs);
    return issued;
  }

  /** @throws Refusal 401 */
  startSession(tenantId: string, tenantSecret: string): IssuedToken {
    this.admit(tenantId, tenantSecret);
    return freshToken(SESSION_SECONDS);
  }

  accepts(token: string | undefined): boolean {
    return token !== undefined && (this.expiryByToken.get(token) ?? 0) > Date.now();
  }

  expireTokens(): void {
    this.expiryByToken.clear();
  }

  private admit(tenantId: string, tenantSecret: string): void {
    if (tenantId !== this.tenantId || !same(tenantSecret, this.tenantSecret)) {
      throw new Refusal(401, 'tenantId or tenantSecret is wrong');
    }
  }
}

function freshToken(ttlSeconds: number): IssuedToken {
  return { token: randomUUID(), expiresAtMs: Date.now() + ttlSeconds * 1000 };
}

function same(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(left, right);
}
