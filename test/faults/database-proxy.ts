import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the way to the database does. */
export type Weather =
  /** passes everything on */
  | 'fair'
  /** refuses new connections and has cut the old ones */
  | 'cut'
  /** takes everything and passes nothing on, in both directions */
  | 'silent'
  /** passes everything on, 200 ms late */
  | 'slow'
  /** cuts a connection now and then, in the middle of anything */
  | 'flaky';

const SLOW_MS = 200;
const CUT_ONE_IN = 12;

/** A TCP proxy in front of Postgres whose weather can be changed. */
export class DatabaseProxy {
  private weather: Weather = 'fair';
  private readonly links = new Set<{ near: Socket; far: Socket }>();
  private server: Server;
  private eatAnswerTo: string | null = null;
  private change: { text: string; weather: Weather } | undefined;
  private seed = 1;
  /** How many answers were swallowed after their statement had been committed. */
  answersEaten = 0;

  /** @returns the URL that leads through the proxy */
  async open(databaseUrl: string): Promise<string> {
    const target = new URL(databaseUrl);
    const [port, host] = [Number(target.port), target.hostname];
    this.server = createServer((near) => this.link(near, port, host));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    target.hostname = '127.0.0.1';
    target.port = String(typeof address === 'object' ? address?.port : '');
    return target.href;
  }

  set(weather: Weather): void {
    this.weather = weather;
    if (weather === 'cut') this.cutAll();
  }

  /** The next statement of that name is passed on; its answer is not, and its connection ends. */
  eatNextAnswerTo(statementName: string): void {
    this.eatAnswerTo = statementName;
  }

  /** Whether `changeAt` has come to pass. */
  get hasChanged(): boolean {
    return this.change === undefined;
  }

  /** The weather changes when a statement with this text is about to be passed on, before it is. */
  changeAt(text: string, weather: Weather): void {
    this.change = { text, weather };
  }

  /**
   * A failover behind one address: whoever is connected stays so, to a server that takes no writes from now on; whoever
   * connects comes to one that does. Links with a statement in flight are cut.
   */
  async demote(): Promise<void> {
    await Promise.all([...this.links].map((link) => this.demoteLink(link)));
  }

  private demoteLink({ near, far }: { near: Socket; far: Socket }): Promise<void> {
    const text = Buffer.from('set default_transaction_read_only = on\0');
    const head = Buffer.from([0x51, 0, 0, 0, text.length + 4]);
    const toNear = far.listeners('data') as ((data: Buffer) => void)[];
    return new Promise((resolve) => {
      far.removeAllListeners('data');
      far.once('close', resolve);
      far.on('data', (data: Buffer) => {
        if (data.subarray(-6, -1).compare(Buffer.from([0x5a, 0, 0, 0, 5])) !== 0) return;
        far.removeAllListeners('data');
        for (const pass of toNear) far.on('data', pass);
        // the answer to ours alone: with a statement in flight nobody could tell whose it is
        if (data[0] !== 0x43 || data.at(-1) !== 0x49) near.destroy();
        resolve();
      });
      far.write(Buffer.concat([head, text]));
    });
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private cutAll(): void {
    for (const { near, far } of this.links) {
      near.destroy();
      far.destroy();
    }
  }

  private link(near: Socket, port: number, host: string): void {
    if (this.weather === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    const link = { near, far };
    let eating = false;
    this.links.add(link);
    const end = () => {
      near.destroy();
      far.destroy();
      this.links.delete(link);
    };
    near.on('close', end).on('error', end);
    far.on('close', end).on('error', end);
    near.on('data', (data: Buffer) => {
      if (this.change !== undefined && data.includes(this.change.text)) {
        const { weather } = this.change;
        this.change = undefined;
        this.set(weather);
      }
      if (this.eatAnswerTo !== null && data.includes(`${this.eatAnswerTo}\0`)) {
        eating = true;
        this.eatAnswerTo = null;
      }
      void this.pass(data, far, end);
    });
    far.on('data', (data: Buffer) => {
      if (!eating) return void this.pass(data, near, end);
      // 'Z' with 'I' ends the answer: by then the statement is committed.
      if (data.includes(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]))) {
        this.answersEaten++;
        end();
      }
    });
  }

  private async pass(data: Buffer, to: Socket, end: () => void): Promise<void> {
    if (this.weather === 'silent' || to.destroyed) return;
    if (this.weather === 'slow') await sleep(SLOW_MS);
    if (this.weather === 'flaky' && this.random() < 1 / CUT_ONE_IN) end();
    else if (!to.destroyed) to.write(data);
  }

  /** Park and Miller: the same cuts in every run. */
  private random(): number {
    this.seed = (this.seed * 48_271) % 2_147_483_647;
    return this.seed / 2_147_483_647;
  }
}
