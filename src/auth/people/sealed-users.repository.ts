import type { Tx } from '../../db/tx.js';
import type { SealedUser } from './people-seal.js';

/** Of `users`: what the seal binds, and the seal. */
export const SEALED = `id, login, name, roles, password, subject, disabled_at is not null as "isDisabled",
  (extract(epoch from sessions_from) * 1000000)::float8 as "sessionsFrom", seal`;

/** Of `users`: has proved who they are at least once, and may log in. */
export const IS_ACTIVE = '(disabled_at is null and (password is not null or subject is not null))';

/** All who are not disabled; the table is read whole (a few hundred rows). */
export async function readLiveUsers(tx: Tx): Promise<SealedUser[]> {
  return tx.query<SealedUser[]>(`select ${SEALED} from users where disabled_at is null`);
}

/** All, also those who are disabled; the table is read whole. */
export async function readAllUsers(tx: Tx): Promise<SealedUser[]> {
  return tx.query<SealedUser[]>(`select ${SEALED} from users`);
}

/** Locked until the end of `tx`; by primary key. */
export async function lockUser(tx: Tx, id: string): Promise<SealedUser | undefined> {
  const [row] = await tx.query<SealedUser[]>(`select ${SEALED} from users where id = $1 for update`, [id]);
  return row;
}

/**
 * Locks the rows of all active administrators until the end of `tx`, in one order, so that two transactions which each take
 * one away follow each other, and the second sees what the first left; the table is read whole.
 */
export async function lockActiveAdmins(tx: Tx): Promise<SealedUser[]> {
  return tx.query<SealedUser[]>(
    `select ${SEALED} from users where 'admin' = any(roles) and ${IS_ACTIVE} order by id for update`,
  );
}

/** By primary key. */
export async function putUserSeal(tx: Tx, id: string, seal: string): Promise<void> {
  await tx.query('update users set seal = $2 where id = $1', [id, seal]);
}

/** Only while the row is as it was read: another process may have written it meanwhile. By primary key. */
export async function renewUserSeal(tx: Tx, { id, seal: before }: SealedUser, seal: string): Promise<void> {
  await tx.query('update users set seal = $2 where id = $1 and seal = $3', [id, seal, before]);
}

/**
 * Takes the people who were there before seals out of the table that the migration made, and answers those whom nobody has
 * touched since, locked. Of two processes that start at once the second one finds none.
 */
export async function takeUsersToSeal(tx: Tx): Promise<SealedUser[]> {
  return tx.query<SealedUser[]>(
    `with taken as (delete from users_to_seal returning *),
     untouched as (
       select u.id from taken t join users u using (id, login, name, roles, sessions_from)
        where u.seal is null and u.password is not distinct from t.password
          and u.subject is not distinct from t.subject and u.disabled_at is not distinct from t.disabled_at)
     select ${SEALED} from users where id in (select id from untouched) for update`,
  );
}
