import type { Tx } from '../db/tx.js';
import { between, type FeedPosition, PLACE, placeOf, placeValues, allBehind } from '../feed/order.types.js';
import { cairoDayOf } from './cairo-hours.js';
import {
  addRows,
  countEvents,
  countVersions,
  VERSION_COLUMNS,
  versionColumns,
  withDays,
} from './counted.repository.js';

const WAS = VERSION_COLUMNS.map((column) => `p.${column} as was_${column}`);
const BETWEEN = between(1);

/**
 * A version adds its values to the hour of its applicant's first receipt, and takes away those of the version before. If
 * that one is no longer kept, nobody knows what to take away: the day is noted and recounted soon after. So is the day of somebody
 * who was erased: what the person was counted by is gone.
 *
 * `changes_place` of each month and `notices_place`; then the primary keys of `applicants` and `changes`,
 * once for each later version. `limit 1` keeps it at that: a join could become a scan of all months.
 */
const ROLL_UP = `
with seen as materialized (
  select c.applicant_id, c.version, c.received_at, c.changed_at, c.event, c.source, ${versionColumns('c')}
  from changes c where ${BETWEEN}
), noticed as (
  select c.noticed_at, c.event, c.applicant_id from notices c where ${BETWEEN}
), later as materialized (
  select a.first_received_at as at, p.is_kept, ${versionColumns('s')}, ${WAS.join(', ')}
  from seen s cross join lateral (
    select first_received_at from applicants a where a.applicant_id = s.applicant_id limit 1
  ) a left join lateral (
    select true as is_kept, ${versionColumns('c')} from changes c
    where c.applicant_id = s.applicant_id and c.version = s.version - 1 limit 1
  ) p on true
  where s.version > 1
), signed as (
  select s.received_at as at, 1 as sign, ${versionColumns('s')} from seen s where s.version = 1
  union all
  select l.at, 1, ${versionColumns('l')} from later l where l.is_kept
  union all
  select l.at, -1, ${VERSION_COLUMNS.map((column) => `l.was_${column}`).join(', ')} from later l where l.is_kept
), stale as (
  insert into stats_stale_days (day) select distinct ${cairoDayOf('at')} from (
    select at from later where is_kept is null
    union all select a.first_received_at from noticed n join applicants a using (applicant_id) where n.event = 'applicant.erased'
  ) unknown
  on conflict (day) do update set noted_at = excluded.noted_at
), counted as materialized (
  ${countVersions('signed')} union all ${countEvents('seen', 'noticed')}
)
${addRows(withDays('counted'))}`;

/** Counts the events from one place in the feed to another of the same history, both included, in one statement. */
export async function rollUpEvents(tx: Tx, from: FeedPosition, to: FeedPosition): Promise<void> {
  await tx.query(ROLL_UP, [...placeValues(from), ...placeValues(to)]);
}

/** How far the statistics are counted. */
export interface Progress {
  /** Changes committed before this time are counted. */
  asOf: Date;
  /** Receipts received before this time are counted; null: none yet. */
  callbacksAsOf: Date | null;
}

/** The oldest event after the cursor. `changes_place` of each month, `notices_place`. */
const FIRST_UNSEEN = `
  select least(
    (select changed_at from changes c where ${allBehind(placeOf('f'))} order by ${PLACE} limit 1),
    (select noticed_at from notices c where ${allBehind(placeOf('f'))} order by ${PLACE} limit 1)
  ) as at from feed_cursors f where f.follower = 'stats'`;

/** As `FIRST_UNSEEN`, and a table of one row. */
export async function readProgress(tx: Tx): Promise<Progress> {
  const rows = await tx.query<Progress[]>(
    `select coalesce(u.at, now()) as "asOf", r.counted_to as "callbacksAsOf" from stats_receipts r, (${FIRST_UNSEEN}) u`,
  );
  const [progress] = rows;
  if (progress === undefined) throw new Error('the row of stats_receipts is gone');
  return progress;
}
