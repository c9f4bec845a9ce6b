import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { answerHeaders } from './problem/answer-headers.js';
import { MEDIA_TYPE, problemDocument } from './problem/document.js';
import { Problem } from './problem/problem.js';
import { requestIdOf } from './problem/request-id.js';

const RETRY_AFTER_SECONDS = 5;

/**
 * Answers while the application cannot be there yet, since its database is away or being migrated: alive, not ready,
 * and 503 for everything else, so that eNROLL comes again and nobody restarts the process for what a restart does not mend.
 */
export class WaitingRoom {
  /** Public: without secrets or personal data. */
  reason = 'starting';
  private server: Server | undefined;

  constructor(
    private readonly port: number,
    private readonly host: string,
  ) {}

  /** @throws what listening throws, e.g. EADDRINUSE */
  async open(): Promise<void> {
    this.server = createServer((request, response) => this.answer(request, response));
    this.server.listen(this.port, this.host);
    await once(this.server, 'listening');
  }

  /** Leaves the port to the application. */
  async close(): Promise<void> {
    const server = this.server;
    if (server === undefined) return;
    this.server = undefined;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const requestId = requestIdOf(request);
    const headers = {
      ...answerHeaders(path, requestId),
      'cache-control': 'no-store',
      connection: 'close',
    };
    if (/^\/health\/live\/?$/.test(path)) {
      response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end('{"status":"live"}');
      return;
    }
    const reasons = [this.reason];
    const problem = /^\/health\/ready\/?$/.test(path)
      ? new Problem('NOT_READY', this.reason, { extra: { reasons } })
      : new Problem('DATABASE_UNAVAILABLE', 'The server is starting');
    response
      .writeHead(problem.status, {
        ...headers,
        'content-type': MEDIA_TYPE,
        'retry-after': String(RETRY_AFTER_SECONDS),
      })
      .end(JSON.stringify(problemDocument(problem, path, requestId)));
  }
}
