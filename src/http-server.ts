import { type RequestListener, Server } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { type TLSSocket, type Server as TlsServer } from 'node:tls';
import { clientErrorAnswer } from './problem/client-error.js';
import type { Tls } from './tls.js';

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
  /** Without it the ports speak plain HTTP. */
  tls?: Tls | undefined;
  /** Whether callers come by HTTPS, here or at a proxy; by default: where there is `tls`. */
  isHttps?: boolean;
  /** For tests, which cannot wait for a minute. */
  limits?: Partial<typeof LIMITS>;
}

/**
 * The HTTP server of the process. The waiting room listens on it first, then the application takes it over. The port is not
 * closed in between, so no liveness probe is ever refused. A management port is a second listener that hands its connections
 * to the same server: whatever holds for one port (answers, limits, a stop) holds for the other.
 */
export class HttpServer extends Server {
  readonly isHttps: boolean;
  private readonly management: NetServer | undefined;
  private readonly managementAddress: Address | undefined;
  private readonly fromManagement = new WeakSet<Socket>();
  private readonly certified = new WeakSet<Socket>();
  private readonly tls: Tls | undefined;
  /** Connections below TLS. Those of a handshake are not known to HTTP yet. */
  private readonly encrypted = new Set<Socket>();
  private application: RequestListener | undefined;
  private isOver = false;

  constructor({ management, tls, isHttps, limits = {} }: Options = {}) {
    // whoever answers refuses what lacks `Host`, with headers and an id: see `hostProblem`
    super({ ...LIMITS, ...limits, requireHostHeader: false });
    this.isHttps = isHttps ?? tls !== undefined;
    this.on('clientError', clientErrorAnswer(this.isHttps));
    // Node would answer 417 without our headers; it may as well be ignored (RFC 9110, 10.1.1)
    this.on('checkExpectation', (request, response) => this.emit('request', request, response));
    this.tls = tls;
    this.managementAddress = management;
    const [speakHttp] = this.listeners('connection');
    const take = (socket: Socket) => void speakHttp?.call(this, socket);
    const takeManagement = (socket: Socket) => {
      this.fromManagement.add(socket);
      take(socket);
    };
    if (tls !== undefined) {
      this.removeAllListeners('connection').on('connection', this.decrypt(tls.makeServer(true), take));
    }
    if (management !== undefined) {
      // as a server of HTTP has them
      this.management = new NetServer(
        { allowHalfOpen: true, noDelay: true },
        tls === undefined ? takeManagement : this.decrypt(tls.makeServer(false), takeManagement),
      );
      this.management.on('error', (error) => this.emit('error', error));
    }
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

  /** Whether the other side showed a certificate of the authority that we ask for. */
  isCertified(connection: Socket): boolean {
    return this.certified.has(connection);
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
    this.tls?.follow();
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
    this.tls?.unfollow();
    const { management } = this;
    if (management === undefined) return super.close(closed);
    return super.close((error) => management.close(() => closed?.(error)));
  }

  override closeAllConnections(): void {
    super.closeAllConnections();
    for (const socket of this.encrypted) socket.destroy();
  }

  private decrypt(server: TlsServer, take: (socket: Socket) => void): (socket: Socket) => void {
    server.on('secureConnection', (socket) => {
      if (isCertified(socket)) this.certified.add(socket);
      take(socket);
    });
    return (socket) => {
      this.encrypted.add(socket);
      socket.once('close', () => this.encrypted.delete(socket));
      server.emit('connection', socket);
    };
  }
}

/** For Node a resumed session is `authorized` even if nobody ever showed a certificate in it. */
function isCertified(socket: TLSSocket): boolean {
  return socket.authorized && socket.getPeerX509Certificate() !== undefined;
}

function portOf(server: NetServer): number | undefined {
  return (server.address() as AddressInfo | null)?.port;
}
