import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  url: string;
  token: string;
  contentType: string | undefined;
  list: { applicantId: string }[];
}

interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

const MAX_BODY_BYTES = 100_000;

/** An organization that remembers what it was sent and answers as told. */
export class StandInOrganization {
  readonly received: Received[] = [];
  readonly tokenRequests: { headers: IncomingMessage['headers']; form: URLSearchParams }[] = [];
  readonly tests: { url: string; value: unknown; authorization: string | undefined }[] = [];
  /** Answers to give before any 200. */
  readonly troubles: { status: number; retryAfter?: string }[] = [];
  tokenTrouble = 0;
  goodToken = '';
  expiresIn = 3600;
  underWay = 0;
  mostUnderWay = 0;
  slowMs = 0;
  hangsUp = false;
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body, headers }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((listening) => this.server?.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((closed) => this.server?.close(closed));
  }

  private async answer(request: IncomingMessage): Promise<Reply> {
    if (Number(request.headers['content-length']) > MAX_BODY_BYTES) {
      // as servers do that would rather not read what they refuse
      if (this.hangsUp) request.socket.destroy();
      return { status: 413, body: {}, headers: { connection: 'close' } };
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString('utf8');
    const { url = '', headers } = request;
    if (headers['callback-test'] !== undefined) {
      this.tests.push({ url, value: headers['callback-test'], authorization: headers.authorization });
      return { status: 200, body: {} };
    }
    return url === '/oauth/token' ? this.giveToken(headers, text) : this.take(url, headers, text);
  }

  private giveToken(headers: IncomingMessage['headers'], text: string): Reply {
    this.tokenRequests.push({ headers, form: new URLSearchParams(text) });
    if (this.tokenTrouble > 0) return { status: this.tokenTrouble, body: { error: 'invalid_client' } };
    this.goodToken = `token-${this.tokenRequests.length}`;
    return {
      status: 200,
      body: { access_token: this.goodToken, expires_in: this.expiresIn, token_type: 'Bearer' },
    };
  }

  private async take(url: string, headers: IncomingMessage['headers'], text: string): Promise<Reply> {
    const token = headers.authorization?.replace('Bearer ', '') ?? '';
    if (token !== this.goodToken) return { status: 401, body: {} };
    const trouble = this.troubles.shift();
    if (trouble !== undefined) {
      return { status: trouble.status, body: {}, headers: { 'retry-after': trouble.retryAfter ?? '0' } };
    }
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    await new Promise((done) => setTimeout(done, /"isUpdate":true/.test(text) ? 0 : this.slowMs));
    this.underWay -= 1;
    const list = parsed(text);
    if (list === undefined) return { status: /^<|\0/.test(text) ? 415 : 400, body: {} };
    this.received.push({ url, token, contentType: headers['content-type'], list });
    return { status: 200, body: { applied: list.length, duplicates: 0, quarantined: 0 } };
  }
}

function parsed(text: string): { applicantId: string }[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as { applicantId: string }[]) : undefined;
  } catch {
    return undefined;
  }
}
