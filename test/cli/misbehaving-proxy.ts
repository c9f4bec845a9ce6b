import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a proxy in front of Rollcall does wrong. */
export interface Quirks {
  /** Drops headers of these names. */
  drops?: RegExp;
  /** Answers 413 to bodies of more bytes. */
  refusesOver?: number;
  /** Passes on that many bytes of a body, as if they were all. */
  cutsAt?: number;
  /** Keeps a body until it is whole. */
  buffers?: boolean;
  /** Redirects what ends with a slash. */
  redirectsSlash?: boolean;
  /** Answers everything itself. */
  answers?: (response: ServerResponse) => void;
  tls?: { key: string; cert: string };
}

export interface Proxy {
  url: URL;
  /** All heads and bodies that came, as text. */
  heard(): string;
  close(): void;
}

export async function openProxy(target: string, quirks: Quirks): Promise<Proxy> {
  const heard: (string | Buffer)[] = [];
  const agent = new Agent({ keepAlive: true });
  const listener = (incoming: IncomingMessage, response: ServerResponse): void => {
    heard.push(incoming.url ?? '', incoming.rawHeaders.join('\n'));
    incoming.on('data', (chunk: Buffer) => heard.push(chunk));
    void pass({ target, agent, quirks }, incoming, response).catch(() => response.destroy());
  };
  const server = quirks.tls === undefined ? createServer(listener) : createTlsServer(quirks.tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`${quirks.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`),
    heard: () => heard.join('\n'),
    close: () => {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function pass(
  { target, agent, quirks }: { target: string; agent: Agent; quirks: Quirks },
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  incoming.on('error', () => undefined);
  const own = ownAnswer(quirks, incoming);
  if (own !== undefined) return own(response);
  const isKept = quirks.buffers === true || quirks.cutsAt !== undefined;
  const kept = isKept ? (await buffer(incoming)).subarray(0, quirks.cutsAt) : undefined;
  const headers: IncomingHttpHeaders = Object.fromEntries(
    Object.entries(incoming.headers).filter(([name]) => quirks.drops?.test(name) !== true),
  );
  if (kept !== undefined) headers['content-length'] = String(kept.length);
  const { method = 'GET', url = '/' } = incoming;
  const onward = request(new URL(url, target), { agent, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  incoming.on('close', () => incoming.complete || onward.destroy());
  if (kept === undefined) incoming.pipe(onward);
  else onward.end(kept);
}

/** What is not passed on. */
function ownAnswer(
  { answers, redirectsSlash, refusesOver = Infinity }: Quirks,
  { url = '/', headers }: IncomingMessage,
): Quirks['answers'] {
  if (answers !== undefined) return answers;
  if (redirectsSlash === true && url.endsWith('/'))
    return (response) => response.writeHead(301, { location: url.slice(0, -1) }).end();
  if (Number(headers['content-length'] ?? 0) > refusesOver)
    return (response) => response.writeHead(413, { 'content-type': 'text/html' }).end('<h1>413</h1>');
  return undefined;
}
