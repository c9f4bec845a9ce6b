import { FeedFollowers } from '../../src/feed/feed-followers.service.js';
import { FeedRollup } from '../../src/stats/feed-rollup.service.js';
import { ReceiptRollup } from '../../src/stats/receipt-rollup.service.js';
import { Recounts, type RecountReport } from '../../src/stats/recount.service.js';
import type { ApplicantStatsDto, EventStatsDto } from '../../src/stats/stats.dto.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

/** Rollcall whose statistics move only when they are told to. */
export interface Counted {
  rollcall: TestApp;
  /** Rolls up to the end of the feed, in batches of that size, and all receipts so far. */
  catchUp(batchEvents?: number): Promise<void>;
  /** One batch of the feed. @returns how many events it held */
  step(batchEvents: number): Promise<number>;
  /** Expects that rollups and recount are the same. */
  expectProven(): Promise<RecountReport>;
  /** An answer of the statistics, e.g. of `overview`. */
  get<Body>(path: string): Promise<Body>;
  stop(): Promise<void>;
}

export async function startCounted(env: Record<string, string> = {}): Promise<Counted> {
  const rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api', ...env } });
  const followers = rollcall.app.get(FeedFollowers);
  const { follower } = rollcall.app.get(FeedRollup);
  const step = (batchEvents: number) => followers.takeNext({ ...follower, batchEvents });
  return {
    rollcall,
    step,
    catchUp: async (batchEvents = 100) => {
      // transactions anywhere in the server hold the feed up
      await eventually(async () => {
        while ((await step(batchEvents)) > 0);
        return isAtTheEnd(rollcall);
      });
      await eventually(async () => {
        while ((await rollcall.app.get(ReceiptRollup).countNext(0, 9)) > 0);
        return areReceiptsCounted(rollcall);
      });
    },
    expectProven: async () => {
      const report = await rollcall.app.get(Recounts).run(false);
      expect(report).toMatchObject({ differences: 0, examples: [] });
      return report!;
    },
    get: async <Body>(path: string) => {
      const response = await rollcall.api(`/api/v1/stats/${path}`);
      expect(response.status).toBe(200);
      return (await response.json()) as Body;
    },
    stop: () => rollcall.stop(),
  };
}

/** Totals by value; `null` is the key of those that have none. */
export function totalsOf({ series }: ApplicantStatsDto | EventStatsDto): Record<string, number> {
  return Object.fromEntries(series.map(({ value, total }) => [String(value), total]));
}

/** As if nothing had ever come. */
export async function forgetAll(rollcall: TestApp): Promise<void> {
  await rollcall.sql(
    'truncate applicants, changes, notices, receipts, quarantine, stats, stats_silences, stats_stale_days',
  );
  await rollcall.sql(`update feed_cursors set tx = '0', seq = 0`);
  await rollcall.sql('update stats_receipts set counted_to = null, last_callback_at = null');
}

export async function isAtTheEnd(rollcall: TestApp): Promise<boolean> {
  const unseen = await rollcall.sql(
    `select from (select tx, seq from changes union all select tx, seq from notices) c, feed_cursors f
     where f.follower = 'stats' and (c.tx, c.seq) > (f.tx, f.seq) limit 1`,
  );
  return unseen.length === 0;
}

async function areReceiptsCounted(rollcall: TestApp): Promise<boolean> {
  const uncounted = await rollcall.sql(
    `select from receipts, stats_receipts where received_at >= coalesce(counted_to, '-infinity') limit 1`,
  );
  return uncounted.length === 0;
}

/** First versions as the inbox writes them, of applicants received at these times. */
export async function plantApplicants(
  rollcall: TestApp,
  receivedAt: Date[],
  prefix = 'planted',
): Promise<void> {
  await rollcall.sql(
    `with planted as (
       select $2 || '-' || n as applicant_id, at from unnest($1::timestamptz[]) with ordinality as t(at, n)
     ), current as (
       insert into applicants (applicant_id, version, outcome, name_key, flags, contact_index, content_hash, known_hashes,
         sealed, first_received_at, last_received_at)
       select applicant_id, 1, 'accepted', '', '{}', '{}', '', '', '', at, at from planted
     )
     insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
       changed_fields, flags, content_hash, sealed)
     select applicant_id, 1, 'applicant.created', gen_random_uuid(), 0, at, 'callback', 'success', 'accepted', '{}', '{}', '', ''
     from planted`,
    [receivedAt, prefix],
  );
}

/** Receipts of one empty list each. */
export async function plantReceipts(
  rollcall: TestApp,
  receivedAt: Date[],
  { source = 'callback', state = 'applied' } = {},
): Promise<void> {
  await rollcall.sql(
    `insert into receipts (id, received_at, source, kind, state, body_bytes, body)
     select gen_random_uuid(), at, $2, 'success', $3, 2, '' from unnest($1::timestamptz[]) at`,
    [receivedAt, source, state],
  );
}
