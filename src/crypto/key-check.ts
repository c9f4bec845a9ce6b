import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CryptoError } from './crypto.errors.js';
import { insertKeyCheck, type KeyCheckRow, readKeyChecks, readRetiredKeys } from './key-checks.repository.js';
import { KeyRing } from './key-ring.js';
import { Sealer } from './sealer.js';

const KNOWN_TEXT = 'rollcall';

/**
 * Finds a wrong or missing key at boot, before anything is sealed with it. `key_checks` holds one known text for each key that
 * was ever the first of a ring on this database and is not retired, sealed with that key.
 */
@Injectable()
export class KeyCheck implements OnModuleInit {
  constructor(
    private readonly connection: DataSource,
    private readonly ring: KeyRing,
    private readonly sealer: Sealer,
  ) {}

  /** @throws CryptoError KEY_WRONG, KEY_MISSING or KEY_RETIRED naming the key id and the fix */
  async onModuleInit(): Promise<void> {
    const rows = await this.verify();
    const { id } = this.ring.current;
    if (rows.some((row) => row.keyId === id)) return;
    const retired = await readRetiredKeys(this.connection);
    if (retired.some(({ keyId }) => keyId === id)) {
      throw new CryptoError(
        'KEY_RETIRED',
        `Key "${id}" was retired and seals nothing any more: put another key at the front of ROLLCALL_KEYS`,
      );
    }
    // Only after the check: a refused ring must not leave its key behind as one in use.
    await insertKeyCheck(this.connection, { keyId: id, sealed: this.sealer.seal(KNOWN_TEXT, aadOf(id)) });
    await this.verify();
  }

  /**
   * Opens the known text of every key that was ever in use; writes nothing.
   * @throws CryptoError KEY_WRONG or KEY_MISSING naming the key id and the fix
   */
  async verify(): Promise<KeyCheckRow[]> {
    const rows = await readKeyChecks(this.connection);
    for (const { keyId, sealed } of rows) {
      if (this.ring.find(keyId) === undefined) {
        throw new CryptoError(
          'KEY_MISSING',
          `This database holds data sealed with key "${keyId}", which is not in the key ring: ` +
            `add "${keyId}:<its key>" to ROLLCALL_KEYS (first the key that seals, then the others)`,
        );
      }
      if (!this.opens(keyId, sealed)) {
        throw new CryptoError(
          'KEY_WRONG',
          `Key "${keyId}" is not the one this database was sealed with: put its former value into ROLLCALL_KEYS ` +
            '(generated ones are in the file "keys" of ROLLCALL_DATA_DIR), or give the new key another id',
        );
      }
    }
    return rows;
  }

  private opens(keyId: string, sealed: Buffer): boolean {
    try {
      return this.sealer.reveal(sealed, aadOf(keyId)).toString() === KNOWN_TEXT;
    } catch (error) {
      if (error instanceof CryptoError) return false;
      throw error;
    }
  }
}

function aadOf(keyId: string): string {
  return `key_checks|${keyId}`;
}
