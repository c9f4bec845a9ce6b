import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { loadConfig } from '../../src/config/config.js';
import { NatsDestination } from '../../src/webhooks/nats-destination.js';
import { generateSecret } from '../../src/webhooks/signature.js';
import { TargetGuard } from '../../src/webhooks/target-guard.js';

/** A NATS server as far as it denies: what follows a line that begins with `verb` is answered by `denial`. */
function denying(verb: string, denial: (subject: string) => string): Server {
  const greet = (socket: Socket) => {
    const info = { server_id: 'X', version: '2.10.0', headers: true, max_payload: 1_048_576, proto: 1 };
    socket.on('error', () => undefined);
    socket.write(`INFO ${JSON.stringify(info)}\r\n`);
    createInterface({ input: socket }).on('line', (line) => {
      const [said, subject = ''] = line.split(' ');
      if (said === 'PING') socket.write('PONG\r\n');
      if (said === verb) socket.write(`-ERR '${denial(subject)}'\r\n`);
    });
  };
  return createServer(greet);
}

it.each<[string, Server]>([
  ['to publish', denying('HPUB', (subject) => `Permissions Violation for Publish to "${subject}"`)],
  ['to read answers', denying('SUB', (subject) => `Permissions Violation for Subscription to "${subject}"`)],
])('a server that denies the right %s is told as such, and at once', async (_what, server) => {
  const config = loadConfig({ NODE_ENV: 'test', ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8' });
  const destination = new NatsDestination(new TargetGuard(config));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const startedMs = performance.now();
  const outcome = await destination.send({
    id: 'msg_1_1_000000000000',
    type: 'applicant.created',
    body: '{}',
    url: `nats://127.0.0.1:${port}`,
    subject: 'rollcall',
    credentials: 'mute:password',
    secrets: [generateSecret()],
    timeoutMs: 8000,
    signal: new AbortController().signal,
  });
  expect(outcome).toMatchObject({ ok: false, code: 'NOT_AUTHORIZED' });
  expect(performance.now() - startedMs).toBeLessThan(8000);
  await destination.close();
  server.close();
});
