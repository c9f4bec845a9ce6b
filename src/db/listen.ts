import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { BoundedClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';

const FIRST_BACKOFF_MILLISECONDS = 100;
const MAX_BACKOFF_MILLISECONDS = 1000;
/**
 * A server that swallows packets never closes the connection, and a demoted one still answers reads. Asking from time to
 * time finds out, for every connection of this process.
 */
const HEARTBEAT_MILLISECONDS = 5000;

/**
 * LISTEN on its own connection, which is made with the first `on` and again whenever it breaks. Notifications in between
 * are lost, since Postgres keeps none: use `onReconnected` to drop what you have cached.
 */
export class Listener implements OnApplicationShutdown {
  private readonly log = new Logger(Listener.name);
  private readonly channels = new Map<string, ((payload: string) => void)[]>();
  private readonly callbacks: (() => void)[] = [];
  private client: BoundedClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  private backoff = FIRST_BACKOFF_MILLISECONDS;
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;
  /** False while notifications may be missed. */
  connected = false;

  constructor(private readonly url: string) {}

  /** Calls `heard` with the payload of every notification on the channel. Resolves once it listens, or once connecting failed. */
  async on(channel: string, heard: (payload: string) => void): Promise<void> {
    const known = this.channels.get(channel);
    this.channels.set(channel, [...(known ?? []), heard]);
    if (this.client === undefined && this.timer === undefined) return this.connect();
    if (known === undefined && this.connected)
      await this.inTurn(async () => this.client?.query(listenTo(channel)));
  }

  /** Calls `callback` after every connection but the first. */
  onReconnected(callback: () => void): void {
    this.callbacks.push(callback);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    this.connected = false;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  private async connect(again = false): Promise<void> {
    if (this.closed) return;
    const client = new BoundedClient(connectionOptions(this.url, 'rollcall-listener'));
    this.client = client;
    client.on('notification', ({ channel, payload }) => this.hear(channel, payload ?? ''));
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    try {
      await client.connect();
      for (const channel of this.channels.keys()) await client.query(listenTo(channel));
    } catch {
      return this.lose(client);
    }
    if (this.client !== client) return;
    this.connected = true;
    this.backoff = FIRST_BACKOFF_MILLISECONDS;
    this.beat(client);
    if (again) for (const callback of this.callbacks) callback();
  }

  /** One statement after the other: node-postgres is to refuse a second one meanwhile. */
  private inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const asked = this.turn.then(ask);
    this.turn = asked.catch(() => undefined);
    return asked;
  }

  private hear(channel: string, payload: string): void {
    for (const heard of this.channels.get(channel) ?? []) heard(payload);
  }

  /** Handles a lost connection once, although it reports the loss by error, end and a failed query. */
  private lose(client: BoundedClient): void {
    if (this.client !== client || this.closed) return;
    if (this.connected) this.log.warn('The connection for notifications was lost; connecting again.');
    this.client = undefined;
    this.connected = false;
    clearTimeout(this.timer);
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.connect(true);
    }, this.backoff).unref();
    this.backoff = Math.min(this.backoff * 2, MAX_BACKOFF_MILLISECONDS);
  }

  private beat(client: BoundedClient): void {
    this.timer = setTimeout(() => {
      this.inTurn(() => client.checkWritable()).then(
        () => this.client === client && this.beat(client),
        () => this.lose(client),
      );
    }, HEARTBEAT_MILLISECONDS).unref();
  }
}

function listenTo(channel: string): string {
  return `listen ${pg.escapeIdentifier(channel)}`;
}
