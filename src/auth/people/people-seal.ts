import { Injectable } from '@nestjs/common';
import { equals } from '../../crypto/constant-time.js';
import { CredentialHash } from '../../crypto/credential-hash.js';

type Seals = readonly [string, ...string[]];

/** All of a row of `users` that decides who somebody is and what they may do. */
export interface SealedUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly password: string | null;
  readonly subject: string | null;
  readonly isDisabled: boolean;
  /** Microseconds since 1970: sessions of this moment and earlier are void. */
  readonly sessionsFrom: number;
  readonly seal: string | null;
}

/** For whom a session opens, and since when. */
export interface SealedSession {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  /** Microseconds since 1970. */
  readonly createdAt: number;
  readonly seal: string | null;
}

/** For whom a link opens, until when, and the password that its holder chose. */
export interface SealedInvitation {
  readonly hash: string;
  readonly userId: string;
  readonly password: string | null;
  readonly expiresAt: Date;
  readonly seal: string | null;
}

type Unsealed<Row> = Omit<Row, 'seal'>;

/**
 * Seals rows of people, their sessions and their links, and knows them again: HMACs that nobody makes without the key ring, so
 * who writes SQL gives nobody a role, a password or the session of somebody else. The secret of the second factor is not bound: it is
 * sealed for its person as it is (`SecondFactors`), and may be sealed anew under another key.
 */
@Injectable()
export class PeopleSeal {
  constructor(private readonly hashes: CredentialHash) {}

  /** By key of the ring; the first is the one to write. */
  ofUser(user: Unsealed<SealedUser>): Seals {
    const { id, login, name, roles, password, subject, isDisabled, sessionsFrom } = user;
    return this.seals('user-seal', [id, login, name, roles, password, subject, isDisabled, sessionsFrom]);
  }

  ofSession({ id, hash, userId, createdAt }: Unsealed<SealedSession>): Seals {
    return this.seals('session-seal', [id, hash, userId, createdAt]);
  }

  ofInvitation({ hash, userId, password, expiresAt }: Unsealed<SealedInvitation>): Seals {
    return this.seals('invitation-seal', [hash, userId, password, expiresAt.getTime()]);
  }

  /** Whether we wrote the row as it is. */
  isUser(row: SealedUser): boolean {
    return fits(row.seal, this.ofUser(row));
  }

  isSession(row: SealedSession): boolean {
    return fits(row.seal, this.ofSession(row));
  }

  isInvitation(row: SealedInvitation): boolean {
    return fits(row.seal, this.ofInvitation(row));
  }

  private seals(kind: 'user-seal' | 'session-seal' | 'invitation-seal', bound: unknown[]): Seals {
    return this.hashes.candidates(kind, JSON.stringify(bound));
  }
}

function fits(seal: string | null, right: Seals): boolean {
  return seal !== null && right.some((one) => equals(one, seal));
}
