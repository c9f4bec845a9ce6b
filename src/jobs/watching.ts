import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Db } from 'pg-boss';
import type { Look } from './jobs.types.js';
import { holdWatches, releaseWatches, WATCH_LEASE_SECONDS } from './watches.repository.js';

const RENEW_EVERY_MS = 1_500;
const LEASE_MS = WATCH_LEASE_SECONDS * 1000;
const REST_AFTER_FAULT_MS = 1_000;
/** Ready no more: the queue was not reached, or a follower of the feed has not come through, for so long. A silence
 * costs the queue up to 14 s by itself: 10 s for the statement asked in vain, 3 s to connect, 1 s of rest. */
const UNREACHED_MS = 20_000;
const STUCK_MS = 30_000;
/** Their looks ask the database alone; others may wait long for other systems. */
const FOLLOWER = /^feed\./;
/** A line in the log says so often what was found. */
const TELL_EVERY_MS = 60_000;

export interface Watch {
  name: string;
  everyMs: number;
  look: Look;
}

interface Held {
  /** Aborted when the lease is over. */
  stop: AbortController;
  untilMs: number;
  /** When a look last came to its end. */
  lookedMs: number;
}

export type Told = (
  name: string,
  outcome: 'done' | 'failed',
  durationMs: number,
  counts: Record<string, number>,
  error?: unknown,
) => void;

/**
 * Looks again and again for something to do. Of several processes one looks, while it holds the watch for a lease that
 * it prolongs; where it is gone, the next goes on within seconds. For a moment two may look: what they find they claim.
 */
export class Watching {
  private readonly owner = randomUUID();
  private readonly held = new Map<string, Held>();
  private reachedMs = performance.now();
  private readonly loops = new Set<Promise<void>>();

  constructor(
    private readonly db: Db,
    private readonly watches: readonly Watch[],
    private readonly leaving: AbortSignal,
    private readonly tell: Told,
  ) {}

  /** Until the process leaves; then the watches are given back. */
  async run(): Promise<void> {
    while (!this.leaving.aborted) {
      await this.hold();
      await setTimeout(RENEW_EVERY_MS, undefined, { signal: this.leaving }).catch(() => undefined);
    }
    for (const { stop } of this.held.values()) stop.abort();
    await Promise.all(this.loops);
    await releaseWatches(this.db, this.owner).catch(() => undefined); // the leases end by themselves
  }

  /** Why what is watched does not go on, for readiness. */
  obstacle(): string | null {
    const nowMs = performance.now();
    if (nowMs - this.reachedMs > UNREACHED_MS) return 'jobs: the queue does not answer';
    for (const [name, { lookedMs }] of this.held) {
      if (FOLLOWER.test(name) && nowMs - lookedMs > STUCK_MS) return `positions: ${name} does not move`;
    }
    return null;
  }

  private async hold(): Promise<void> {
    const askedMs = performance.now();
    let names: string[] | undefined;
    try {
      names = await holdWatches(
        this.db,
        this.owner,
        this.watches.map(({ name }) => name),
      );
      this.reachedMs = askedMs;
    } catch {
      // the database is away: what is held stays so until its lease has ended
    }
    for (const [name, { stop, untilMs }] of this.held) {
      if (names === undefined ? performance.now() < untilMs : names.includes(name)) continue;
      stop.abort();
      this.held.delete(name);
    }
    for (const watch of this.watches)
      if (names?.includes(watch.name) === true) this.keep(watch, askedMs + LEASE_MS);
  }

  private keep(watch: Watch, untilMs: number): void {
    const held = this.held.get(watch.name);
    if (held !== undefined) {
      held.untilMs = untilMs;
      return;
    }
    const stop = new AbortController();
    const begun = { stop, untilMs, lookedMs: performance.now() };
    this.held.set(watch.name, begun);
    const loop = this.loop(watch, begun).finally(() => this.loops.delete(loop));
    this.loops.add(loop);
  }

  private async loop({ name, everyMs, look }: Watch, held: Held): Promise<void> {
    const signal = AbortSignal.any([held.stop.signal, this.leaving]);
    let totals: Record<string, number> = {};
    let toldMs = performance.now();
    const say = () => {
      this.tell(name, 'done', performance.now() - toldMs, totals);
      totals = {};
      toldMs = performance.now();
    };
    while (!signal.aborted) {
      let restMs = REST_AFTER_FAULT_MS;
      try {
        const { counts, pauseMs = everyMs } = await look(signal);
        for (const [key, n] of Object.entries(counts)) totals[key] = (totals[key] ?? 0) + n;
        restMs = pauseMs;
        held.lookedMs = performance.now();
      } catch (error) {
        this.tell(name, 'failed', performance.now() - toldMs, {}, error);
      }
      if (performance.now() - toldMs > TELL_EVERY_MS) say();
      await setTimeout(restMs, undefined, { signal }).catch(() => undefined);
    }
    say();
  }
}
