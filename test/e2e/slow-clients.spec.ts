import { connect, type Socket } from 'node:net';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

function open(text: string): Promise<Socket> {
  const socket = connect(Number(new URL(rollcall.url).port), '127.0.0.1');
  return new Promise((resolve, reject) =>
    socket
      .once('connect', () => resolve(socket.setNoDelay(true)))
      .once('error', reject)
      .write(text),
  );
}

test('M4: hundreds of silent and dripping clients do not slow a normal one, and slow headers are cut off', async () => {
  const authorization = `Bearer ${await rollcall.token()}`;
  const head = `POST /callbacks/success HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 100000\r\n\r\n`;
  const silent = await Promise.all(Array.from({ length: 150 }, () => open('')));
  const halfHeaders = await Promise.all(
    Array.from({ length: 150 }, () => open('POST /callbacks/success HTTP/1.1\r\nHost: x\r\n')),
  );
  const dripping = await Promise.all(Array.from({ length: 150 }, () => open(`${head}[`)));
  const drip = setInterval(() => dripping.forEach((socket) => socket.write(' ')), 100);
  let cutOff = 0;
  for (const socket of halfHeaders) socket.resume().on('close', () => cutOff++);

  const startedAt = performance.now();
  for (let n = 0; n < 20; n++) {
    const response = await rollcall.callback('success', [{ ...anApplicant(), applicantId: `normal-${n}` }], {
      authorization,
    });
    expect(response.status).toBe(200);
  }
  expect((performance.now() - startedAt) / 20).toBeLessThan(250);

  const deadline = Date.now() + 26_000;
  while (cutOff < halfHeaders.length && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(cutOff).toBe(halfHeaders.length);
  clearInterval(drip);
  for (const socket of [...silent, ...dripping]) socket.destroy();
});

test('M4: a body must have arrived within 60 s, and idle connections are kept for more than 60 s', () => {
  const server = rollcall.app.getHttpServer() as {
    requestTimeout: number;
    keepAliveTimeout: number;
    headersTimeout: number;
  };
  expect(server.requestTimeout).toBe(60_000);
  expect(server.headersTimeout).toBe(20_000);
  expect(server.keepAliveTimeout).toBeGreaterThan(60_000);
});
