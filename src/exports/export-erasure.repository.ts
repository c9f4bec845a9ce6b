import type { Tx } from '../db/tx.js';
import { LEAVE } from './exports.repository.js';

/**
 * Withdraws files that were begun after `since` and before `restrictedAt`: finished ones fail, unfinished ones begin anew. A
 * table of few rows.
 * @returns how many
 */
export async function withdrawExports(tx: Tx, since: Date, restrictedAt: Date): Promise<number> {
  const rows = await tx.query<unknown[]>(
    `with gone as (
       select id, attempt, parts from exports
       where state in ('ready', 'running') and started_at <= $2 and coalesce(finished_at, 'infinity') >= $1
       for update
     ), withdrawn as (
       update exports e set state = case e.state when 'ready' then 'failed' else 'waiting' end, attempt = null, parts = 0,
         error_code = case e.state when 'ready' then 'APPLICANT_ERASED' end, lease_until = null, next_attempt_at = now(),
         started_at = case e.state when 'ready' then e.started_at end
       from gone g where e.id = g.id returning e.id
     ), left_behind as (${LEAVE})
     select id from withdrawn`,
    [since, restrictedAt],
  );
  return rows.length;
}
