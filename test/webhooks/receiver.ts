import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

const TLS = join(projectRoot, 'test', 'enroll-client', 'tls');

export interface Delivered {
  at: number;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver of webhooks that remembers what it was sent and answers as it is told. */
export class Receiver {
  readonly delivered: Delivered[] = [];
  /** What it does with the next ones; the default answers 204. */
  answer: (delivered: Delivered, ...exchange: Parameters<RequestListener>) => void = (
    _,
    _request,
    response,
  ) => void response.writeHead(204).end();
  private server: Server;

  constructor({ tls = false } = {}) {
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { headers, url = '' } = request;
        const one = { at: Date.now(), path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
        this.delivered.push(one);
        this.answer(one, request, response);
      });
    };
    const keys = () => ({
      key: readFileSync(join(TLS, 'server.key')),
      cert: readFileSync(join(TLS, 'server.pem')),
    });
    this.server = tls ? createTlsServer(keys(), listener) : createServer(listener);
  }

  /** @returns its port on 127.0.0.1 */
  async start(port = 0): Promise<number> {
    await new Promise<void>((listening) => this.server.listen(port, '127.0.0.1', listening));
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Idle connections go away without a word, as those of a restarted proxy. */
  closeIdle(): void {
    this.server.closeIdleConnections();
  }
}
