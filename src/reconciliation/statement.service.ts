import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { PublishedKeys } from '../crypto/published-keys.service.js';
import { signStatement } from '../crypto/statement-keys.js';
import { countGaps } from './gaps.repository.js';
import type { JwkDto, JwksDto, PeriodQuery, SignedStatementDto, StatementDto } from './reconciliation.dto.js';
import { periodOf, Reconciliation } from './reconciliation.service.js';
import { countReported, countUnsettled } from './reported.repository.js';
import { shown } from './rows.js';
import { runsCovering } from './runs.repository.js';
import { uncoveredParts } from './uncovered-parts.js';

const MAX_NAMED_RUNS = 100;

/** Signed statements about how complete a period is. */
@Injectable()
export class Statements {
  /** Made once, since anyone may ask for them. */
  private published: Promise<JwkDto[]> | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly keyRing: KeyRing,
    private readonly config: Config,
    private readonly reconciliation: Reconciliation,
    private readonly publishedKeys: PublishedKeys,
  ) {}

  /**
   * States how many applicants eNROLL enrolled in a period, and how many of them are here. Read in one snapshot.
   * @throws Problem BAD_REQUEST, ENROLL_NOT_CONFIGURED
   */
  async state(asked: PeriodQuery): Promise<SignedStatementDto> {
    this.reconciliation.requireConfigured();
    const statement = await this.about(periodOf(asked));
    return { statement, jws: await signStatement(this.keyRing, 'rollcall-statement+jws', statement) };
  }

  /** The public keys of the ring and of retired keys as a JWK set (RFC 7517): what an earlier key has signed can be verified too. */
  async jwks(): Promise<JwksDto> {
    this.published ??= this.publishedKeys.all();
    try {
      return { keys: await this.published };
    } catch (error) {
      this.published = undefined;
      throw error;
    }
  }

  private async about({ from, to }: { from: Date; to: Date }): Promise<StatementDto> {
    return this.connection.transaction('REPEATABLE READ', async (tx) => {
      const runs = await runsCovering(tx, from, to);
      const reported = await countReported(tx, from, to);
      const { longestLateSeconds, ...gaps } = await countGaps(tx, from, to);
      const unsettled = await countUnsettled(tx, from, to);
      const uncovered = uncoveredParts({ from, to }, runs);
      return {
        issuer: this.config.publicUrl,
        statedAt: new Date().toISOString(),
        period: shown({ from, to }),
        // an ignored gap is not open, but its applicant is still missing
        complete:
          uncovered.length === 0 &&
          gaps.open === 0 &&
          reported.received === reported.expected &&
          Object.values(unsettled).every((n) => n === 0),
        uncovered: uncovered.map(shown),
        ...reported,
        ...gaps,
        ...unsettled,
        longestLateSeconds,
        runs: runs.slice(-MAX_NAMED_RUNS).map(({ id }) => id),
      };
    });
  }
}
