import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const WRITE_EVERY_MS = 1_000;
const HOUR_MS = 3_600_000;

/**
 * Rows that wait in memory and are written together, at most once a second: however often their cause occurs, it costs one
 * write a second, and no answer waits for it. A crash loses what waits.
 */
export class CollectedRows<Row> {
  private readonly waiting = new Map<string, Row>();
  private readonly stopping = new AbortController();
  private writing: Promise<void> | undefined;

  /** @param onFault told of a failed write; its rows are lost */
  constructor(
    private readonly write: (rows: Row[]) => Promise<void>,
    private readonly onFault: (error: unknown) => void,
  ) {}

  get(id: string): Row | undefined {
    return this.waiting.get(id);
  }

  /** How many rows wait that are of this kind. */
  count(isOfKind: (row: Row) => boolean): number {
    let rows = 0;
    for (const row of this.waiting.values()) if (isOfKind(row)) rows += 1;
    return rows;
  }

  /** Replaces the row that waits under this id. Writes at once if nothing was written within the last second. */
  put(id: string, row: Row): void {
    this.waiting.set(id, row);
    this.writing ??= this.writeAll();
  }

  /** Writes what waits, and resolves once it is written. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.writing;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.size > 0) {
      const rows = [...this.waiting.values()];
      this.waiting.clear();
      await this.write(rows).catch(this.onFault);
      await pause(WRITE_EVERY_MS, undefined, { ref: false, signal: this.stopping.signal }).catch(
        () => undefined,
      );
    }
    this.writing = undefined;
  }
}

/** The same id for all that is alike and comes within an hour, in every process: a UUIDv7 of the hour. */
export function hourlyId(at: Date, alike: unknown): string {
  const time = (at.getTime() - (at.getTime() % HOUR_MS)).toString(16).padStart(12, '0');
  const hex = createHash('sha256').update(JSON.stringify(alike)).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}
