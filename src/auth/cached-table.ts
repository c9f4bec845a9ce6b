/** Tells of changes that another process made; `connected` is false while some may be missed. */
export interface ChangeSource {
  readonly connected: boolean;
}

/** A change that nobody told us of (a hand-written UPDATE) is seen this late at the most. */
const MAX_AGE_MS = 30_000;

/**
 * A small table held in memory, so that the hot path asks no database. It is read again after `drop`, after
 * `MAX_AGE_MS`, and for every question while the source of changes is not connected: then an answer from memory could
 * be one that was revoked elsewhere.
 */
export class CachedTable<T> {
  private held: { value: T; readAtMs: number } | undefined;
  private reading: Promise<T> | undefined;
  private generation = 0;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly changes: ChangeSource,
  ) {}

  /** The table as it is now: from memory at once, or a promise of a read that simultaneous callers share. */
  current(): T | Promise<T> {
    const { held } = this;
    if (held !== undefined && this.changes.connected && performance.now() - held.readAtMs < MAX_AGE_MS) {
      return held.value;
    }
    this.reading ??= this.readAgain();
    return this.reading;
  }

  /** Forgets what is held; a read under way is not joined any more, it may have begun before the change. */
  drop(): void {
    this.generation += 1;
    this.held = undefined;
    this.reading = undefined;
  }

  private async readAgain(): Promise<T> {
    const { generation } = this;
    const readAtMs = performance.now();
    try {
      const value = await this.read();
      if (generation === this.generation) this.held = { value, readAtMs };
      return value;
    } finally {
      if (generation === this.generation) this.reading = undefined;
    }
  }
}
