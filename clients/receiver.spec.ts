import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { projectRoot } from '../src/config/root.js';
import { anApplicant } from '../test/factories/applicant.js';
import { API_KEY, startApp, type TestApp } from '../test/harness/app.js';
import { eventually } from '../test/harness/processes.js';
import { createRollcallClient, type RollcallClient, type WebhookMessage } from './typescript/src/client.js';
import { verifySignature } from './typescript/src/signature.js';

jest.setTimeout(60_000);

let rollcall: TestApp;
let client: RollcallClient;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8' } });
  client = createRollcallClient({ baseUrl: rollcall.url, apiKey: API_KEY });
});
afterAll(() => rollcall.stop());

async function anEndpoint(name: string, url: string) {
  const { data, error } = await client.POST('/api/v1/endpoints', {
    body: { name, url, events: ['applicant.created'] },
  });
  if (data === undefined) throw new Error(JSON.stringify(error));
  return data;
}

async function enroll(applicantId: string): Promise<void> {
  expect((await rollcall.callback('success', [anApplicant({ applicantId })])).status).toBe(200);
}

async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

test('verifySignature takes what the server signs, also while the secret is rotated, and nothing else', async () => {
  const received: { body: Buffer; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.push({ body, headers: request.headers });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { id, secret } = await anEndpoint(
    'verified',
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  );
  await enroll('signed-once');
  await eventually(() => received.length === 1);
  const { data: rotated } = await client.POST('/api/v1/endpoints/{id}/rotate-secret', {
    params: { path: { id } },
  });
  await enroll('signed-twice');
  await eventually(() => received.length === 2);
  await client.DELETE('/api/v1/endpoints/{id}', { params: { path: { id } } });
  await new Promise((closed) => server.close(closed));

  const [first, second] = received;
  await verifySignature(first!.body, first!.headers, secret);
  await verifySignature(second!.body, second!.headers, secret);
  await verifySignature(second!.body, second!.headers, rotated!.secret);
  await expect(verifySignature(first!.body, first!.headers, rotated!.secret)).rejects.toThrow('no signature');
  const message = JSON.parse(first!.body.toString()) as WebhookMessage;
  expect(message).toMatchObject({
    type: 'applicant.created',
    data: { applicantId: 'signed-once', version: 1, outcome: 'accepted' },
  });
});

describe('receiver.mjs', () => {
  let running: ChildProcess | undefined;
  let lines: string[];
  afterEach(() => kill());

  async function run(port: number, secret: string): Promise<void> {
    running = spawn(process.execPath, [join(projectRoot, 'clients/receiver.mjs')], {
      env: { PATH: process.env.PATH, PORT: String(port), WEBHOOK_SECRET: secret },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.stdout?.on('data', (text: Buffer) => lines.push(...text.toString().trim().split('\n')));
    const isThere = () =>
      fetch(`http://127.0.0.1:${port}/`, { method: 'POST' }).then(
        ({ status }) => status === 401,
        () => undefined,
      );
    await eventually(isThere);
  }

  async function kill(): Promise<void> {
    if (running === undefined) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    running = undefined;
    await exited;
  }

  it('prints what is signed; killed and started again, it gets what it missed', async () => {
    lines = [];
    const port = await aFreePort();
    const { id, secret } = await anEndpoint('walk', `http://127.0.0.1:${port}/`);
    await run(port, secret);
    await enroll('walk-1');
    await eventually(() => lines.length === 1);
    expect(lines[0]).toMatch(/^taken msg_\w+ applicant\.created walk-1 accepted$/);

    await kill();
    await enroll('walk-2');
    await eventually(async () => {
      const { data } = await client.GET('/api/v1/endpoints/{id}', { params: { path: { id } } });
      return data?.lastFailureCode === 'CONNECTION_REFUSED' && data.backlog.due === 1;
    });
    await run(port, secret);
    await eventually(() => lines.length === 2, 20_000);
    expect(lines[1]).toMatch(/^taken msg_\w+ applicant\.created walk-2 accepted$/);
    await client.DELETE('/api/v1/endpoints/{id}', { params: { path: { id } } });
  });
});
