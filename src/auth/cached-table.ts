import type { Listener } from '../db/listen.js';
import { patiently } from '../db/patience.js';

/** Maximum delay until a change without a notification (a hand-written UPDATE) is seen. */
const MAX_AGE_MS = 30_000;

/**
 * A small table held in memory, so that the hot path asks no database. It is read again after `drop`, after
 * `MAX_AGE_MS`, and for every question while the listener is not connected: then memory could hold what another process
 * has revoked.
 */
export class CachedTable<T> {
  private kept: { value: T; readAtMs: number } | undefined;
  private reading: Promise<T> | undefined;
  private generation = 0;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly changes: Pick<Listener, 'connected' | 'on' | 'onReconnected'>,
  ) {}

  /** Drops the table at every notification on this channel. Call it once, before the first question. */
  async dropOn(channel: string): Promise<void> {
    this.changes.onReconnected(() => this.drop());
    await this.changes.on(channel, () => this.drop());
    // What was read before the channel was listened to may have missed a change.
    this.drop();
  }

  /** The table as it is now: from memory at once, or a promise of a read that simultaneous callers share. */
  current(): T | Promise<T> {
    const { kept } = this;
    if (kept !== undefined && this.changes.connected && performance.now() - kept.readAtMs < MAX_AGE_MS) {
      return kept.value;
    }
    this.reading ??= this.readAgain();
    return this.reading;
  }

  /** The table as it was read last; undefined while nothing is held. Asks nobody. */
  get held(): T | undefined {
    return this.kept?.value;
  }

  /** As `current`, but while the database is away it waits, as long as a callback waits for its commit. */
  patiently(): T | Promise<T> {
    const table = this.current();
    return table instanceof Promise ? patiently(table, () => this.current()) : table;
  }

  /** Forgets what is held. Nobody joins a read under way any more: it may have begun before the change. */
  drop(): void {
    this.generation += 1;
    this.kept = undefined;
    this.reading = undefined;
  }

  private async readAgain(): Promise<T> {
    const { generation } = this;
    const readAtMs = performance.now();
    try {
      const value = await this.read();
      if (generation === this.generation) this.kept = { value, readAtMs };
      return value;
    } finally {
      if (generation === this.generation) this.reading = undefined;
    }
  }
}
