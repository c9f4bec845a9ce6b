import type { Tx } from '../../db/tx.js';
import type { SealedUser } from './people-seal.js';
import { IS_ACTIVE, SEALED } from './sealed-users.repository.js';

/** Channel on which writes to `users` are announced to all replicas. */
export const USERS_CHANNEL = 'rollcall_users';

/** A row as an administrator needs it; its seal decides whether it is believed. */
export interface UserRow extends SealedUser {
  isActive: boolean;
  createdAt: Date;
  lastLoginAt: Date | null;
}

export interface NewUser {
  login: string;
  name: string;
  roles: readonly string[];
}

export interface UserChange {
  name?: string;
  roles?: readonly string[];
  disabled?: boolean;
}

export interface SecondFactorRow {
  totpSecret: Buffer;
  totpStep: number;
  codeFailures: number;
}

/** A person whom the identity provider knows. Unique index on the subject. */
export async function findProvided(tx: Tx, subject: string): Promise<SealedUser | undefined> {
  const [row] = await tx.query<SealedUser[]>(`select ${SEALED} from users where subject = $1`, [subject]);
  return row;
}

/** @returns the id; undefined where the login or the subject is there already; unique indexes on both */
export async function insertProvided(
  tx: Tx,
  user: NewUser & { subject: string },
): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into users (login, name, roles, subject) values ($1, $2, $3::text[], $4) on conflict do nothing returning id`,
    [user.login, user.name, user.roles, user.subject],
  );
  return row?.id;
}

const ROW = `${SEALED}, ${IS_ACTIVE} as "isActive", created_at as "createdAt", last_login_at as "lastLoginAt"`;

/**
 * People by login; unique index on the login.
 * @param after id of the one before; null: from the beginning
 */
export async function listUsers(tx: Tx, after: string | null, limit: number): Promise<UserRow[]> {
  const from = after === null ? "''" : '(select u.login from users u where u.id = $2)';
  const values = after === null ? [limit] : [limit, after];
  return tx.query<UserRow[]>(
    `select ${ROW} from users where login > ${from} order by login limit $1`,
    values,
  );
}

/** By primary key. */
export async function findUser(tx: Tx, id: string): Promise<UserRow | undefined> {
  const [row] = await tx.query<UserRow[]>(`select ${ROW} from users where id = $1`, [id]);
  return row;
}

/** Unique index on the login. */
export async function findUserByLogin(tx: Tx, login: string): Promise<UserRow | undefined> {
  const [row] = await tx.query<UserRow[]>(`select ${ROW} from users where login = $1`, [login]);
  return row;
}

/** @returns the id, or undefined where the login is taken; unique index on the login */
export async function insertUser(tx: Tx, user: NewUser): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }[]>(
    `insert into users (login, name, roles) values ($1, $2, $3::text[]) on conflict (login) do nothing returning id`,
    [user.login, user.name, user.roles],
  );
  return row?.id;
}

/** What is absent stays. Whoever is disabled has no sessions any more. By primary key. @returns false where nobody has this id */
export async function updateUser(tx: Tx, id: string, change: UserChange): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    `update users set name = coalesce($2, name), roles = coalesce($3::text[], roles),
            disabled_at = case $4::boolean when true then coalesce(disabled_at, now()) when false then null else disabled_at end,
            sessions_from = case when $4 then clock_timestamp() else sessions_from end
      where id = $1`,
    [id, change.name ?? null, change.roles ?? null, change.disabled ?? null],
  );
  return rows[1] === 1;
}

/** All sessions so far are void; by primary key. @returns false where nobody has this id */
export async function endSessionsOf(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    'update users set sessions_from = clock_timestamp() where id = $1',
    [id],
  );
  return rows[1] === 1;
}

/** Password, second factor and sessions open nothing any more; by primary key. @returns false where nobody has this id */
export async function forgetCredentials(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    `update users set password = null, totp_secret = null, code_failures = 0, sessions_from = clock_timestamp()
      where id = $1`,
    [id],
  );
  return rows[1] === 1;
}

/** Another password, and no session so far opens anything any more; by primary key. @returns false where nobody has this id */
export async function changePassword(tx: Tx, id: string, password: string): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    'update users set password = $2, sessions_from = clock_timestamp() where id = $1',
    [id, password],
  );
  return rows[1] === 1;
}

/** Of a row that something else has changed: what it says is not believed, so nothing of it stays. By primary key. */
export async function forgetRights(tx: Tx, id: string): Promise<void> {
  await tx.query(`update users set roles = '{}', subject = null where id = $1`, [id]);
}

/** Somebody who may log in by a password; unique index on the login. */
export async function findWithPassword(tx: Tx, login: string): Promise<SealedUser | undefined> {
  const [row] = await tx.query<SealedUser[]>(
    `select ${SEALED} from users where login = $1 and disabled_at is null and password is not null`,
    [login],
  );
  return row;
}

/** Locked until the end of `tx`, so that of two log-ins with one code the second sees that it was used; by primary key. */
export async function lockSecondFactor(tx: Tx, id: string): Promise<SecondFactorRow | undefined> {
  const [row] = await tx.query<SecondFactorRow[]>(
    `select totp_secret as "totpSecret", totp_step::float8 as "totpStep", code_failures as "codeFailures" from users
      where id = $1 and disabled_at is null and totp_secret is not null for update`,
    [id],
  );
  return row;
}

/** By primary key. */
export async function countCodeFailure(tx: Tx, id: string): Promise<void> {
  await tx.query('update users set code_failures = code_failures + 1 where id = $1', [id]);
}

/** The second factor was right. @param step the time step of the code; null for a recovery code. By primary key */
export async function passSecondFactor(tx: Tx, id: string, step: number | null): Promise<void> {
  await tx.query('update users set code_failures = 0, totp_step = coalesce($2, totp_step) where id = $1', [
    id,
    step,
  ]);
}

/** Works once; by primary key. @param hashes candidates @returns false where it is unknown, somebody else's or used */
export async function spendRecoveryCode(tx: Tx, userId: string, hashes: readonly string[]): Promise<boolean> {
  const rows = await tx.query<[unknown[], number]>(
    `update recovery_codes set used_at = now() where hash = any($1::text[]) and user_id = $2 and used_at is null`,
    [hashes, userId],
  );
  return rows[1] === 1;
}

/** Index recovery_codes_user. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.query('delete from recovery_codes where user_id = $1', [userId]);
  await tx.query('insert into recovery_codes (hash, user_id) select unnest($1::text[]), $2::uuid', [
    hashes,
    userId,
  ]);
}
