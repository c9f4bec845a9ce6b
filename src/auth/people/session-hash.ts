import { Injectable } from '@nestjs/common';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { PeopleSeal, type SealedSession } from './people-seal.js';

/** How sessions are stored: by a keyed hash of their secret, sealed for the person whom they open for. */
@Injectable()
export class SessionHash {
  constructor(
    private readonly hash: CredentialHash,
    private readonly seal: PeopleSeal,
  ) {}

  /** By key of the ring; the first is the one to write. */
  hashesOf(secret: string): readonly [string, ...string[]] {
    return this.hash.candidates('session', secret);
  }

  sealOf(session: Omit<SealedSession, 'seal'>): string {
    return this.seal.ofSession(session)[0];
  }

  /** A session that was moved to somebody else, or made to last longer, opens nothing. */
  isOurs(row: SealedSession): boolean {
    return this.seal.isSession(row);
  }
}
