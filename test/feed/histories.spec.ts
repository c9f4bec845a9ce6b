import pg from 'pg';
import { adoptDatabase, recogniseHistory } from '../../src/db/histories.js';
import { eventually } from '../harness/processes.js';
import { Receiver } from '../webhooks/receiver.js';
import type { Said } from '../webhooks/handing-on.js';
import { Cluster, dropAll, serve, type Served } from './clusters.js';
import { ids } from './fed.js';

/** Jobs that could not begin at once begin with the next minute. */
const PATIENCE_MS = 90_000;
jest.setTimeout(6 * PATIENCE_MS);

const named = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);
async function post(served: Served, path: string, body: object): Promise<void> {
  const response = await served.api(path, { method: 'POST', body: JSON.stringify(body) });
  expect({ status: response.status, body: await response.text() }).toMatchObject({ status: 201 });
}
const saidTo = ({ delivered }: Receiver) =>
  delivered.map(({ body, headers }) => ({
    applicantId: (JSON.parse(body) as Said).data.applicantId,
    mark: headers['rollcall-may-be-repeated'],
  }));
/** Of versions: an update may bring flags, which are told behind it. */
const idsOf = (events: Parameters<typeof ids>[0]['items']) =>
  ids({ items: events.filter(({ event }) => event !== 'applicant.flagged') });
const created = async (cluster: Cluster) => {
  const [row] = await cluster.sql<{ n: number }>(
    "select sum(n)::int as n from stats where topic = 'event.type' and grain = 'hour' and value = 'applicant.created'",
  );
  return row?.n;
};
const txOf = async (cluster: Cluster, like: string) => {
  const [row] = await cluster.sql<{ first: string; last: string }>(
    'select min(tx)::text as first, max(tx)::text as last from changes where applicant_id like $1',
    [like],
  );
  return { first: BigInt(row!.first), last: BigInt(row!.last) };
};

let receiver: Receiver;
let url: string;
beforeEach(async () => {
  receiver = new Receiver();
  url = `http://127.0.0.1:${await receiver.start()}/`;
});
afterEach(async () => {
  await dropAll();
  await receiver.stop();
});

const untilSent = (applicantId: string) =>
  eventually(() => saidTo(receiver).some((one) => one.applicantId === applicantId) || undefined, PATIENCE_MS);

/** What was handed on before anything happened: 30 applicants, of which the consumer has acknowledged all. */
async function begin(cluster: Cluster): Promise<void> {
  const served = await serve(cluster);
  await post(served, '/api/v1/consumers', { name: 'bank', from: 'beginning' });
  await post(served, '/api/v1/endpoints', {
    name: 'crm',
    url,
    events: ['applicant.created', 'applicant.updated'],
  });
  await served.enroll(...named('before', 30));
  expect(await served.consume('bank')).toHaveLength(30);
  await untilSent('before-29');
  await served.enroll('unread');
  await untilSent('unread');
  await eventually(async () => (await created(cluster)) === 31 || undefined, PATIENCE_MS);
  await served.stop();
}

test('a failover that loses events and gives their transaction ids out again: whoever reads goes on, all that exists once', async () => {
  const primary = await Cluster.make();
  await begin(primary);
  const standby = await primary.copyFiles();
  const lossy = await serve(primary);
  await lossy.enroll(...named('lost', 25));
  const lost = await lossy.readOn(undefined);
  expect(lost.events).toHaveLength(56);
  expect(lost.events.some(({ mayBeRepeated }) => mayBeRepeated)).toBe(false);
  await untilSent('lost-24');
  await lossy.stop();
  const lostAt = await txOf(primary, 'lost-%');
  await primary.stop();

  await standby.startStandby();
  const client = new pg.Client({ connectionString: standby.url });
  await client.connect();
  expect(await recogniseHistory(client)).toBeUndefined();
  await client.end();
  await standby.promote();
  const served = await serve(standby);
  expect(served.log.filter((line) => line.includes('HISTORY_BEGUN'))).toHaveLength(1);
  receiver.delivered.length = 0;
  await served.enroll(...named('after', 40));

  const afterAt = await txOf(standby, 'after-%');
  expect(afterAt.first).toBeLessThanOrEqual(lostAt.last);
  const { events, cursor } = await served.readOn(lost.cursor);
  expect(idsOf(events)).toEqual(named('after', 40));
  expect(await served.readOn(cursor)).toEqual({ events: [], cursor });
  const consumed = await served.consume('bank');
  expect(idsOf(consumed)).toEqual(['unread', ...named('after', 40)]);
  expect(consumed.map(({ mayBeRepeated = false }) => mayBeRepeated)).toEqual([
    true,
    ...named('', 40).map(() => false),
  ]);
  const all = await served.readOn(undefined);
  expect(idsOf(all.events)).toEqual([...named('before', 30), 'unread', ...named('after', 40)]);
  // in order per applicant, and each once
  await eventually(() => saidTo(receiver).length >= 40 || undefined, PATIENCE_MS);
  expect(saidTo(receiver)).toHaveLength(40);
  expect(saidTo(receiver)).toEqual(
    expect.arrayContaining(named('after', 40).map((applicantId) => ({ applicantId, mark: undefined }))),
  );
  await eventually(async () => (await created(standby)) === 71 || undefined, PATIENCE_MS);
  const alerts = await eventually(async () => {
    const rows = await standby.sql('select rule, context from alerts');
    return rows.length > 0 ? rows : undefined;
  }, PATIENCE_MS);
  expect(alerts).toMatchObject([{ rule: 'history_changed', context: { history: '1', reason: 'timeline' } }]);
});

