import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sha256 } from '../../crypto/constant-time.js';
import type { Tx } from '../../db/tx.js';
import { Problem } from '../../problem/problem.js';
import type { SealedUser } from './people-seal.js';
import { isLogin } from './people.dto.js';
import { SealedUsers } from './sealed-users.service.js';
import type { Provided } from './single-sign-on.service.js';
import { findProvided, insertProvided } from './users.repository.js';
import { Users } from './users.service.js';

const BY = 'provider';
const MAX_NAME_LENGTH = 128;

/**
 * The accounts of people whom the identity provider knows: made at their first log-in, with the roles that the provider gives
 * at each. They belong to its subject alone; a local account of the same login is somebody else's.
 */
@Injectable()
export class ProvidedUsers {
  constructor(
    private readonly connection: DataSource,
    private readonly users: Users,
    private readonly sealed: SealedUsers,
  ) {}

  /**
   * @returns the account, which may be disabled
   * @throws Problem SSO_NO_ROLE where the provider gives none. Whoever had one loses it first, in other sessions too.
   *   LOGIN_REFUSED where something else than Rollcall has changed the row
   */
  async update(provided: Provided): Promise<SealedUser> {
    const { subject, roles } = provided;
    const known = await findProvided(this.connection.manager, subject);
    const name = (provided.name ?? provided.username ?? 'unknown')
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, MAX_NAME_LENGTH);
    if (known === undefined && roles.length > 0) return this.create(provided, name);
    if (known === undefined) throw new Problem('SSO_NO_ROLE');
    if (!this.sealed.isOurs(known)) throw new Problem('LOGIN_REFUSED');
    if (known.name !== name || roles.join() !== known.roles.join()) {
      await this.users.changeProvided(BY, known, { name, roles });
    }
    if (roles.length === 0) throw new Problem('SSO_NO_ROLE');
    return known;
  }

  private async create({ subject, username = '', roles }: Provided, name: string): Promise<SealedUser> {
    const logins = [username.toLowerCase(), `sso-${sha256(subject).toString('hex').slice(0, 12)}`];
    for (const login of logins.filter(isLogin)) {
      const work = async (tx: Tx) => insertProvided(tx, { subject, login, name, roles });
      await this.users.create(BY, login, work, { roles });
      const made = await findProvided(this.connection.manager, subject);
      if (made !== undefined) return made;
    }
    throw new Error('No account could be made for a subject of the identity provider');
  }
}
