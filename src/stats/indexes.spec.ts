import { DataSource } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../test/harness/database.js';
import type { Tx } from '../db/tx.js';
import type { FeedPosition } from '../feed/order.types.js';
import { readProgress, rollUpEvents } from './feed-rollup.repository.js';
import { countUncounted, lockNextSlice, rollUpReceipts } from './receipt-rollup.repository.js';
import { readRest, readValues } from './series.repository.js';
import { sameHoursBefore } from './cairo-hours.js';
import { readLastCallback, readUsualSilence } from './silence.repository.js';

const TRANSACTIONS = 40;
const ROWS = 20_000;
const NOW = new Date();
const HOUR_AGO = new Date(NOW.getTime() - 3_600_000);
const DAY_AGO = new Date(NOW.getTime() - 24 * 3_600_000);

let database: FreshDatabase;
let dataSource: DataSource;
/** A stretch of the feed. */
let middle: FeedPosition;
let behind: FeedPosition;

/** Enough rows that reading them all would be dearer than an index; half of the applicants have two versions. */
beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  await dataSource.query(`
    insert into applicants (applicant_id, version, outcome, name_key, flags, contact_index, content_hash, known_hashes, sealed,
      first_received_at, last_received_at)
    select 'a' || g, 1, 'accepted', '', '{}', '{}', '', '', decode(repeat('ab', 500), 'hex'), now(), now()
    from generate_series(1, ${ROWS / 2}) g`);
  // transactions side by side, as callbacks are
  await dataSource.query(`
    insert into changes (tx, applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
      changed_fields, flags, content_hash, sealed)
    select (100 + g * 7919 % ${TRANSACTIONS})::text::xid8, 'a' || 1 + g / 2, 1 + g % 2, 'applicant.created',
      gen_random_uuid(), 0, now(), 'callback', 'success', 'accepted', '{}', '{}', '', decode(repeat('ab', 500), 'hex')
    from generate_series(0, ${ROWS - 1}) g`);
  await dataSource.query(`
    insert into receipts (id, received_at, source, kind, state, body_bytes, body)
    select gen_random_uuid(), now() - g * interval '1 second', 'callback', 'success', 'applied', 2, decode(repeat('ab', 200), 'hex')
    from generate_series(1, 20000) g`);
  await dataSource.query(`
    insert into stats (topic, grain, start, value, n)
    select topic, grain, now() - h * interval '1 hour', 'v', 1
    from generate_series(1, 5000) h, unnest(array['applicant.outcome', 'event.type', 'callback.count']) topic,
      unnest(array['hour', 'day']) grain`);
  await dataSource.query(
    `insert into stats_silences select now() - h * interval '1 hour', 1 from generate_series(1, 20000) h`,
  );
  await dataSource.query('vacuum analyze applicants, changes, receipts, stats, stats_silences');
  [middle, behind] = await dataSource.query<[typeof middle, typeof behind]>(
    `select '0' as history, tx::text, seq::text from (select tx, seq, row_number() over (order by tx, seq) as place from changes) c
     where place in (${ROWS / 2}, ${ROWS / 2 + 400}) order by place`,
  );
  await dataSource.query('update feed_cursors set tx = $1, seq = $2', [middle.tx, middle.seq]);
  await dataSource.query('update stats_receipts set counted_to = $1', [HOUR_AGO]);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** The plans of what `run` asks, with the very parameters. */
async function plansOf(run: (tx: Tx) => Promise<unknown>): Promise<string> {
  const plans: string[] = [];
  await dataSource.transaction(async (tx) => {
    // at this size a bitmap forgives an expectation of many rows; at a million it does not
    await tx.query('set local enable_bitmapscan = off');
    const explaining = {
      query: async (text: string, values: unknown[]) => {
        const lines = await tx.query<{ 'QUERY PLAN': string }[]>(`explain (costs off) ${text}`, values);
        plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
        return [];
      },
    };
    await run(explaining as unknown as Tx).catch(() => undefined); // nothing comes back, which some call a fault
  });
  return plans.join('\n');
}

const HOURS = [{ grain: 'hour' as const, from: HOUR_AGO, to: NOW }];
const SLICE = { from: HOUR_AGO, to: new Date(HOUR_AGO.getTime() + 60_000), lastCallbackAt: null };

describe('every statement of statistics is served by the index that its comment names', () => {
  it.each<[index: string, what: string, run: (tx: Tx) => Promise<unknown>]>([
    [
      '(place|history_tx_seq_idx)',
      'the rollup of a stretch of the feed',
      (tx) => rollUpEvents(tx, middle, behind),
    ],
    ['applicants_pkey', 'the rollup of later versions', (tx) => rollUpEvents(tx, middle, behind)],
    ['(place|history_tx_seq_idx)', 'how far it has come', readProgress],
    ['stats_pkey', 'the values of a topic', (tx) => readValues(tx, ['applicant.outcome'], HOURS, true)],
    ['stats_pkey', 'the rest of them', (tx) => readRest(tx, 'applicant.outcome', HOURS, ['x'])],
    ['_pkey', 'the next receipts', (tx) => lockNextSlice(tx, 120, 1000)],
    ['_pkey', 'the receipts of a slice', (tx) => rollUpReceipts(tx, SLICE)],
    ['_pkey', 'the last callback', readLastCallback],
    ['_pkey', 'callbacks that are not counted yet', (tx) => countUncounted(tx, DAY_AGO, 2000)],
    ['stats_silences_pkey', 'the usual silence', (tx) => readUsualSilence(tx, sameHoursBefore(NOW, 8), 0.85)],
  ])('%s: %s', async (index, _what, run) => {
    const plans = await plansOf(run);
    expect(plans).toMatch(new RegExp(`using \\w*${index}`));
    // months without a row are read as they are
    const month = NOW.toISOString().slice(0, 7).replace('-', 'm');
    expect(plans).not.toMatch(
      new RegExp(`Seq Scan on (applicants|stats|stats_silences|\\w+_y${month})( |$)`, 'm'),
    );
  });
});
