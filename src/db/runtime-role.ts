import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { withClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';
import { grantTo } from './rights.js';

const SCRAM_ITERATIONS = 4096;
const KEY_BYTES = 32;

export interface RuntimeRole {
  /** By which the server logs in. */
  url: string;
  /** What was done for it. */
  done: 'created' | 'renewed' | 'kept';
}

/** The role exists, and how it logs in is not known here. */
export class RoleExistsError extends Error {
  readonly code = 'ROLE_EXISTS';
}

/**
 * Makes the role that the server logs in by, where it is missing, and gives it the rights to serve: no DDL, and no change of the
 * audit. Its password is 256 random bits.
 * @param ownerUrl of a role that may create roles; that has migrated
 * @param known how the role logged in so far; kept where it still does
 * @param renew gives a role that is there already a new password
 * @throws RoleExistsError without `renew`
 */
export async function makeRuntimeRole(
  ownerUrl: string,
  role: string,
  { known, renew }: { known?: string | undefined; renew: boolean },
): Promise<RuntimeRole> {
  if (known !== undefined && (await logsIn(known, role))) {
    await grantTo(ownerUrl, role);
    return { url: known, done: 'kept' };
  }
  const password = randomBytes(KEY_BYTES).toString('base64url');
  const done = await withClient(connectionOptions(ownerUrl, 'rollcall-roles'), async (client) => {
    const { rows } = await client.query('select from pg_roles where rolname = $1', [role]);
    const exists = rows.length === 1;
    if (exists && !renew) throw new RoleExistsError(`The role ${role} is there already`);
    // the verifier, since a server may log the statement
    const verb = exists ? 'alter' : 'create';
    await client.query(
      `${verb} role ${pg.escapeIdentifier(role)} login password ${pg.escapeLiteral(scramVerifier(password))}`,
    );
    return exists ? ('renewed' as const) : ('created' as const);
  });
  await grantTo(ownerUrl, role);
  const url = new URL(ownerUrl);
  [url.username, url.password] = [encodeURIComponent(role), password];
  return { url: url.href, done };
}

async function logsIn(url: string, role: string): Promise<boolean> {
  const asked = withClient(connectionOptions(url, 'rollcall-roles'), (client) =>
    client.query<{ role: string }>('select current_user::text as role'),
  );
  return asked.then(
    ({ rows }) => rows[0]?.role === role,
    () => false,
  );
}

/** What Postgres keeps of a password (RFC 5802, 3; RFC 7677). @param password of characters that SASLprep leaves as they are */
function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, SCRAM_ITERATIONS, KEY_BYTES, 'sha256');
  const keyOf = (purpose: string) => createHmac('sha256', salted).update(purpose).digest();
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const serverKey = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${SCRAM_ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
