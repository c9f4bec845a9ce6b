import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpServer } from './http-server.js';
import { answerHeaders } from './problem/answer-headers.js';
import { hostProblem } from './problem/host-header.js';
import { MEDIA_TYPE, Problem } from './problem/problem.js';
import { requestIdOf } from './problem/request-id.js';
import { normalUrl, pathOf } from './problem/request-url.js';

const STARTING = 'starting';
/** A start takes a second or two, and readers of the feed need not wait longer than that. */
const RETRY_A_START_AFTER_SECONDS = 1;
const RETRY_AFTER_SECONDS = 5;

/**
 * Answers while the application cannot start yet, because its database is away or being migrated: alive, not ready, and 503
 * for everything else. So eNROLL tries again, and nobody restarts the process for something that a restart does not fix.
 */
export class WaitingRoom {
  /** Public: without secrets or personal data. */
  private reason = STARTING;

  constructor(private readonly server: HttpServer) {}

  /** @throws what listening throws, e.g. EADDRINUSE */
  async open(port: number, host: string): Promise<void> {
    this.server.answerWith((request, response) => this.answer(request, response));
    this.server.listen(port, host);
    await once(this.server, 'listening');
  }

  /** @param reason why the application is not there yet; by default it is starting */
  show(reason = STARTING): void {
    this.reason = reason;
  }

  /** For a start that failed: stops listening. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const path = pathOf(normalUrl(request.url ?? '/'));
    const requestId = requestIdOf(request);
    const headers = {
      ...answerHeaders(path, requestId, this.server.isHttps),
      'cache-control': 'no-store',
      connection: 'close',
    };
    const refused = hostProblem(request);
    if (refused === undefined && path === '/health/live') {
      response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end('{"status":"live"}');
      return;
    }
    const reasons = [this.reason];
    const waits =
      path === '/health/ready'
        ? new Problem('NOT_READY', this.reason, { extra: { reasons } })
        : new Problem('DATABASE_UNAVAILABLE', 'The server is starting');
    const problem = refused ?? waits;
    const retryAfter = this.reason === STARTING ? RETRY_A_START_AFTER_SECONDS : RETRY_AFTER_SECONDS;
    response
      .writeHead(problem.status, {
        ...headers,
        'content-type': MEDIA_TYPE,
        'retry-after': String(retryAfter),
      })
      .end(JSON.stringify(problem.document(path, requestId)));
  }
}
