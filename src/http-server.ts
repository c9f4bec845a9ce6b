import { type RequestListener, Server } from 'node:http';
import { answerClientError } from './problem/client-error.js';

/** Slow senders are cut off (M4); keep-alive outlives the usual 60 s of proxies. */
const LIMITS = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
};

/**
 * The port of the process. The waiting room listens on it first, and the application goes on with it as it is: no port is
 * closed in between, so a probe of liveness is never refused.
 */
export class HttpServer extends Server {
  private application: RequestListener | undefined;
  private isOver = false;

  /** @param limits of tests, which do not wait for a minute */
  constructor(limits: Partial<typeof LIMITS> = {}) {
    super({ ...LIMITS, ...limits });
    this.on('clientError', answerClientError);
  }

  /** From now on it alone answers. */
  answerWith(listener: RequestListener): void {
    this.removeAllListeners('request').on('request', listener);
  }

  /** Takes the application, which brings its own `clientError`, and answers once it listens. The last one counts. */
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
