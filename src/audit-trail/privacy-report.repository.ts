import type { Tx } from '../db/tx.js';

export interface Period {
  from: Date;
  to: Date;
}

/** What one actor did of one kind. */
export interface Deeds {
  actor: string;
  action: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
}

export interface Deed {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  reason: string | null;
}

/** All of a period, counted. `audit_at`. */
export async function countDeeds(tx: Tx, { from, to }: Period): Promise<Deeds[]> {
  return tx.query<Deeds[]>(
    `select actor, action, count(*)::int as count, min(at) as "firstAt", max(at) as "lastAt" from audit
      where at >= $1 and at < $2 group by actor, action order by count(*) desc, actor, action`,
    [from, to],
  );
}

/** Single entries of some kinds, oldest first. `audit_at`. */
export async function listDeeds(
  tx: Tx,
  { from, to }: Period,
  actions: readonly string[],
  limit: number,
): Promise<Deed[]> {
  return tx.query<Deed[]>(
    `select id, at, actor, action, subject, reason from audit
      where at >= $1 and at < $2 and action = any($3) order by at, seq, id limit $4`,
    [from, to, actions, limit],
  );
}
