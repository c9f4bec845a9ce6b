import type { Tx } from '../db/tx.js';
import type { CredentialsPlace } from './credentials.js';

/** The last token that a client was given. */
export interface LastToken {
  clientId: string;
  at: Date;
  /** Where the request had the credentials: in its form, in HTTP Basic, or in raw headers. */
  credentialsIn: CredentialsPlace;
}

/** Primary key, in its order: no deadlocks between processes. */
export async function writeLastTokens(tx: Tx, tokens: LastToken[]): Promise<void> {
  await tx.query(
    `insert into last_tokens as there (client_id, at, credentials_in)
     select "clientId", at, "credentialsIn"
     from jsonb_to_recordset($1::jsonb) as given ("clientId" text, at timestamptz, "credentialsIn" text) order by 1
     on conflict (client_id) do update set at = excluded.at, credentials_in = excluded.credentials_in
       where there.at < excluded.at`,
    [JSON.stringify(tokens)],
  );
}

/** The latest first. The table has one row for each client, and is read whole. */
export async function readLastTokens(tx: Tx): Promise<LastToken[]> {
  return tx.query<LastToken[]>(
    'select client_id as "clientId", at, credentials_in as "credentialsIn" from last_tokens order by at desc, client_id',
  );
}
