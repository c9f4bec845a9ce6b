import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../audit/audit.service.js';
import { Listener } from '../../db/listen.js';
import type { Tx } from '../../db/tx.js';
import { type Page, pageOf, readCursor, writeCursor } from '../../problem/cursor.js';
import type { PageQuery } from '../../problem/page.dto.js';
import { Problem } from '../../problem/problem.js';
import type { Scope } from '../auth.types.js';
import { CallerTable } from '../caller-table.repository.js';
import { scopesOfRoles } from '../roles.js';
import { InvitationLinks } from './invitation-links.service.js';
import { deleteInvitationOf } from './invitations.repository.js';
import type { SealedUser } from './people-seal.js';
import type { Invitation, UserState } from './people.types.js';
import { lockUser, readLiveUsers } from './sealed-users.repository.js';
import { SealedUsers } from './sealed-users.service.js';
import {
  endSessionsOf,
  findUser,
  findUserByLogin,
  forgetCredentials,
  forgetRights,
  insertUser,
  listUsers,
  type NewUser,
  replaceRecoveryCodes,
  updateUser,
  type UserChange,
  type UserRow,
  USERS_CHANNEL,
} from './users.repository.js';

const LIST = 'users';
const Key = z.tuple([z.uuid()]);

/** A person as an administrator sees them. */
export interface UserSummary {
  id: string;
  login: string;
  name: string;
  roles: readonly string[];
  state: UserState;
  createdAt: Date;
  lastLoginAt: Date | null;
}

/** A person who is not disabled, with what their roles allow. */
export interface LiveUser {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Microseconds since 1970: sessions of this moment and earlier are void. */
  readonly sessionsFrom: number;
  /** Known by the identity provider, which is asked again soon. */
  readonly isProvided: boolean;
  readonly scopes: readonly Scope[];
  readonly granted: ReadonlySet<Scope>;
}

/** The people who may use Rollcall: looked up in memory, administered in the database. */
@Injectable()
export class Users implements OnModuleInit {
  private readonly log = new Logger(Users.name);
  private readonly table: CallerTable<Map<string, LiveUser>>;

  constructor(
    private readonly connection: DataSource,
    listener: Listener,
    audit: Audit,
    private readonly links: InvitationLinks,
    private readonly sealed: SealedUsers,
  ) {
    const read = async (tx: Tx) => byId((await readLiveUsers(tx)).filter((row) => this.sealed.isOurs(row)));
    this.table = new CallerTable(connection, audit, listener, { noun: 'user', channel: USERS_CHANNEL, read });
  }

  async onModuleInit(): Promise<void> {
    await this.table.listen();
    await this.sealed.sealOlder();
    this.table.drop();
  }

  /** Undefined where the person is disabled, or nobody. */
  async find(id: string): Promise<LiveUser | undefined> {
    return (await this.table.current()).get(id);
  }

  /** By login. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<Page<UserSummary>> {
    const [after] = cursor === undefined ? [null] : readCursor(LIST, Key, cursor);
    await this.sealed.sealOlder();
    const rows = await listUsers(this.connection.manager, after, limit + 1);
    return pageOf(
      rows.map((row) => this.summaryOf(row)),
      limit,
      ({ id }) => writeCursor(LIST, id),
    );
  }

  /** @throws Problem NOT_FOUND */
  async read(id: string): Promise<UserSummary> {
    const user = await findUser(this.connection.manager, id);
    if (user === undefined) throw new Problem('NOT_FOUND', 'There is no such person');
    return this.summaryOf(user);
  }

