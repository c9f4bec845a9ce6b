import type { Tx } from '../../db/tx.js';
import type { SealedInvitation } from './people-seal.js';

export interface InvitationRow extends SealedInvitation {
  login: string;
  name: string;
  /** Chosen with `password`, and not confirmed by a code yet. */
  totpSecret: Buffer | null;
}

const ROW = `i.hash, i.user_id as "userId", u.login, u.name, i.password, i.totp_secret as "totpSecret",
  i.expires_at as "expiresAt", i.seal`;
const LIVE = 'i.hash = any($1::text[]) and i.expires_at > now() and u.disabled_at is null';

/** One per person: an older link ends. Unique index on the person. @returns when it ends */
export async function putInvitation(tx: Tx, userId: string, hash: string, hours: number): Promise<Date> {
  const [row] = await tx.query<{ expiresAt: Date }[]>(
    `insert into invitations (hash, user_id, expires_at) values ($1, $2, now() + make_interval(hours => $3))
     on conflict (user_id) do update set hash = excluded.hash, expires_at = excluded.expires_at, password = null, totp_secret = null, seal = null
     returning expires_at as "expiresAt"`,
    [hash, userId, hours],
  );
  return row?.expiresAt as Date;
}

/** By primary key. @param hashes candidates */
export async function findInvitation(tx: Tx, hashes: readonly string[]): Promise<InvitationRow | undefined> {
  const [row] = await tx.query<InvitationRow[]>(
    `select ${ROW} from invitations i join users u on u.id = i.user_id where ${LIVE}`,
    [hashes],
  );
  return row;
}

/** Locked until the end of `tx`, so that it is accepted once; by primary key. */
export async function lockInvitation(tx: Tx, hashes: readonly string[]): Promise<InvitationRow | undefined> {
  const [row] = await tx.query<InvitationRow[]>(
    `select ${ROW} from invitations i join users u on u.id = i.user_id where ${LIVE} for update of i, u`,
    [hashes],
  );
  return row;
}

/** By primary key. */
export async function sealInvitation(tx: Tx, hash: string, seal: string): Promise<void> {
  await tx.query('update invitations set seal = $2 where hash = $1', [hash, seal]);
}

export interface Choice {
  /** Argon2id, PHC format. */
  password: string;
  totpSecret: Buffer;
  seal: string;
}

/** What the holder has chosen, until a code confirms it; by primary key. */
export async function keepChoice(tx: Tx, hash: string, choice: Choice): Promise<void> {
  await tx.query('update invitations set password = $2, totp_secret = $3, seal = $4 where hash = $1', [
    hash,
    choice.password,
    choice.totpSecret,
    choice.seal,
  ]);
}

/** The choice becomes the person's, and the link is used; by primary keys. */
export async function acceptInvitation(
  tx: Tx,
  { hash, userId, password, totpSecret }: InvitationRow,
  totpStep: number,
): Promise<void> {
  await tx.query(
    'update users set password = $2, totp_secret = $3, totp_step = $4, code_failures = 0 where id = $1',
    [userId, password, totpSecret, totpStep],
  );
  await tx.query('delete from invitations where hash = $1', [hash]);
}

/** Unique index on the person. */
export async function deleteInvitationOf(tx: Tx, userId: string): Promise<void> {
  await tx.query('delete from invitations where user_id = $1', [userId]);
}
