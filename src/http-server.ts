import { type RequestListener, Server } from 'node:http';
import { answerClientError } from './problem/client-error.js';

/** Slow senders are cut off (M4). Keep-alive lasts longer than the usual 60 s of proxies. */
const LIMITS = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
};

/**
 * The HTTP server of the process. The waiting room listens on it first, then the application takes it over. The port is not
 * closed in between, so no liveness probe is ever refused.
 */
export class HttpServer extends Server {
  private application: RequestListener | undefined;
  private isOver = false;

  /** @param limits for tests, which cannot wait for a minute */
  constructor(limits: Partial<typeof LIMITS> = {}) {
    super({ ...LIMITS, ...limits });
    this.on('clientError', answerClientError);
  }

  /** From now on only this listener answers. */
  answerWith(listener: RequestListener): void {
    this.removeAllListeners('request').on('request', listener);
  }

  /** Registers the application, which has its own `clientError` listener and answers once it listens. The last one counts. */
  announce(application: RequestListener): Server {
    this.application = application;
    return this.removeAllListeners('clientError');
  }

  override listen(...where: unknown[]): this {
    if (this.isOver) {
      process.nextTick(() => this.emit('error', new Error('The server was closed before it listened')));
      return this;
    }
    if (this.application !== undefined) this.answerWith(this.application);
    if (!this.listening) return super.listen(...(where as [number]));
    process.nextTick(() => this.emit('listening'));
    return this;
  }

  override close(closed?: (error?: Error) => void): this {
    this.isOver = true;
    return super.close(closed);
  }
}