test('a dump restored on a server whose ids are far lower, while the old one goes on: both hand on, once and in order', async () => {
  const blue = await Cluster.make();
  await blue.burn(20_000);
  await begin(blue);
  // one delivery waits, of an applicant that changes after the copy
  receiver.answer = (_, _request, response) => void response.writeHead(503).end();
  const first = await serve(blue);
  await first.enroll('changing');
  const seen = await first.readOn(undefined);
  await first.stop();
  const green = await Cluster.makeOther();
  await blue.copyRowsTo(green);
  receiver.answer = (_, _request, response) => void response.writeHead(204).end();
  receiver.delivered.length = 0;
  await blue.sql('delete from endpoints');

  const [old, served] = [await serve(blue), await serve(green)];
  expect(old.log.filter((line) => line.includes('HISTORY_BEGUN'))).toEqual([]);
  expect(served.log.filter((line) => line.includes('HISTORY_BEGUN'))).toHaveLength(1);
  await old.enroll(...named('blue', 20));
  await served.callback('success', [{ applicantId: 'changing', isUpdate: true, address: 'ش الهرم' }]);
  await served.enroll(...named('green', 40));
  expect((await txOf(green, 'green-%')).last).toBeLessThan((await txOf(green, 'before-%')).first);

  const far = await old.readOn(seen.cursor);
  expect(idsOf(far.events)).toEqual(named('blue', 20));
  for (const cursor of [seen.cursor, far.cursor]) {
    expect(idsOf((await served.readOn(cursor)).events)).toEqual(['changing', ...named('green', 40)]);
  }
  expect(idsOf(await served.consume('bank'))).toEqual([
    'unread',
    'changing',
    'changing',
    ...named('green', 40),
  ]);
  await untilSent('green-39');
  await eventually(
    () => saidTo(receiver).filter((one) => one.applicantId === 'changing').length === 2 || undefined,
  );
  const said = receiver.delivered.map(({ body }) => (JSON.parse(body) as Said).data);
  expect(said.filter(({ applicantId }) => applicantId === 'changing').map(({ version }) => version)).toEqual([
    1, 2,
  ]);
  expect(saidTo(receiver).filter(({ mark }) => mark !== undefined)).toEqual([
    { applicantId: 'changing', mark: 'true' },
  ]);
  await eventually(async () => (await created(green)) === 72 || undefined, PATIENCE_MS);
  const { items } = (await (await served.api('/api/v1/endpoints?limit=1')).json()) as {
    items: { id: string }[];
  };
  const list = await served.api(`/api/v1/endpoints/${items[0]?.id}/deliveries?limit=2`);
  const newest = ((await list.json()) as { items: { applicantId: string }[] }).items;
  expect(newest.map(({ applicantId }) => applicantId)).toEqual(['green-39', 'green-38']);
});

test('`db adopt`: nothing to do where all is as it was; `--anyway` lets a cursor of a lost stretch go on', async () => {
  const cluster = await Cluster.make();
  const snapshot = await cluster.copyFiles();
  const lossy = await serve(cluster);
  await lossy.enroll(...named('lost', 30));
  const { cursor } = await lossy.readOn(undefined);
  await lossy.stop();
  await cluster.stop();
  // a disk that was set back: same server, same timeline, nobody is told
  await snapshot.start();
  expect(await adoptDatabase(snapshot.url, false)).toMatchObject({
    begun: false,
    present: { reason: 'first' },
  });
  const served = await serve(snapshot);
  expect((await served.api(`/api/v1/changes?after=${cursor}`)).status).toBe(400);
  expect(await adoptDatabase(snapshot.url, true)).toMatchObject({
    begun: true,
    present: { reason: 'asked' },
  });
  await served.enroll(...named('again', 10));
  expect(idsOf((await served.readOn(cursor)).events)).toEqual(named('again', 10));
});

test('rows with ids that the server has not given out yet, as after a copy by hand on the same server, begin a history', async () => {
  const cluster = await Cluster.make();
  const served = await serve(cluster);
  await served.enroll('one');
  await cluster.sql("update changes set tx = '900000'");
  await served.stop();
  const again = await serve(cluster);
  const { cursor } = await again.readOn(undefined);
  await again.enroll('two');
  expect(idsOf((await again.readOn(cursor)).events)).toEqual(['two']);
  // whichever connected first since then, the old one while it stopped too
  expect([...served.log, ...again.log].filter((line) => line.includes('"counter"'))).toHaveLength(1);
});
