import type { Tx } from '../db/tx.js';

export interface ProbeRow {
  id: string;
  at: Date;
  url: string;
  remoteAddress: string;
  tokenValid: boolean;
}

/** Newest first: ids are UUIDv7, so the primary key is the order. */
export async function listProbes(tx: Tx, afterId: string | null, limit: number): Promise<ProbeRow[]> {
  return tx.query<ProbeRow[]>(
    `select id, at, url, remote_address as "remoteAddress", token_valid as "tokenValid" from probes
     where id < coalesce($1::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff') order by id desc limit $2`,
    [afterId, limit],
  );
}
