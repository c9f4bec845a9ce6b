import { UpstreamFault } from './upstream-fault.js';

const MARGIN_MS = 60_000;
const REFUSAL_LIVES_MS = 10_000;
/** For tokens without an end, or with an end in the past. A 401 corrects this guess. */
const GUESSED_LIFE_MS = 5 * 60_000;

/** A bearer token of the query API. */
export interface IssuedToken {
  token: string;
  /** By our clock. Undefined if the answer does not say. */
  expiresAt: Date | undefined;
}

/**
 * The one token of this process. We ask for it again 60 s before its end, or after half its life if it lives less than
 * two minutes. One caller asks while the others wait (M9). We remember a refusal of our credentials for 10 s, so that we
 * do not send a wrong secret with each call.
 */
export class EnrollTokens {
  private held: (IssuedToken & { freshUntilMs: number }) | undefined;
  private flight: Promise<IssuedToken> | undefined;
  private refusal: { error: UpstreamFault; untilMs: number } | undefined;

  constructor(
    private readonly mint: () => Promise<IssuedToken>,
    private readonly now: () => number = Date.now,
  ) {}

  /** A token that is fresh as far as we know. @throws the error of `mint` */
  async current(): Promise<IssuedToken> {
    if (this.held !== undefined && this.now() < this.held.freshUntilMs) return this.held;
    if (this.refusal !== undefined && this.now() < this.refusal.untilMs) throw this.refusal.error;
    this.flight ??= this.fetch().finally(() => (this.flight = undefined));
    return this.flight;
  }

  /** Another token than `stale`, which eNROLL just refused with 401. */
  renewed(stale: string): Promise<IssuedToken> {
    if (this.held?.token === stale) this.held = undefined;
    return this.current();
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
      if (error instanceof UpstreamFault && [401, 403].includes(error.facts.status ?? 0)) {
        this.refusal = { error, untilMs: this.now() + REFUSAL_LIVES_MS };
      }
      throw error;
    }
  }
}
