import { DataSource } from 'typeorm';
import { type FreshDatabase, freshDatabase } from '../../test/harness/database.js';
import type { Tx } from '../db/tx.js';
import { listDeliveries } from '../webhooks/deliveries.repository.js';
import { readEvents, readHighWatermark, readPassing } from './feed.repository.js';
import type { FeedPosition } from './order.types.js';

const ROWS = 20_000;
const LIMIT = 100;
const BEGIN: FeedPosition = { history: '0', tx: '0', seq: '0' };
const END: FeedPosition = { history: '0', tx: '999999999', seq: '0' };
const ENDPOINT = '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1';

let database: FreshDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await new DataSource({ type: 'postgres', url: database.url }).initialize();
  await dataSource.query(`
    insert into changes (tx, applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
      changed_fields, flags, content_hash, sealed)
    select (100 + g / 10)::text::xid8, 'a' || g, 1, 'applicant.created', gen_random_uuid(), 0, now(), 'callback', 'success',
      'accepted', '{}', '{}', '', decode(repeat('ab', 500), 'hex')
    from generate_series(1, ${ROWS}) g`);
  await dataSource.query(
    `insert into deliveries (endpoint_id, tx, seq, event, applicant_id, version, occurred_at)
     select $1, (100 + g / 10)::text::xid8, g, 'applicant.created', 'a' || g, 1, now() from generate_series(1, ${ROWS}) g`,
    [ENDPOINT],
  );
  await dataSource.query('vacuum analyze changes, deliveries');
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

interface Node {
  Plans?: Node[];
  'Actual Rows': number;
  'Actual Loops': number;
}

/** How many rows the statement of `run` takes from tables. */
async function rowsReadBy(run: (tx: Tx) => Promise<unknown>): Promise<number> {
  let read = 0;
  const count = (node: Node): void => {
    if (node.Plans === undefined) read += node['Actual Rows'] * node['Actual Loops'];
    else node.Plans.forEach(count);
  };
  const explaining = {
    query: async (text: string, values: unknown[]) => {
      const [{ 'QUERY PLAN': plan }] = await dataSource.query<[{ 'QUERY PLAN': [{ Plan: Node }] }]>(
        `explain (analyze, format json) ${text}`,
        values,
      );
      count(plan[0].Plan);
      return [];
    },
  };
  await run(explaining as unknown as Tx).catch(() => undefined); // nothing comes back, which some call a fault
  return read;
}

test.each<[string, (tx: Tx) => Promise<unknown>]>([
  ['a page of the feed', (tx) => readEvents(tx, BEGIN, LIMIT)],
  [
    'a page of some events',
    (tx) => readPassing(tx, BEGIN, { events: [], outcomes: ['rejected'] }, LIMIT, LIMIT),
  ],
  ['whether there is anything new', (tx) => readHighWatermark(tx, BEGIN)],
  ["a page of an endpoint's deliveries", (tx) => listDeliveries(tx, ENDPOINT, {}, END, LIMIT)],
])('%s costs the same, however much is behind it', async (_what, run) => {
  const read = await rowsReadBy(run);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(5 * LIMIT);
});
