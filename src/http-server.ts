import { type RequestListener, Server } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { answerClientError } from './problem/client-error.js';

/** Slow senders are cut off (M4). Keep-alive lasts longer than the usual 60 s of proxies. */
const LIMITS = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 75_000,
  connectionsCheckingInterval: 2_000,
};

/** Where to listen; port 0 picks a free one. */
export interface Address {
  port: number;
  host: string;
}

interface Options {
  /** A second port, whose connections `isManagement` tells from others. */
  management?: Address | undefined;
  /** For tests, which cannot wait for a minute. */
  limits?: Partial<typeof LIMITS>;
}

/**
 * The HTTP server of the process. The waiting room listens on it first, then the application takes it over. The port is not
 * closed in between, so no liveness probe is ever refused. A management port is a second listener that hands its connections
 * to the same server: whatever holds for one port (answers, limits, a stop) holds for the other.
 */
export class HttpServer extends Server {
  private readonly management: NetServer | undefined;
  private readonly managementAddress: Address | undefined;
  private readonly fromManagement = new WeakSet<object>();
  private application: RequestListener | undefined;
  private isOver = false;

  constructor({ management, limits = {} }: Options = {}) {
    super({ ...LIMITS, ...limits });
    this.on('clientError', answerClientError);
    this.managementAddress = management;
    if (management !== undefined) this.management = this.makeManagement();
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

  /** Whether a connection came in at the management port. */
  isManagement(connection: Socket): boolean {
    return this.fromManagement.has(connection);
  }

  /** The ports it listens on. */
  get ports(): { port: number; management: number | undefined } {
    return { port: portOf(this) ?? 0, management: this.management && portOf(this.management) };
  }

  /** `listening` means that both ports are open. */
  override listen(...where: unknown[]): this {
    if (this.isOver) {
      process.nextTick(() => this.emit('error', new Error('The server was closed before it listened')));
      return this;
    }
    if (this.application !== undefined) this.answerWith(this.application);
    if (this.listening) {
      process.nextTick(() => this.emit('listening'));
      return this;
    }
    if (this.management === undefined) return super.listen(...(where as [number]));
    this.management.listen(this.managementAddress, () => {
      if (!this.isOver) super.listen(...(where as [number]));
    });
    return this;
  }

  /** Takes no new connections. Those that are open stay, with what is on its way on them. */
  stopListening(): void {
    this.management?.close();
    // the `close` of HTTP would cut connections whose next request is on its way
    NetServer.prototype.close.call(this);
  }

  override close(closed?: (error?: Error) => void): this {
    this.isOver = true;
    const { management } = this;
    if (management === undefined) return super.close(closed);
    return super.close((error) => management.close(() => closed?.(error)));
  }

  private makeManagement(): NetServer {
    // as a server of HTTP has them
    const server = new NetServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.fromManagement.add(socket);
      this.emit('connection', socket);
    });
    return server.on('error', (error) => this.emit('error', error));
  }
}

function portOf(server: NetServer): number | undefined {
  return (server.address() as AddressInfo | null)?.port;
}
