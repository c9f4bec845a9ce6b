import { UpstreamFault } from './upstream-fault.js';

const MARGIN_MS = 60_000;
const REFUSAL_LIVES_MS = 10_000;
/** For tokens that do not say when they end, or ended before they came: a 401 corrects what this guesses. */
const GUESSED_LIFE_MS = 5 * 60_000;

/** A bearer token of the query API. */
export interface IssuedToken {
  token: string;
  /** By our clock; undefined where the answer does not say. */
  expiresAt: Date | undefined;
}

/**
 * The one token of this process. It is asked for once per life less 60 s (less half of it where it lives under two
 * minutes), by one caller while the others wait (M9). A refusal of our credentials is remembered for 10 s, so that a
 * wrong secret is not hammered in with every call.
 */
export class EnrollTokens {
  private held: (IssuedToken & { freshUntilMs: number }) | undefined;
  private flight: Promise<IssuedToken> | undefined;
  private refusal: { error: UpstreamFault; untilMs: number } | undefined;

  constructor(
    private readonly mint: () => Promise<IssuedToken>,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token that is fresh as far as we know. @throws what `mint` throws */
  current(): Promise<IssuedToken> {
    if (this.held !== undefined && this.now() < this.held.freshUntilMs) return Promise.resolve(this.held);
    return this.shared();
  }

  /** A token other than `stale`, which eNROLL has just refused with 401. */
  renewed(stale: string): Promise<IssuedToken> {
    if (this.held?.token === stale) this.held = undefined;
    return this.current();
  }

  private shared(): Promise<IssuedToken> {
    if (this.refusal !== undefined && this.now() < this.refusal.untilMs)
      return Promise.reject(this.refusal.error);
    this.flight ??= this.fetch().finally(() => (this.flight = undefined));
    return this.flight;
  }

  private async fetch(): Promise<IssuedToken> {
    try {
      const issued = await this.mint();
      const now = this.now();
      const told = issued.expiresAt === undefined ? 0 : issued.expiresAt.getTime() - now;
      const lifeMs = told > 0 ? told : GUESSED_LIFE_MS;
      this.held = { ...issued, freshUntilMs: now + lifeMs - Math.min(MARGIN_MS, lifeMs / 2) };
      return this.held;
    } catch (error) {
      if (error instanceof UpstreamFault && (error.status === 401 || error.status === 403)) {
        // whoever gets no token is refused every call: unlike the 403 of a call, that of the token is about credentials
        const { errorCode } = error;
        const refused = new UpstreamFault('status', {
          status: 401,
          ...(errorCode !== undefined && { errorCode }),
        });
        this.refusal = { error: refused, untilMs: this.now() + REFUSAL_LIVES_MS };
        throw refused;
      }
      throw error;
    }
  }
}
