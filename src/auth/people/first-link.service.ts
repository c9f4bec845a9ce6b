import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../../config/config.js';
import { equals, sha256 } from '../../crypto/constant-time.js';
import { Problem } from '../../problem/problem.js';
import { ROLE_NAMES } from '../roles.js';
import { generateSecret } from '../secrets.js';
import type { SealedUser } from './people-seal.js';
import { SealedUsers } from './sealed-users.service.js';
import { findProvided, insertProvided } from './users.repository.js';
import { Users } from './users.service.js';

/** As the audit names it. */
const BY = 'boot';
/** In place of an identity provider's, whose subjects begin with the URL of their issuer. It has no password, and its sessions last an hour. */
const SUBJECT = 'rollcall first-link';
const PERSON = { subject: SUBJECT, login: 'first-admin@localhost', name: 'First admin', roles: ROLE_NAMES };
const OPEN_MS = 15 * 60_000;

/**
 * Outside production, the link of the banner: it opens the console once, as an administrator with every role, within 15 minutes of
 * the start. Its token is in the memory of this process alone. In production there is none, and the person that another start has
 * made is disabled.
 */
@Injectable()
export class FirstLink {
  private open: { digest: Buffer; untilMs: number } | undefined;

  constructor(
    private readonly connection: DataSource,
    private readonly config: Config,
    private readonly users: Users,
    private readonly sealed: SealedUsers,
  ) {}

  /** To be called at each start of a server. @returns the token of the link; undefined where there is none */
  async begin(): Promise<string | undefined> {
    if (this.config.production) return this.shut();
    if (this.config.env.ROLLCALL_ROLE === 'worker') return undefined;
    await this.users.create(BY, PERSON.login, (tx) => insertProvided(tx, PERSON), { roles: PERSON.roles });
    if ((await this.person()) === undefined) return undefined;
    const token = generateSecret('rcf');
    this.open = { digest: sha256(token), untilMs: Date.now() + OPEN_MS };
    return token;
  }

  /** @returns who is let in, this once @throws Problem INVITATION_INVALID */
  async use(token: string): Promise<{ id: string; login: string }> {
    const { open } = this;
    if (open === undefined || Date.now() > open.untilMs || !equals(sha256(token), open.digest))
      throw new Problem('INVITATION_INVALID');
    this.open = undefined;
    const person = await this.person();
    if (person === undefined) throw new Problem('INVITATION_INVALID');
    return person;
  }

  /** Undefined where an administrator has disabled them, or something else than Rollcall has changed the row. */
  private async person(): Promise<SealedUser | undefined> {
    const found = await findProvided(this.connection.manager, SUBJECT);
    return found !== undefined && !found.isDisabled && this.sealed.isOurs(found) ? found : undefined;
  }

  private async shut(): Promise<undefined> {
    const found = await findProvided(this.connection.manager, SUBJECT);
    if (found === undefined || found.isDisabled) return;
    await this.users.shut(BY, found);
  }
}
