import type { Tx } from '../../db/tx.js';
import type { UserState } from './people.types.js';

/** Channel on which writes to `users` are announced to all replicas. */
export const USERS_CHANNEL = 'rollcall_users';

/** Of `users`: has proved who they are at least once, and may log in. */
const IS_ACTIVE = '(disabled_at is null and (password is not null or subject is not null))';

/** A person who is not disabled. */
export interface LiveUserRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Microseconds since 1970: sessions of this moment and earlier are void. */
  readonly sessionsFrom: number;
  /** Known by the identity provider, which is asked again soon. */
  readonly isProvided: boolean;
}

/** A person as an administrator sees them. */
export interface UserSummary {
  id: string;
  login: string;
  name: string;
  roles: string[];
  state: UserState;
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

/** What a log-in is compared with. */
export interface StoredPassword {
  id: string;
  /** Argon2id, PHC format. */
  password: string;
}

export interface SecondFactorRow {
  totpSecret: Buffer;
  totpStep: number;
  codeFailures: number;
}

/** A person whom the identity provider knows. */
export interface ProvidedRow {
  id: string;
  login: string;
  name: string;
  roles: string[];
}

/** Unique index on the subject. */
export async function findProvided(tx: Tx, subject: string): Promise<ProvidedRow | undefined> {
  const [row] = await tx.query<ProvidedRow[]>('select id, login, name, roles from users where subject = $1', [
    subject,
  ]);
  return row;
}

/** @returns false where the login or the subject is there already; unique indexes on both */
export async function insertProvided(tx: Tx, user: NewUser & { subject: string }): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `insert into users (login, name, roles, subject) values ($1, $2, $3::text[], $4) on conflict do nothing returning id`,
    [user.login, user.name, user.roles, user.subject],
  );
  return rows.length === 1;
}

/** All who are not disabled; the table is read whole (a few hundred rows). */
export async function readLiveUsers(tx: Tx): Promise<LiveUserRow[]> {
  return tx.query<LiveUserRow[]>(
    `select id, login, name, roles, (extract(epoch from sessions_from) * 1000000)::float8 as "sessionsFrom",
            subject is not null as "isProvided"
       from users where disabled_at is null`,
  );
}

const SUMMARY = `id, login, name, roles, created_at as "createdAt", last_login_at as "lastLoginAt",
  case when disabled_at is not null then 'disabled' when ${IS_ACTIVE} then 'active' else 'invited' end as state`;

/** People by login, after `after`; unique index on the login. */
export async function listUsers(tx: Tx, after: string, limit: number): Promise<UserSummary[]> {
  return tx.query<UserSummary[]>(`select ${SUMMARY} from users where login > $1 order by login limit $2`, [
    after,
    limit,
  ]);
}

/** By primary key. */
export async function findUser(tx: Tx, id: string): Promise<UserSummary | undefined> {
  const [row] = await tx.query<UserSummary[]>(`select ${SUMMARY} from users where id = $1`, [id]);
  return row;
}

/** Unique index on the login. */
export async function findUserByLogin(tx: Tx, login: string): Promise<UserSummary | undefined> {
  const [row] = await tx.query<UserSummary[]>(`select ${SUMMARY} from users where login = $1`, [login]);
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

/**
 * Locks the rows of all active administrators until the end of `tx`, in one order, so that two transactions which each take
 * one away follow each other, and the second sees what the first left; the table is read whole.
 */
export async function lockActiveAdmins(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }[]>(
    `select id from users where 'admin' = any(roles) and ${IS_ACTIVE} order by id for update`,
  );
  return rows.map(({ id }) => id);
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

/** The password of an active person; unique index on the login. */
export async function findPassword(tx: Tx, login: string): Promise<StoredPassword | undefined> {
  const [row] = await tx.query<StoredPassword[]>(
    'select id, password from users where login = $1 and disabled_at is null and password is not null',
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
