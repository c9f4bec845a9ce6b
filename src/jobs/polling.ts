import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Db } from 'pg-boss';
import { FOLLOWERS, type Poll } from './jobs.types.js';
import { type Beat, beat, POLL_LEASE_SECONDS, releasePolls } from './polls.repository.js';

const BEAT_MS = 2_000;
const LEASE_MS = POLL_LEASE_SECONDS * 1000;
const REST_AFTER_FAULT_MS = 1_000;
/** A poll that was woken or found something keeps its pace for this long: what was written may not be shown yet. */
export const AWAKE_MS = 2_000;
/** A poll that sleeps looks after this long even if nothing wakes it. */
const SLEEP_MS = 300_000;
/** Not ready once the queue was out of reach, or a follower of the feed has not come through, for this long. A silence
 * alone costs the queue up to 14 s: 10 s for a statement without an answer, 3 s to connect, 1 s of rest. */
const UNREACHED_MS = 20_000;
const STUCK_MS = 30_000;
/** How often a line in the log sums up what was found. */
const TELL_EVERY_MS = 60_000;

export interface DeclaredPoll {
  name: string;
  everyMs: number;
  /** Whether it sleeps until it is woken, once it finds nothing. */
  sleeps: boolean;
  poll: Poll;
}

/** What every process that works does while something holds in the database. */
export interface Condition {
  /** SQL. */
  due: string;
  react(): void;
}

interface Held {
  /** Aborted when the lease is over. */
  stop: AbortController;
  untilMs: number;
  /** When a poll last came to its end; never out of date while it sleeps. */
  polledMs: number;
  awakeUntilMs: number;
  /** Ends its sleep. */
  rouse(): void;
}

export type Told = (
  name: string,
  outcome: 'done' | 'failed',
  durationMs: number,
  counts: Record<string, number>,
  error?: unknown,
) => void;

/**
 * Polls for something to do. Of several processes one polls, while it holds the poll for a lease that it prolongs; where
 * it is gone, the next goes on within seconds. For a moment two may poll: what they find they claim.
 *
 * A beat, one statement for the whole process, prolongs the leases and asks which conditions hold.
 */
export class Polling {
  private readonly owner = randomUUID();
  private readonly held = new Map<string, Held>();
  private reachedMs = performance.now();
  private readonly loops = new Set<Promise<void>>();

  constructor(
    private readonly db: Db,
    private readonly polls: readonly DeclaredPoll[],
    private readonly conditions: readonly Condition[],
    private readonly leaving: AbortSignal,
    private readonly tell: Told,
  ) {}

  /** Until the process leaves; then the polls are given back. */
  async run(): Promise<void> {
    while (!this.leaving.aborted) {
      await this.beat();
      await setTimeout(BEAT_MS, undefined, { signal: this.leaving }).catch(() => undefined);
    }
    for (const { stop } of this.held.values()) stop.abort();
    await Promise.all(this.loops);
    await releasePolls(this.db, this.owner).catch(() => undefined); // the leases end by themselves
  }

  /** There may be something to do for the polls of this process whose names begin like this. */
  wake(prefix: string): void {
    for (const [name, held] of this.held) {
      if (!name.startsWith(prefix)) continue;
      held.awakeUntilMs = performance.now() + AWAKE_MS;
      // one that is awake keeps its pace: what comes in a crowd is taken together
      held.rouse();
    }
  }

  /** Why what is polled does not go on, for readiness. */
  obstacle(): string | null {
    const nowMs = performance.now();
    if (nowMs - this.reachedMs > UNREACHED_MS) return 'jobs: the queue does not answer';
    for (const [name, { polledMs }] of this.held) {
      // they ask the database alone; others may wait long for other systems
      if (name.startsWith(FOLLOWERS) && nowMs - polledMs > STUCK_MS)
        return `positions: ${name} does not move`;
    }
    return null;
  }

  private async beat(): Promise<void> {
    const askedMs = performance.now();
    let found: Beat | undefined;
    try {
      const names = this.polls.map(({ name }) => name);
      const conditions = this.conditions.map(({ due }) => due);
      found = await beat(this.db, this.owner, names, conditions);
      this.reachedMs = askedMs;
    } catch {
      // the database is away: what is held stays so until its lease has ended
    }
    for (const [name, { stop, untilMs }] of this.held) {
      if (found === undefined ? performance.now() < untilMs : found.held.includes(name)) continue;
      stop.abort();
      this.held.delete(name);
    }
    for (const poll of this.polls) {
      if (found?.held.includes(poll.name) === true) this.keep(poll, askedMs + LEASE_MS);
    }
    for (const [at, condition] of this.conditions.entries()) if (found?.due[at] === true) condition.react();
  }

  private keep(poll: DeclaredPoll, untilMs: number): void {
    const held = this.held.get(poll.name);
    if (held !== undefined) {
      held.untilMs = untilMs;
      return;
    }
    const begun: Held = {
      stop: new AbortController(),
      untilMs,
      polledMs: performance.now(),
      awakeUntilMs: 0,
      rouse: () => undefined,
    };
    this.held.set(poll.name, begun);
    const loop = this.loop(poll, begun).finally(() => this.loops.delete(loop));
    this.loops.add(loop);
  }

  private async loop({ name, everyMs, sleeps, poll }: DeclaredPoll, held: Held): Promise<void> {
    const signal = AbortSignal.any([held.stop.signal, this.leaving]);
    let totals: Record<string, number> = {};
    let toldMs = performance.now();
    const say = () => {
      this.tell(name, 'done', performance.now() - toldMs, totals);
      totals = {};
      toldMs = performance.now();
    };
    while (!signal.aborted) {
      let restMs = Math.max(everyMs, REST_AFTER_FAULT_MS);
      let maySleep = false;
      try {
        const { counts, pauseMs } = await poll(signal);
        for (const [key, n] of Object.entries(counts)) totals[key] = (totals[key] ?? 0) + n;
        held.polledMs = performance.now();
        if (Object.values(counts).some((n) => n > 0)) held.awakeUntilMs = held.polledMs + AWAKE_MS;
        maySleep = pauseMs === undefined && sleeps && held.polledMs >= held.awakeUntilMs;
        restMs = pauseMs ?? everyMs;
      } catch (error) {
        this.tell(name, 'failed', performance.now() - toldMs, {}, error);
      }
      if (performance.now() - toldMs > TELL_EVERY_MS) say();
      if (maySleep) await sleep(held, signal);
      else await setTimeout(restMs, undefined, { signal }).catch(() => undefined);
    }
    say();
  }
}

async function sleep(held: Held, signal: AbortSignal): Promise<void> {
  const roused = new AbortController();
  held.rouse = () => roused.abort();
  held.polledMs = Infinity;
  const ends = AbortSignal.any([signal, roused.signal]);
  await setTimeout(SLEEP_MS, undefined, { signal: ends }).catch(() => undefined);
  held.polledMs = performance.now();
}
