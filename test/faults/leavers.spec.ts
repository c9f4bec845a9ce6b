import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CallbacksController } from '../../src/callbacks/callbacks.controller.js';
import { Listener } from '../../src/db/listen.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { DatabaseProxy } from './database-proxy.js';

jest.setTimeout(60_000);

const LEAVERS = 8;

let rollcall: TestApp;
let proxy: DatabaseProxy;
beforeAll(async () => {
  proxy = new DatabaseProxy();
  rollcall = await startApp({ route: (url) => proxy.open(url) });
});
afterAll(async () => {
  proxy.set('cut');
  await rollcall.stop();
  await proxy.close();
});

/** A callback whose caller hangs up in the middle of its body. */
async function leave(token: string): Promise<void> {
  const { hostname, port } = new URL(rollcall.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const head = [
    'POST /callbacks/success HTTP/1.1',
    'Host: rollcall',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Content-Length: 1000000',
  ].join('\r\n');
  socket.write(`${head}\r\n\r\n[`);
  await sleep(300); // the guard waits by now
  socket.destroy();
  await once(socket, 'close');
}

test('M4: who leaves while the guard waits for the database ends his request, and gives his room back', async () => {
  const token = await rollcall.token();
  await rollcall.callback('success', [anApplicant()], { authorization: `Bearer ${token}` });
  proxy.set('cut');
  while (rollcall.app.get(Listener).connected) await sleep(5);
  await Promise.all(Array.from({ length: LEAVERS }, () => leave(token)));
  proxy.set('fair');
  const ended = () =>
    rollcall.sql<{ state: string; body_bytes: number }>(
      "select state, body_bytes from receipts where error_code = 'BODY_ABORTED'",
    );
  await eventually(async () => (await ended()).length >= LEAVERS, 15_000);
  expect((await ended()).map(({ state }) => state)).toEqual(
    Array.from({ length: LEAVERS }, () => 'rejected'),
  );
  expect(rollcall.app.get(CallbacksController)['room']['held']).toBe(0);
  const next = await rollcall.callback('success', [anApplicant()], { authorization: `Bearer ${token}` });
  expect(next.status).toBe(200);
});
