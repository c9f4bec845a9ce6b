import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP relay in front of Postgres that can fail the way networks do. */
export class Proxy {
  private readonly pairs = new Set<[Socket, Socket]>();
  private silent = false;
  private refusing = false;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    /** The target's address by way of the relay. */
    readonly url: string,
  ) {}

  static async before(target: string): Promise<Proxy> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = new URL(target);
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new Proxy(server, new URL(target), url.href);
    server.on('connection', (socket) => proxy.relay(socket));
    return proxy;
  }

  get connections(): number {
    return this.pairs.size;
  }

  /** Swallows packets both ways, those of new connections too; nobody is told. */
  goSilent(): void {
    this.silent = true;
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  /** Breaks every connection and refuses new ones. */
  goDown(): void {
    this.refusing = true;
    this.cut();
  }

  /** Breaks every connection there is. */
  cut(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** Back to normal; what was swallowed arrives late. */
  recover(): void {
    this.silent = false;
    this.refusing = false;
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private relay(socket: Socket): void {
    if (this.refusing) {
      socket.destroy();
      return;
    }
    const upstream = connect(Number(this.target.port), this.target.hostname);
    const pair: [Socket, Socket] = [socket, upstream];
    this.pairs.add(pair);
    for (const [from, to] of [pair, [upstream, socket] as const]) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('end', () => !this.silent && to.end());
      from.on('error', () => undefined);
      from.on('close', () => {
        this.pairs.delete(pair);
        to.destroy();
      });
      if (this.silent) from.pause();
    }
  }
}
