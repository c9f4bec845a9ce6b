import { Injectable } from '@nestjs/common';
import { CompactSign } from 'jose';
import { EntityManager } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { countGaps } from './gaps.repository.js';
import type { SignedStatementDto, StatementDto } from './reconciliation.dto.js';
import { periodOf, Reconciliation } from './reconciliation.service.js';
import { runsCovering } from './runs.repository.js';
import { publicJwk, publicJwks, type PublicJwk, statementKey } from './statement-keys.js';
import { countReported, countUnsettled } from './reported.repository.js';
import { uncoveredParts } from './uncovered-parts.js';

const MAX_NAMED_RUNS = 100;

/** What can be said, and signed, about the completeness of a period. */
@Injectable()
export class Statements {
  /** Made once: anyone may ask for them. */
  private published: Promise<PublicJwk[]> | undefined;

  constructor(
    private readonly connection: EntityManager,
    private readonly keyRing: KeyRing,
    private readonly config: Config,
    private readonly reconciliation: Reconciliation,
  ) {}

  /**
   * Says how many applicants eNROLL enrolled in a period, and how many of them are here. Read in one snapshot.
   * @throws Problem BAD_REQUEST, ENROLL_NOT_CONFIGURED
   */
  async state(asked: { from: string; to: string }): Promise<SignedStatementDto> {
    this.reconciliation.requireConfigured();
    const statement = await this.about(periodOf(asked));
    return { statement, jws: await this.sign(statement) };
  }

  /** The public keys, as a JWK set (RFC 7517). */
  async jwks(): Promise<{ keys: PublicJwk[] }> {
    this.published ??= publicJwks(this.keyRing);
    return { keys: await this.published };
  }

  private async about({ from, to }: { from: Date; to: Date }): Promise<StatementDto> {
    return this.connection.transaction('REPEATABLE READ', async (tx) => {
      const runs = await runsCovering(tx, from, to);
      const { expected, received, late } = await countReported(tx, from, to);
      const { healed, ignored, open, longestLateSeconds } = await countGaps(tx, from, to);
      const unsettled = await countUnsettled(tx, from, to);
      const uncovered = uncoveredParts({ from, to }, runs);
      return {
        issuer: this.config.publicUrl,
        statedAt: new Date().toISOString(),
        period: spelled({ from, to }),
        // a gap that was put aside is not open, and its applicant is missing all the same
        complete:
          uncovered.length === 0 &&
          open === 0 &&
          received === expected &&
          Object.values(unsettled).every((n) => n === 0),
        uncovered: uncovered.map(spelled),
        expected,
        received,
        late,
        healed,
        ignored,
        open,
        ...unsettled,
        longestLateSeconds,
        runs: runs.slice(-MAX_NAMED_RUNS).map(({ id }) => id),
      };
    });
  }

  private async sign(statement: StatementDto): Promise<string> {
    const key = statementKey(this.keyRing.current);
    const { kid } = await publicJwk(key);
    return new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'rollcall-statement+jws', cty: 'json' })
      .sign(key);
  }
}

function spelled({ from, to }: { from: Date; to: Date }): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}
