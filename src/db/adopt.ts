import { BoundedClient } from './bounded-client.js';
import { beginHistory, type History, latestHistory, recogniseHistory } from './histories.js';
import { connectionOptions, ENDLESS } from './pool-options.js';

const PATIENCE_MS = 60_000;

/**
 * Goes on with a database that was restored, moved or set back.
 * @param anyway begins a new history though nothing tells of it
 */
export async function adoptDatabase(
  url: string,
  anyway: boolean,
): Promise<{ begun: boolean; present: History }> {
  const client = new BoundedClient(
    connectionOptions(url, 'rollcall-adopt', { ...ENDLESS, lock: PATIENCE_MS }),
  );
  await client.connect();
  try {
    const found = await recogniseHistory(client);
    const begun = found ?? (anyway ? await beginHistory(client, 'asked') : undefined);
    return { begun: begun !== undefined, present: await latestHistory(client) };
  } finally {
    await client.end();
  }
}
