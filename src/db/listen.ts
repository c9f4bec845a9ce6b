import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { BoundedClient } from './bounded-client.js';
import { connectionOptions } from './pool-options.js';

const FIRST_BACKOFF_MILLISECONDS = 100;
const MAX_BACKOFF_MILLISECONDS = 1000;
/**
 * A server that swallows packets sends no end of connection, and one that was demoted goes on answering whoever reads: a
 * question now and then finds out, for every connection of this process.
 */
const HEARTBEAT_MILLISECONDS = 5000;

/**
 * LISTEN on one connection of its own, connected with the first `on` and again whenever it breaks. What was notified
 * in between is lost, as Postgres keeps nothing: drop what you cached in a `reconnected` callback.
 */
export class Listener implements OnApplicationShutdown {
  private readonly log = new Logger(Listener.name);
  private readonly channels = new Map<string, ((payload: string) => void)[]>();
  private readonly callbacks: (() => void)[] = [];
  private client: BoundedClient | undefined;
  private timer: NodeJS.Timeout | undefined;
  private backoff = FIRST_BACKOFF_MILLISECONDS;
  private isConnected = false;
  private closed = false;

  constructor(private readonly url: string) {}

  /** False while notifications may be missed. */
  get connected(): boolean {
    return this.isConnected;
  }

  /** Calls `heard` with the payload of every notification on the channel. Resolves once it is listened to, if it can be. */
  async on(channel: string, heard: (payload: string) => void): Promise<void> {
    const known = this.channels.get(channel);
    this.channels.set(channel, [...(known ?? []), heard]);
    if (this.client === undefined && this.timer === undefined) return this.connect();
    if (known === undefined && this.isConnected) await this.client?.query(listenTo(channel));
  }

  /** Called after every connection but the first. */
  onReconnected(callback: () => void): void {
    this.callbacks.push(callback);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.isConnected = false;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
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
    this.isConnected = true;
    this.backoff = FIRST_BACKOFF_MILLISECONDS;
    this.beat(client);
    if (again) for (const callback of this.callbacks) callback();
  }

  private hear(channel: string, payload: string): void {
    for (const heard of this.channels.get(channel) ?? []) heard(payload);
  }

  /** A connection is lost once, though it says so by error, end and failed query. */
  private lose(client: BoundedClient): void {
    if (this.client !== client || this.closed) return;
    if (this.isConnected) this.log.warn('The connection for notifications was lost; it is made again.');
    this.client = undefined;
    this.isConnected = false;
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
      client.checkWritable().then(
        () => this.client === client && this.beat(client),
        () => this.lose(client),
      );
    }, HEARTBEAT_MILLISECONDS).unref();
  }
}

function listenTo(channel: string): string {
  return `listen ${pg.escapeIdentifier(channel)}`;
}
