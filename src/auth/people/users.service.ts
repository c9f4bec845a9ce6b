import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../audit/audit.service.js';
import { Config } from '../../config/config.js';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { Listener } from '../../db/listen.js';
import type { Tx } from '../../db/tx.js';
import { type Page, pageOf, readCursor, writeCursor } from '../../problem/cursor.js';
import type { PageQuery } from '../../problem/page.dto.js';
import { Problem } from '../../problem/problem.js';
import type { Scope } from '../auth.types.js';
import { CallerTable } from '../caller-table.repository.js';
import { scopesOfRoles } from '../roles.js';
import { generateSecret } from '../secrets.js';
import { deleteInvitationOf, putInvitation } from './invitations.repository.js';
import type { Invitation } from './people.types.js';
import {
  endSessionsOf,
  findUser,
  findUserByLogin,
  forgetCredentials,
  insertUser,
  listUsers,
  type LiveUserRow,
  lockActiveAdmins,
  type NewUser,
  readLiveUsers,
  replaceRecoveryCodes,
  updateUser,
  type UserChange,
  USERS_CHANNEL,
  type UserSummary,
} from './users.repository.js';

export const INVITATION_HOURS = 72;
const LIST = 'users';
const Key = z.tuple([z.string()]);

/** A person who is not disabled, with what their roles allow. */
export interface LiveUser extends LiveUserRow {
  readonly scopes: readonly Scope[];
  readonly granted: ReadonlySet<Scope>;
}

/** The people who may use Rollcall: looked up in memory, administered in the database. */
@Injectable()
export class Users implements OnModuleInit {
  private readonly table: CallerTable<Map<string, LiveUser>>;

  constructor(
    private readonly connection: DataSource,
    listener: Listener,
    audit: Audit,
    private readonly hash: CredentialHash,
    private readonly config: Config,
  ) {
    const read = async (tx: Tx) => byId(await readLiveUsers(tx));
    this.table = new CallerTable(connection, audit, listener, { noun: 'user', channel: USERS_CHANNEL, read });
  }

  async onModuleInit(): Promise<void> {
    await this.table.listen();
  }

  /** Undefined where the person is disabled, or nobody. */
  async find(id: string): Promise<LiveUser | undefined> {
    return (await this.table.current()).get(id);
  }

  /** By login. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<Page<UserSummary>> {
    const [after] = cursor === undefined ? [''] : readCursor(LIST, Key, cursor);
    const rows = await listUsers(this.connection.manager, after, limit + 1);
    return pageOf(rows, limit, ({ login }) => writeCursor(LIST, login));
  }

  /** @throws Problem NOT_FOUND */
  async read(id: string): Promise<UserSummary> {
    const user = await findUser(this.connection.manager, id);
    if (user === undefined) throw new Problem('NOT_FOUND', 'There is no such person');
    return user;
  }

  /** @throws Problem NOT_FOUND */
  async readByLogin(login: string): Promise<UserSummary> {
    const user = await findUserByLogin(this.connection.manager, login);
    if (user === undefined) throw new Problem('NOT_FOUND', 'There is no person with this login');
    return user;
  }

  /** @returns the link, which is shown this once @throws Problem CONFLICT where the login is taken */
  async invite(by: string, user: NewUser): Promise<Invitation> {
    let invited: Invitation | undefined;
    await this.table.change(
      by,
      'invite',
      user.login,
      async (tx) => {
        const id = await insertUser(tx, user);
        if (id !== undefined) invited = await this.newLink(tx, { id, login: user.login });
        return id !== undefined;
      },
      { roles: user.roles },
    );
    if (invited === undefined) throw new Problem('CONFLICT', 'This login is taken');
    return invited;
  }

  /**
   * A new link for somebody who lost the first one, the password or the second factor. Whatever they had opens nothing any
   * more, at once.
   * @param evenLastAdmin for those with a shell, who can invite another one
   * @throws Problem NOT_FOUND, CONFLICT
   */
  async reset(by: string, id: string, evenLastAdmin = false): Promise<Invitation> {
    const { login } = await this.read(id);
    let invited: Invitation | undefined;
    await this.table.change(by, 'reset', login, async (tx) => {
      if (!evenLastAdmin) await requireOtherAdmin(tx, id);
      if (!(await forgetCredentials(tx, id))) return false;
      await replaceRecoveryCodes(tx, id, []);
      invited = await this.newLink(tx, { id, login });
      return true;
    });
    if (invited === undefined) throw new Problem('NOT_FOUND', 'There is no such person');
    return invited;
  }

  /** Works at once on every replica, in open sessions and streams too. @throws Problem NOT_FOUND, CONFLICT */
  async change(by: string, id: string, change: UserChange): Promise<UserSummary> {
    const { login } = await this.read(id);
    const { disabled, ...detail } = change;
    const verb = disabled === undefined ? 'change' : disabled ? 'disable' : 'enable';
    const work = async (tx: Tx) => {
      const staysAdmin = disabled !== true && (change.roles?.includes('admin') ?? true);
      if (!staysAdmin) await requireOtherAdmin(tx, id);
      if (disabled === true) await deleteInvitationOf(tx, id);
      return updateUser(tx, id, change);
    };
    // a name is personal: the audit says that it changed
    const recorded = { ...(detail.roles && { roles: detail.roles }), ...(detail.name && { name: true }) };
    await this.table.change(by, verb, login, work, recorded);
    return this.read(id);
  }

  /** @throws Problem NOT_FOUND */
  async endSessions(by: string, id: string): Promise<void> {
    const { login } = await this.read(id);
    await this.table.change(by, 'end-sessions', login, (tx) => endSessionsOf(tx, id));
  }

  /** One transaction in which a person changes, recorded and announced. @returns what `work` says */
  async changeOwn(
    by: string,
    verb: string,
    login: string,
    work: (tx: Tx) => Promise<boolean>,
    detail = {},
  ): Promise<boolean> {
    return this.table.change(by, verb, login, work, detail);
  }

  private async newLink(tx: Tx, person: { id: string; login: string }): Promise<Invitation> {
    const token = generateSecret('rci');
    const [hash] = this.hash.candidates('invitation', token);
    const expiresAt = await putInvitation(tx, person.id, hash, INVITATION_HOURS);
    // a fragment is sent to no server, so it stands in no log
    return { ...person, link: `${this.config.managementUrl}/invite#${token}`, expiresAt };
  }
}

/** @throws Problem CONFLICT where this is the only one who can administer people */
async function requireOtherAdmin(tx: Tx, id: string): Promise<void> {
  const admins = await lockActiveAdmins(tx);
  if (admins.length === 1 && admins[0] === id) {
    throw new Problem('CONFLICT', 'This is the last active administrator: make somebody else one first');
  }
}

function byId(rows: LiveUserRow[]): Map<string, LiveUser> {
  return new Map(
    rows.map((row) => {
      const scopes = scopesOfRoles(row.roles);
      return [row.id, { ...row, scopes, granted: new Set(scopes) }];
    }),
  );
}
