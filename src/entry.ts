import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';

/**
 * The one address of all replicas in docker-compose.yml. Containers cannot share a published port, so this process listens on
 * it and passes each connection to the next replica that accepts it. It does not read the bytes.
 *
 *     node dist/src/entry.js 3000 app:3000
 */
export interface Replica {
  host: string;
  port: number;
}

const CONNECT_WITHIN_MS = 3_000;

/** @returns the server, which listens on `port` */
export async function openEntry(port: number, replicas: () => Promise<Replica[]>): Promise<Server> {
  let turn = 0;
  // a client that has sent everything and waits for the answer is half open
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    client.on('error', () => client.destroy());
    void pass(client, replicas, turn++);
  });
  server.listen(port);
  await once(server, 'listening');
  return server;
}

async function pass(client: Socket, replicas: () => Promise<Replica[]>, turn: number): Promise<void> {
  const found = await replicas().catch(() => []);
  const first = turn % Math.max(found.length, 1);
  for (const replica of [...found.slice(first), ...found.slice(0, first)]) {
    const server = await reach(replica);
    if (server === undefined) continue;
    // if one side breaks off, both end; each of them sees how
    pipeline(client, server, () => undefined);
    pipeline(server, client, () => undefined);
    return;
  }
  client.destroy();
}

async function reach({ host, port }: Replica): Promise<Socket | undefined> {
  const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
  socket.on('error', () => socket.destroy());
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_WITHIN_MS) });
    return socket;
  } catch {
    socket.destroy();
    return undefined;
  }
}

/** @param text `3000`, or `3000-3002` as compose spells a range */
export function portsIn(text: string): number[] {
  const [first = NaN, last = first] = text.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

async function main([ports = '', target = '']: string[]): Promise<void> {
  const [host = '', port = ''] = target.split(':');
  const replicas = async () =>
    (await lookup(host, { all: true })).map(({ address }) => ({ host: address, port: Number(port) }));
  for (const own of portsIn(ports)) {
    const { port: open } = (await openEntry(own, replicas)).address() as AddressInfo;
    process.stdout.write(`Port ${open} leads to ${target}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void main(process.argv.slice(2));
