import { createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';

/** As PgBouncer's `pool_mode`, with its defaults. */
export type PoolMode = 'session' | 'transaction';

const KNOWN_PARAMETERS = new Set(['user', 'database', 'application_name', 'client_encoding']);
const SSL_REQUEST = 80_877_103;
const READY_IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const texts = (...items: string[]) => Buffer.from(items.map((item) => `${item}\0`).join(''));
const refusal = (text: string) =>
  message('E', Buffer.concat([texts('SFATAL', 'C08P01', `M${text}`), Buffer.from([0])]));

/** A pooler in front of Postgres: refuses startup parameters as PgBouncer does, and lends backends, the last given back first. */
export class Pooler {
  private readonly idle: Socket[] = [];
  private readonly backends: Socket[] = [];
  private readonly clients = new Set<Socket>();
  private server: Server;

  constructor(
    private readonly databaseUrl: string,
    private readonly mode: PoolMode,
  ) {}

  /** @returns the URL that leads through the pooler */
  async open(): Promise<string> {
    this.server = createServer((client) => this.greet(client));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    const url = new URL(this.databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String(typeof address === 'object' ? address?.port : '');
    return url.href;
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.destroy();
    for (const backend of this.backends) backend.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private greet(client: Socket): void {
    this.clients.add(client);
    client.on('error', () => client.destroy()).on('close', () => this.clients.delete(client));
    client.once('data', (startup: Buffer) => {
      if (startup.readInt32BE(4) === SSL_REQUEST) return void client.write('N', () => this.greet(client));
      const fields = startup.subarray(8).toString().split('\0');
      const unknown = fields.find((name, at) => at % 2 === 0 && name !== '' && !KNOWN_PARAMETERS.has(name));
      if (unknown !== undefined) return void client.end(refusal(`unsupported startup parameter: ${unknown}`));
      client.write(
        Buffer.concat([
          message('R', Buffer.alloc(4)),
          message('S', texts('server_version', '18.4')),
          message('K', Buffer.from([0x7f, 0xff, 0, this.clients.size, 1, 2, 3, 4])), // no backend's number
          READY_IDLE,
        ]),
      );
      this.serve(client);
    });
  }

  private serve(client: Socket): void {
    let lent: Promise<Socket> | undefined;
    const giveBack = (backend: Socket): void => {
      if (this.mode === 'session') return;
      lent = undefined;
      this.idle.push(backend);
    };
    client.on('data', (data: Buffer) => {
      if (data[0] === 0x58) return void client.end();
      lent ??= this.lend(client, giveBack);
      void lent.then((backend) => backend.write(data));
    });
    // a session ends with its backend; PgBouncer would reset it and lend it to the next
    client.on('close', () => void lent?.then((backend) => backend.destroy()));
  }

  private async lend(client: Socket, giveBack: (backend: Socket) => void): Promise<Socket> {
    const backend = this.idle.pop() ?? (await this.connect());
    backend.removeAllListeners('data');
    backend.on('data', (data: Buffer) => {
      if (data.subarray(-READY_IDLE.length).equals(READY_IDLE)) giveBack(backend);
      client.write(data);
    });
    return backend;
  }

  private async connect(): Promise<Socket> {
    const login = new pg.Client({ connectionString: this.databaseUrl });
    login.on('error', () => undefined);
    await login.connect();
    const backend = login.connection.stream as Socket;
    this.backends.push(backend);
    return backend;
  }
}
