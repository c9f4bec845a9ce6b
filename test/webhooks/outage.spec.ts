import type { ServerResponse } from 'node:http';
import { DatabaseProxy } from '../faults/database-proxy.js';
import { HandingOn } from './handing-on.js';
import { Receiver } from './receiver.js';
import { eventually } from '../harness/processes.js';

jest.setTimeout(60_000);

let handing: HandingOn;
let proxy: DatabaseProxy;
let receiver: Receiver;

beforeAll(async () => {
  proxy = new DatabaseProxy();
  receiver = new Receiver();
  handing = await HandingOn.start({}, { route: (url) => proxy.open(url) });
});
afterAll(async () => {
  await handing.stop();
  await receiver.stop();
  await proxy.close();
});

test('a database that is cut while an attempt is under way: the attempt is written down once it is back, and not made again', async () => {
  const url = `http://127.0.0.1:${await receiver.start()}`;
  const held: ServerResponse[] = [];
  receiver.answer = (_, _request, response) => void held.push(response);
  const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
  await handing.enroll(3);
  await eventually(() => held.length === 3);
  proxy.set('cut');
  for (const response of held) response.writeHead(204).end();
  // a second of outage: longer than a turn, shorter than the lease
  await new Promise((resolve) => setTimeout(resolve, 1000));
  proxy.set('fair');
  const delivered = () =>
    handing.rollcall.sql<{ n: number }>(
      `select count(*)::int as n from deliveries where endpoint_id = $1 and state = 'delivered' and attempts = 1`,
      [id],
    );
  await eventually(async () => (await delivered())[0]?.n === 3);
  expect(receiver.delivered).toHaveLength(3);
});
