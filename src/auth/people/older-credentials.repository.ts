import type { Tx } from '../../db/tx.js';
import { SESSIONS_CHANNEL } from './sessions.repository.js';

/** Credentials that are kept as hashes alone: nobody can hash them anew under another key. */
export interface OlderCredentials {
  sessions: number;
  invitations: number;
  recoveryCodes: number;
}

const SESSIONS = 'user_sessions where created_at < $1';
const INVITATIONS = 'invitations where expires_at > now() and (created_at is null or created_at < $1)';
const RECOVERY_CODES = 'recovery_codes where used_at is null and (created_at is null or created_at < $1)';

/** Those made before a moment. Small tables, read whole. */
export async function countOlderCredentials(tx: Tx, before: Date): Promise<OlderCredentials> {
  const rows = await tx.query<OlderCredentials[]>(
    `select (select count(*)::int from ${SESSIONS}) as sessions, (select count(*)::int from ${INVITATIONS}) as invitations,
       (select count(*)::int from ${RECOVERY_CODES}) as "recoveryCodes"`,
    [before],
  );
  return rows[0] ?? { sessions: 0, invitations: 0, recoveryCodes: 0 };
}

/** Ends those made before a moment, on every replica: people log in again, and make their recovery codes anew. */
export async function endOlderCredentials(tx: Tx, before: Date): Promise<void> {
  for (const those of [SESSIONS, INVITATIONS, RECOVERY_CODES])
    await tx.query(`delete from ${those}`, [before]);
  await tx.query(`select pg_notify('${SESSIONS_CHANNEL}', '')`);
}
