import { withClient } from '../db/bounded-client.js';
import { connectionOptions } from '../db/pool-options.js';
import { insertAuditEntries } from './audit.repository.js';
import type { AuditEntry } from './audit.types.js';

/** For commands that work on the database itself, as its owner and without the application: what they did is recorded after it. */
export async function recordCommand(databaseUrl: string, entry: AuditEntry): Promise<void> {
  await withClient(connectionOptions(databaseUrl, 'rollcall-audit'), (client) =>
    insertAuditEntries(client, [entry]),
  );
}