  /** @throws Problem NOT_FOUND */
  async readByLogin(login: string): Promise<UserSummary> {
    const user = await findUserByLogin(this.connection.manager, login);
    if (user === undefined) throw new Problem('NOT_FOUND', 'There is no person with this login');
    return this.summaryOf(user);
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
        if (id === undefined) return false;
        invited = await this.links.make(tx, { id, login: user.login });
        return this.sealed.sealNow(tx, id);
      },
      { roles: user.roles },
    );
    if (invited === undefined)
      throw new Problem('CONFLICT', 'This login is taken: reset its person to get a new link');
    return invited;
  }

  /**
   * A new link for somebody who lost the first one, the password or the second factor. Whatever they had opens nothing any
   * more, at once. A row that something else has changed loses its roles, too, and is Rollcall's again.
   * @param evenLastAdmin for those with a shell, who can invite another one
   * @throws Problem NOT_FOUND, CONFLICT
   */
  async reset(by: string, id: string, evenLastAdmin = false): Promise<Invitation> {
    const { login } = await this.read(id);
    let invited: Invitation | undefined;
    await this.table.change(by, 'reset', login, async (tx) => {
      if (!evenLastAdmin) await this.requireOtherAdmin(tx, id);
      const row = await lockUser(tx, id);
      if (row === undefined || !(await forgetCredentials(tx, id))) return false;
      if (!this.sealed.isOurs(row)) await forgetRights(tx, id);
      await replaceRecoveryCodes(tx, id, []);
      invited = await this.links.make(tx, { id, login });
      return this.sealed.sealNow(tx, id);
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
      if (!staysAdmin) await this.requireOtherAdmin(tx, id);
      if (disabled === true) await deleteInvitationOf(tx, id);
      return this.sealed.change(tx, id, () => updateUser(tx, id, change));
    };
    // a name is personal: the audit says that it changed
    const recorded = { ...(detail.roles && { roles: detail.roles }), ...(detail.name && { name: true }) };
    await this.table.change(by, verb, login, work, recorded);
    return this.read(id);
  }

  /** @throws Problem NOT_FOUND */
  async endSessions(by: string, id: string): Promise<void> {
    const { login } = await this.read(id);
    await this.table.change(by, 'end-sessions', login, (tx) =>
      this.sealed.change(tx, id, () => endSessionsOf(tx, id)),
    );
  }

  /**
   * One transaction in which a person is changed by themselves or by the identity provider, sealed, recorded and announced.
   * @returns what `work` says
   */
  async changeOwn(
    by: string,
    verb: string,
    { id, login }: { id: string; login: string },
    work: (tx: Tx) => Promise<boolean>,
    detail = {},
  ): Promise<boolean> {
    const sealed = (tx: Tx) => this.sealed.change(tx, id, () => work(tx));
    return this.table.change(by, verb, login, sealed, detail);
  }

  /**
   * What the identity provider says of somebody now. Its word counts also where it leaves no active administrator, local or its
   * own: then the log and the audit say so. `rollcall user invite` makes another one.
   */
  async changeProvided(
    by: string,
    { id, login }: { id: string; login: string },
    change: { name: string; roles: readonly string[] },
  ): Promise<void> {
    const detail: { roles: readonly string[]; lastAdmin?: true } = { roles: change.roles };
    const work = async (tx: Tx) => {
      const admins = change.roles.includes('admin') ? [] : await this.sealed.lockAdmins(tx);
      if (admins.length === 1 && admins[0] === id) detail.lastAdmin = true;
      return this.sealed.change(tx, id, () => updateUser(tx, id, change));
    };
    await this.table.change(by, 'change', login, work, detail);
    if (detail.lastAdmin) {
      this.log.warn(
        { code: 'NO_ADMIN_LEFT', userId: id },
        'The identity provider took the role of the last administrator away: rollcall user invite makes another one',
      );
    }
  }

  /** Disables a person whom the next start in production must not let in, even where nobody else administers people. */
  async shut(by: string, { id, login }: { id: string; login: string }): Promise<void> {
    await this.changeOwn(by, 'disable', { id, login }, (tx) => updateUser(tx, id, { disabled: true }));
  }

  /** As `changeOwn`, for somebody who is made by it. @param work answers their id, or undefined where nobody was made */
  async create(
    by: string,
    login: string,
    work: (tx: Tx) => Promise<string | undefined>,
    detail = {},
  ): Promise<boolean> {
    const sealed = async (tx: Tx) => {
      const id = await work(tx);
      return id !== undefined && this.sealed.sealNow(tx, id);
    };
    return this.table.change(by, 'create', login, sealed, detail);
  }

  /** @throws Problem CONFLICT where this is the only one who can administer people */
  private async requireOtherAdmin(tx: Tx, id: string): Promise<void> {
    const admins = await this.sealed.lockAdmins(tx);
    if (admins.length === 1 && admins[0] === id) {
      throw new Problem('CONFLICT', 'This is the last active administrator: make somebody else one first');
    }
  }

  private summaryOf(row: UserRow): UserSummary {
    const { id, login, name, roles, createdAt, lastLoginAt } = row;
    return { id, login, name, roles, state: this.stateOf(row), createdAt, lastLoginAt };
  }

  private stateOf(row: UserRow): UserState {
    if (!this.sealed.isOurs(row)) return 'tampered';
    if (row.isDisabled) return 'disabled';
    return row.isActive ? 'active' : 'invited';
  }
}

function byId(rows: SealedUser[]): Map<string, LiveUser> {
  return new Map(
    rows.map(({ id, login, name, roles, sessionsFrom, subject }) => {
      const scopes = scopesOfRoles(roles);
      const isProvided = subject !== null;
      return [id, { id, login, name, roles, sessionsFrom, isProvided, scopes, granted: new Set(scopes) }];
    }),
  );
}
