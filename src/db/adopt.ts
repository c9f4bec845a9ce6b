import pg from 'pg';
import { beginHistory, type History, latestHistory, recogniseHistory } from './histories.js';

const PATIENCE_MS = 60_000;

/**
 * Goes on with a database that was restored, moved or set back.
 * @param anyway begins a new history though nothing tells of it
 */
export async function adoptDatabase(
  url: string,
  anyway: boolean,
): Promise<{ begun: boolean; present: History }> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    application_name: 'rollcall-adopt',
    lock_timeout: PATIENCE_MS,
  });
  client.on('error', () => undefined); // the query in flight fails with the same error
  await client.connect();
  try {
    const found = await recogniseHistory(client);
    const begun = found ?? (anyway ? await beginHistory(client, 'asked') : undefined);
    return { begun: begun !== undefined, present: await latestHistory(client) };
  } finally {
    await client.end();
  }
}
