import { Injectable } from '@nestjs/common';
import type { Tx } from '../db/tx.js';
import { ApiKeySeal } from './api-key-seal.js';
import { readLiveApiKeys } from './api-keys.repository.js';
import { countOlderCredentials, endOlderCredentials } from './people/older-credentials.repository.js';
import { SigningKeys } from './signing-keys.service.js';

/** What of log-ins and tokens still hangs on an older key of the ring. */
@Injectable()
export class CredentialKeys {
  constructor(
    private readonly seal: ApiKeySeal,
    private readonly signing: SigningKeys,
  ) {}

  /**
   * By what it is. API keys are sealed anew when a server starts; access tokens end by themselves, as sessions and invitations do.
   * @param before sessions, invitations and recovery codes that are older count
   */
  async uses(tx: Tx, keyId: string, before: Date): Promise<Record<string, number>> {
    const apiKeys = (await readLiveApiKeys(tx)).filter((row) => this.seal.renewed(row) !== undefined).length;
    const accessTokens = (await this.signing.verifiesAny(keyId)) ? 1 : 0;
    return { apiKeys, accessTokens, ...(await countOlderCredentials(tx, before)) };
  }

  /** Ends sessions, invitations and recovery codes that are older. */
  async end(tx: Tx, before: Date): Promise<void> {
    await endOlderCredentials(tx, before);
  }
}
