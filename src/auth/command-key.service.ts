import { randomBytes } from 'node:crypto';
import { insertAuditEntries } from '../audit/audit.repository.js';
import { CredentialHash } from '../crypto/credential-hash.js';
import type { KeyRing } from '../crypto/key-ring.js';
import { withClient } from '../db/bounded-client.js';
import { inTransaction } from '../db/in-transaction.js';
import { connectionOptions } from '../db/pool-options.js';
import { ApiKeySeal, UNLIMITED } from './api-key-seal.js';
import { deleteCommandKey, insertCommandKey } from './command-keys.repository.js';
import { generateSecret } from './secrets.js';

const LIVES_MS = 10 * 60_000;

/** Opens the management API for one command. */
export interface CommandKey {
  readonly key: string;
  /** Takes it away again, at once and on every replica. */
  end(): Promise<void>;
}

/**
 * A key for a command beside the server: whoever has the database and the key ring may do everything anyway. It opens the API
 * from `addresses` alone and until the command ends, or ten minutes where that was killed. It is recorded once, as `apikey.create`.
 * @param by `cli:<user>@<host>`, as which the audit names what is done with it
 */
export async function makeCommandKey(
  databaseUrl: string,
  ring: KeyRing,
  by: string,
  addresses: string[],
): Promise<CommandKey> {
  const key = generateSecret('rca');
  const name = `${by} #${randomBytes(4).toString('hex')}`;
  const expiresAt = new Date(Date.now() + LIVES_MS);
  const rights = { ...UNLIMITED, name, scopes: ['*' as const], expiresAt, allowAddresses: addresses };
  const row = new ApiKeySeal(new CredentialHash(ring)).rowOf(key, rights);
  const detail = { scopes: row.scopes, expiresAt, allowAddresses: addresses };
  const options = connectionOptions(databaseUrl, 'rollcall-command');
  await withClient(options, (client) =>
    inTransaction(client, async () => {
      await insertCommandKey(client, row);
      await insertAuditEntries(client, [
        { actor: by, action: 'apikey.create', subject: `apikey:${name}`, detail },
      ]);
    }),
  );
  return { key, end: () => withClient(options, (client) => deleteCommandKey(client, name)) };
}
