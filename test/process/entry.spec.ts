import { once } from 'node:events';
import { Agent, createServer, get, type Server as HttpServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from 'node:net';
import { openEntry, portsIn, type Replica } from '../../src/entry.js';

const open: { close(): unknown }[] = [];
const portOf = (server: Server) => (server.address() as AddressInfo).port;
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A replica that answers with its name, and how long the body was. */
async function replica(name: string): Promise<Replica & { server: HttpServer }> {
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => response.end(`${name} ${bytes}`));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  return { host: '127.0.0.1', port: portOf(server), server };
}

async function entryTo(replicas: () => Replica[]): Promise<number> {
  const server = await openEntry(0, () => Promise.resolve(replicas()));
  open.push(server);
  return portOf(server);
}

const ask = async (port: number, init: RequestInit = {}) =>
  (await fetch(`http://127.0.0.1:${port}/`, { ...init, headers: { connection: 'close' } })).text();

test('connections go to the replicas in turn, and to a new one as soon as it is known', async () => {
  const replicas = [await replica('a'), await replica('b')];
  const port = await entryTo(() => replicas);
  expect([await ask(port), await ask(port), await ask(port)]).toEqual(['a 0', 'b 0', 'a 0']);
  replicas.push(await replica('c'));
  expect((await Promise.all([ask(port), ask(port), ask(port)])).sort()).toEqual(['a 0', 'b 0', 'c 0']);
});

test('one that takes no connection is passed over', async () => {
  const gone = createTcpServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const closed = { host: '127.0.0.1', port: portOf(gone) };
  gone.close();
  const there = await replica('a');
  const port = await entryTo(() => [closed, there]);
  expect([await ask(port), await ask(port)]).toEqual(['a 0', 'a 0']);
});

test('without any the connection ends, and with one it is there again', async () => {
  const replicas: Replica[] = [];
  const port = await entryTo(() => replicas);
  await expect(ask(port)).rejects.toThrow('fetch failed');
  replicas.push(await replica('a'));
  expect(await ask(port)).toBe('a 0');
});

test('16 MiB pass whole, and a connection serves one request after another', async () => {
  const { host, port: behind } = await replica('a');
  const port = await entryTo(() => [{ host, port: behind }]);
  const body = Buffer.alloc(16 * 1024 * 1024, 'x');
  expect(await ask(port, { method: 'POST', body })).toBe(`a ${body.length}`);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  for (let i = 0; i < 3; i++) {
    const request = get({ host: '127.0.0.1', port, agent });
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    sockets.add(request.socket);
    response.resume();
    await once(response, 'end');
  }
  expect(sockets.size).toBe(1);
  agent.destroy();
});

test('who has sent all gets the answer, and the end of one side reaches the other', async () => {
  const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
    socket.resume().on('end', () => socket.end('all of it')); // not before the other side has ended
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(server);
  const port = await entryTo(() => [{ host: '127.0.0.1', port: portOf(server) }]);
  const client = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  let got = '';
  client.setEncoding('utf8').on('data', (text: string) => (got += text));
  client.end('question');
  await once(client, 'end');
  expect(got).toBe('all of it');
});

test('ports are one or a range, as compose spells them', () => {
  expect(portsIn('3000')).toEqual([3000]);
  expect(portsIn('3000-3002')).toEqual([3000, 3001, 3002]);
});
