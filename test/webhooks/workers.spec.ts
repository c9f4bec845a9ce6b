import type { ChildProcess } from 'node:child_process';
import { LEASE_END } from '../../src/jobs/lease.js';
import { eventually, startBuilt } from '../harness/processes.js';
import { KEYS } from '../harness/app.js';
import { ALLOW_LOOPBACK, HandingOn } from './handing-on.js';
import { type Delivered, Receiver } from './receiver.js';

jest.setTimeout(150_000);

let handing: HandingOn;
let receiver: Receiver;
let url: string;
const workers = new Set<ChildProcess>();

/** This process answers the API alone; those that deliver are killed. */
beforeAll(async () => {
  handing = await HandingOn.start({ ROLLCALL_ROLE: 'api' });
});
beforeEach(async () => {
  receiver = new Receiver();
  url = `http://127.0.0.1:${await receiver.start()}`;
});
afterEach(async () => {
  await receiver.stop();
  for (const worker of workers) await kill(worker, 'SIGTERM');
  await handing.removeEndpoints();
});
afterAll(() => handing.stop());

function startWorker(): ChildProcess {
  const worker = startBuilt('src/main.js', [], {
    DATABASE_URL: handing.rollcall.databaseUrl,
    PORT: '0',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_ROLE: 'worker',
    ROLLCALL_LOG_LEVEL: 'error',
    ROLLCALL_KEYS: KEYS,
    ...ALLOW_LOOPBACK,
  });
  worker.stdout?.resume();
  worker.stderr?.resume();
  workers.add(worker);
  return worker;
}

async function kill(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  workers.delete(worker);
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  worker.kill(signal);
  await gone;
}

const idOf = ({ headers }: Delivered) => String(headers['webhook-id']);

test('a worker that is killed in mid-attempt: the next one delivers the same under the same id, nothing is lost', async () => {
  receiver.answer = () => undefined; // takes it, and is never heard of again
  const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
  const enrolled = await handing.enroll(8);
  const first = startWorker();
  await eventually(() => receiver.delivered.length === 8);
  await kill(first, 'SIGKILL');
  const before = receiver.delivered.splice(0);
  expect(await handing.deliveries(id, 'state=due')).toHaveLength(8);

  receiver.answer = (_, _request, response) => void response.writeHead(204).end();
  startWorker();
  // the dead one's lease is not waited for here
  await handing.rollcall.sql('update endpoints set lease_until = now() where id = $1', [id]);
  await eventually(async () => (await handing.deliveries(id, 'state=delivered')).length === 8);
  expect(receiver.delivered.map(idOf).sort()).toEqual(before.map(idOf).sort());
  const bodies = new Map(before.map((one) => [idOf(one), one.body]));
  for (const one of receiver.delivered) expect(one.body).toBe(bodies.get(idOf(one)));
  expect(
    new Set(
      receiver.delivered.map(
        ({ body }) => (JSON.parse(body) as { data: { applicantId: string } }).data.applicantId,
      ),
    ),
  ).toEqual(new Set(enrolled));
});

test('two workers never make the same attempt, and what one gives up at its end the other goes on with', async () => {
  const underWay = new Set<string>();
  const twice: string[] = [];
  receiver.answer = (one, _request, response) => {
    const delivery = one.path + idOf(one);
    if (underWay.has(delivery)) twice.push(delivery);
    underWay.add(delivery);
    setTimeout(() => {
      underWay.delete(delivery);
      response.writeHead(204).end();
    }, 20);
  };
  const endpoints = [
    await handing.endpoint({ url: `${url}/a`, events: ['applicant.created'] }),
    await handing.endpoint({ url: `${url}/b`, events: ['applicant.created'] }),
  ];
  const first = startWorker();
  startWorker();
  for (let n = 0; n < 4; n += 1) await handing.enroll(100);
  await eventually(() => receiver.delivered.length > 100);
  await kill(first, 'SIGTERM');
  for (let n = 0; n < 2; n += 1) await handing.enroll(100);
  const tried = async () =>
    (
      await handing.rollcall.sql<{ n: number; most: number }>(
        'select count(*)::int as n, max(number) as most from attempts where endpoint_id = any($1)',
        [endpoints.map(({ id }) => id)],
      )
    )[0]!;
  // an attempt is written down after its answer
  await eventually(async () => (await tried()).n >= 1200);
  expect(await tried()).toEqual({ n: 1200, most: 1 });
  expect(twice).toEqual([]);
  expect(receiver.delivered).toHaveLength(1200);
  for (const { id } of endpoints) expect((await handing.find(id)).backlog.due).toBe(0);
});

/** What the dead one held is taken over within this, where another is idle. */
const TAKEN_OVER_WITHIN_MS = 10_000;

test('of two workers the one that works is killed: the idle one goes on within ten seconds, with every kind of lease', async () => {
  const owners = async () =>
    (
      await handing.rollcall.sql<{ owner: string }>(
        'select distinct owner from job_watches where lease_until > now()',
      )
    ).map(({ owner }) => owner);
  // what a test before has killed is over
  await eventually(() =>
    handing.rollcall.sql('truncate job_watches, pgboss.instance').then(
      () => true,
      () => false,
    ),
  );
  const first = startWorker();
  const owner = await eventually(async () => {
    const [one, ...others] = await owners();
    return others.length === 0 ? one : undefined;
  }, 60_000);
  startWorker();
  const instances = 'select from pgboss.instance';
  await eventually(async () => (await handing.rollcall.sql(instances)).length === 2, 60_000);
  const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
  receiver.answer = () => undefined;
  await handing.enroll(4);
  await eventually(() => receiver.delivered.length === 4);
  await kill(first, 'SIGKILL');
  const killedAt = performance.now();
  receiver.delivered.splice(0);
  receiver.answer = (_, _request, response) => void response.writeHead(204).end();
  // an export whose lease it had prolonged a moment before
  await handing.rollcall.sql(
    `insert into exports (created_by, format, filter, columns, masked, holds_pii, state, attempt, attempts, lease_until)
     values ('test', 'csv', '{}', '{applicantId}', true, false, 'running', gen_random_uuid(), 1, ${LEASE_END})`,
  );
  await eventually(async () => (await handing.deliveries(id, 'state=delivered')).length === 4);
  expect(performance.now() - killedAt).toBeLessThan(TAKEN_OVER_WITHIN_MS);
  const ready = "select from exports where state = 'ready'";
  await eventually(async () => (await handing.rollcall.sql(ready)).length === 1);
  expect(performance.now() - killedAt).toBeLessThan(TAKEN_OVER_WITHIN_MS);
  expect(await owners()).not.toContain(owner);
});
