import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { Sealer } from '../../crypto/sealer.js';
import type { Tx } from '../../db/tx.js';
import { canonicalRecoveryCode, newRecoveryCodes, newTotpSecret, stepOf } from './second-factor.js';
import {
  countCodeFailure,
  lockSecondFactor,
  passSecondFactor,
  replaceRecoveryCodes,
  type SecondFactorRow,
  spendRecoveryCode,
} from './users.repository.js';

/**
 * Wrong codes together with the right password, since the last log-in. Beyond that only a recovery code or a reset helps:
 * whoever has the password would find a code of six digits within days. Nobody without the password can bring it about.
 */
const MAX_CODE_FAILURES = 20;

/** One of the two. */
export interface GivenFactor {
  code?: string;
  recoveryCode?: string;
}

/** What people have besides their password: a secret in their authenticator, and recovery codes. Each code works once. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly connection: DataSource,
    private readonly hash: CredentialHash,
    private readonly sealer: Sealer,
  ) {}

  /** Uses up what is right. Call it only once the password was right. */
  async pass(userId: string, { code, recoveryCode }: GivenFactor): Promise<boolean> {
    return this.connection.transaction(async (tx) => {
      const held = await lockSecondFactor(tx, userId);
      if (held === undefined) return false;
      const isRecovered =
        recoveryCode !== undefined &&
        (await spendRecoveryCode(tx, userId, this.recoveryHashes(userId, recoveryCode)));
      const step = code === undefined ? undefined : this.unusedStep(userId, held, code);
      if (!isRecovered && step === undefined) {
        await countCodeFailure(tx, userId);
        return false;
      }
      await passSecondFactor(tx, userId, step ?? null);
      return true;
    });
  }

  /** A new secret for an authenticator, and how it is stored. */
  newSecret(userId: string): { secret: Buffer; sealed: Buffer } {
    const secret = newTotpSecret();
    return { secret, sealed: this.sealer.seal(secret, placeOf(userId)) };
  }

  /** The time step of a code, at most one away from now; undefined for a wrong one. */
  stepOf(userId: string, sealed: Buffer, code: string): number | undefined {
    return stepOf(this.sealer.reveal(sealed, placeOf(userId)), code);
  }

  /** @returns new recovery codes, which are shown this once; older ones end */
  async renewRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => this.recoveryHashes(userId, code)[0]);
    await replaceRecoveryCodes(tx, userId, hashes);
    return codes;
  }

  private unusedStep(userId: string, held: SecondFactorRow, code: string): number | undefined {
    if (held.codeFailures >= MAX_CODE_FAILURES) return undefined;
    const step = this.stepOf(userId, held.totpSecret, code);
    return step !== undefined && step > held.totpStep ? step : undefined;
  }

  /** Of one person: a row that is moved to somebody else opens nothing for them. */
  private recoveryHashes(userId: string, code: string) {
    return this.hash.candidates('recovery-code', `${userId}|${canonicalRecoveryCode(code)}`);
  }
}

function placeOf(userId: string): string {
  return `users.totp_secret|${userId}`;
}
