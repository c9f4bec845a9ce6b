import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../db/tx.js';
import { Problem } from '../../problem/problem.js';
import { PeopleSeal, type SealedUser } from './people-seal.js';
import {
  lockActiveAdmins,
  lockUser,
  putUserSeal,
  readAllUsers,
  renewUserSeal,
  takeUsersToSeal,
} from './sealed-users.repository.js';

/** The rows of `users`: written with their seal, and believed only with it. */
@Injectable()
export class SealedUsers {
  private readonly log = new Logger(SealedUsers.name);
  private sealing: Promise<void> | undefined;
  /** Ids of rows that the log has named. */
  private readonly reported = new Set<string>();

  constructor(
    private readonly connection: DataSource,
    private readonly seal: PeopleSeal,
  ) {}

  /** Whether we wrote the row as it is. One that we did not write opens nothing. */
  isOurs(row: SealedUser): boolean {
    if (this.seal.isUser(row)) return true;
    if (!this.reported.has(row.id)) {
      this.reported.add(row.id);
      this.log.warn(
        { code: 'USER_TAMPERED', userId: row.id },
        'A row of users was written or changed by something else than Rollcall, and opens nothing: see docs/access.md',
      );
    }
    return false;
  }

  /**
   * Changes one person, whose row is locked until the end of `tx`, and seals what becomes of it.
   * @returns what `work` says; false where nobody has this id
   * @throws Problem CONFLICT where the row is not as Rollcall wrote it: a seal would make it believed
   */
  async change(tx: Tx, id: string, work: () => Promise<boolean>): Promise<boolean> {
    const row = await lockUser(tx, id);
    if (row === undefined) return false;
    if (!this.isOurs(row)) {
      throw new Problem('CONFLICT', 'Something else than Rollcall has changed this person: reset them first');
    }
    return (await work()) && this.sealNow(tx, id);
  }

  /** Of a row that `tx` has just written. Always true, so that it may end a `work`. */
  async sealNow(tx: Tx, id: string): Promise<boolean> {
    const row = await lockUser(tx, id);
    if (row !== undefined) await putUserSeal(tx, id, this.seal.ofUser(row)[0]);
    return true;
  }

  /** Ids of all active administrators, locked until the end of `tx`. */
  async lockAdmins(tx: Tx): Promise<string[]> {
    return (await lockActiveAdmins(tx)).filter((row) => this.isOurs(row)).map(({ id }) => id);
  }

  /**
   * Seals the people of the release before, once, and puts those who are sealed under an older key of the ring under its first
   * one, so that the older one may go some day. Commands do it too: whatever starts first. The work is done once.
   */
  sealOlder(): Promise<void> {
    this.sealing ??= this.connection.transaction(async (tx) => {
      for (const row of await takeUsersToSeal(tx)) await putUserSeal(tx, row.id, this.seal.ofUser(row)[0]);
      for (const row of await readAllUsers(tx)) {
        const [seal] = this.seal.ofUser(row);
        if (seal !== row.seal && this.seal.isUser(row)) await renewUserSeal(tx, row, seal);
      }
    });
    return this.sealing;
  }
}
