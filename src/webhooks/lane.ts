import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { Lease } from '../jobs/lease.js';
import { afterFailure, type Circuit, CLOSED, stateOf } from './circuit.js';
import type { Message } from './message.js';
import type { Outlet } from './outlets.service.js';
import {
  type ClaimedDelivery,
  type OwnedEndpoint,
  readDue,
  readOwned,
  releaseLease,
  renewLease,
  settle,
} from './queue.repository.js';
import type { Rush } from './rush.js';
import type { AttemptOutcome } from './sink.js';
import { type Attempt, healthAfter, settledOf } from './verdict.js';

/** Looked at so often, a lease that ends cuts its attempts: none outlives it by more. */
const LOOK_AT_LEASE_MS = 500;
const MAX_TOGETHER = 20;
/** From one turn to the next: what is settled meanwhile is written down together. */
const TURN_MS = 20;
/** While callbacks leave no room they come first: so many attempts per second, written down four times a second. */
const RUSH_RATE = 250;
const RUSH_TURN_MS = 250;
/** Read ahead, so that no attempt waits for the database. */
const MAX_HELD = 5 * MAX_TOGETHER;
/** The lease is kept a while for what comes next. */
const IDLE_MS = 5_000;
const DATABASE_RETRY_MS = 500;
const EVENT_GONE: AttemptOutcome = { ok: false, code: 'EVENT_GONE', durationMs: 0 };

/** What a lane needs besides the database. */
export interface LaneWorld {
  connection: EntityManager;
  disableAfterDays: number;
  messagesOf(
    endpoint: OwnedEndpoint,
    deliveries: readonly ClaimedDelivery[],
  ): Promise<(Message | undefined)[]>;
  outlet: Outlet;
  /** Gives up the attempts under way. */
  cut(): void;
  rush: Rush;
  /** Told of each attempt, with the time from the event to its begin. */
  onTried(endpoint: OwnedEndpoint, attempt: Attempt, lagSeconds: number): void;
  /** Told when failures have disabled the endpoint. */
  onDisabled(endpoint: OwnedEndpoint): void;
}

/** A delivery that is next, or the one after. */
interface Held {
  delivery: ClaimedDelivery;
  message: Message | undefined;
  readMs: number;
}

/**
 * Works one endpoint off while it holds the lease, independently of all others. Each turn writes down what was settled,
 * reads the endpoint as it is now, and reads on; attempts go on meanwhile. What is under way is known here alone: the
 * lease keeps others away, and after a crash all of it is simply still due.
 */
export class Lane {
  private endpoint: OwnedEndpoint | undefined;
  /** As it was read, and what was settled since. */
  private circuit: Circuit = CLOSED;
  private waiting: Held[] = [];
  private readonly sending = new Map<ClaimedDelivery, Promise<void>>();
  private settled: Attempt[] = [];
  private readonly lease: Lease;
  private turnedMs = 0;
  private busyMs = performance.now();
  private nextStartMs = 0;
  private pacer: NodeJS.Timeout | undefined;
  private isWoken = true;
  private isLeaving = false;
  private resume: () => void = () => undefined;
  private fault: Error | undefined;

  /** @param leasedMs when the lease was asked for */
  constructor(
    private readonly world: LaneWorld,
    private readonly endpointId: string,
    readonly owner: string,
    leasedMs: number,
  ) {
    this.lease = new Lease(() => renewLease(world.connection, endpointId, owner), leasedMs);
  }

  /** There is something due, or settled. */
  wake(): void {
    this.isWoken = true;
    this.resume();
  }

  /** Begins nothing more; what is under way is waited for. */
  leave(): void {
    this.isLeaving = true;
    this.wake();
  }

  /** Until there is nothing to do, the lease is lost or the process leaves. @throws what the database or our own keys throw */
  async run(): Promise<void> {
    // attempts may take longer than a turn, and than a lease
    const lookout = setInterval(() => this.lease.isHeld() || this.abandon(), LOOK_AT_LEASE_MS);
    try {
      await this.lease.hold(() => this.work());
    } finally {
      clearInterval(lookout);
    }
    if (this.fault !== undefined) throw this.fault;
  }

  private async work(): Promise<void> {
    try {
      while (!this.isLeaving && (await this.turn())) await this.pause();
    } finally {
      await this.end();
    }
  }

  /** @returns false where the lane is over */
  private async turn(): Promise<boolean> {
    this.isWoken = false;
    this.turnedMs = performance.now();
    if (!(await this.writeDown()) || !this.lease.isHeld()) return false;
    const endpoint = await readOwned(this.world.connection, this.endpointId, this.owner);
    if (endpoint === undefined) return false;
    // what was made for other fields is made anew
    if (this.endpoint?.fields.join() !== endpoint.fields.join()) this.waiting = [];
    this.endpoint = endpoint;
    this.circuit = this.settled.reduce(afterAttempt, endpoint.circuit);
    if (!endpoint.isActive) this.waiting = [];
    else await this.readOn(endpoint);
    this.start();
    if (this.sending.size + this.waiting.length + this.settled.length > 0) this.busyMs = performance.now();
    return performance.now() - this.busyMs < (endpoint.isActive ? IDLE_MS : 0);
  }

  private async pause(): Promise<void> {
    if (!this.isWoken) {
      await new Promise<void>((resume) => {
        const timer = setTimeout(resume, IDLE_MS);
        this.resume = () => {
          clearTimeout(timer);
          resume();
        };
      });
    }
    const nextMs = this.turnedMs + (this.world.rush.isOn() ? RUSH_TURN_MS : TURN_MS);
    await sleep(nextMs - performance.now());
  }

  /** @returns false where the lease was lost */
  private async writeDown(): Promise<boolean> {
    const { endpoint, settled } = this;
    if (endpoint === undefined || settled.length === 0) return true;
    const attempts = settled.slice();
    const health = healthAfter(attempts, attempts.reduce(afterAttempt, endpoint.circuit));
    const askedMs = performance.now();
    const held = { endpointId: this.endpointId, owner: this.owner };
    const { connection, disableAfterDays } = this.world;
    const written = await settle(connection, held, attempts.map(settledOf), health, disableAfterDays);
    settled.splice(0, attempts.length);
    if (written !== undefined) this.lease.wasRenewed(askedMs);
    if (written?.isDisabled === true) this.world.onDisabled(endpoint);
    return written !== undefined;
  }

  /** Another process may work the endpoint by now. */
  private abandon(): void {
    this.world.cut();
    this.leave();
  }

  private async readOn(endpoint: OwnedEndpoint): Promise<void> {
    const state = stateOf(this.circuit);
    if (state !== 'closed') this.waiting = [];
    if (state === 'open' || this.waiting.length >= MAX_TOGETHER) return;
    const held = [...this.sending.keys(), ...this.waiting.map(({ delivery }) => delivery)];
    // what is settled and not written down is still due in the database
    const limit = (state === 'half_open' ? 1 : MAX_HELD) - held.length;
    if (limit <= 0) return;
    held.push(...this.settled.map(({ delivery }) => delivery));
    const readMs = performance.now();
    const due = await readDue(this.world.connection, this.endpointId, held, limit);
    if (due.length === 0) return;
    const messages = await this.world.messagesOf(endpoint, due);
    const made = due.slice(0, messages.length);
    this.waiting.push(...made.map((delivery, at) => ({ delivery, message: messages[at], readMs })));
    if (made.length < due.length) this.isWoken = true; // the next turn reads on
  }

  /** Begins as many attempts as may be under way. */
  private start(): void {
    clearTimeout(this.pacer);
    const { endpoint } = this;
    while (endpoint !== undefined && this.waiting.length > 0 && this.maySend()) {
      const pauseMs = this.nextStartMs - performance.now();
      if (pauseMs > 0) {
        this.pacer = setTimeout(() => this.start(), pauseMs);
        return;
      }
      this.nextStartMs = performance.now() + 1000 / this.rateFor(endpoint);
      const next = this.waiting.shift();
      if (next !== undefined) this.sending.set(next.delivery, this.attempt(endpoint, next).catch(this.fail));
    }
  }

  private rateFor({ ratePerSecond }: OwnedEndpoint): number {
    return Math.min(ratePerSecond ?? Infinity, this.world.rush.isOn() ? RUSH_RATE : Infinity);
  }

  private maySend(): boolean {
    const state = stateOf(this.circuit);
    return (
      !this.isLeaving &&
      state !== 'open' &&
      this.sending.size < (state === 'closed' ? MAX_TOGETHER : 1) &&
      this.lease.isHeld()
    );
  }

  private async attempt(endpoint: OwnedEndpoint, { delivery, message, readMs }: Held): Promise<void> {
    const at = new Date();
    const lagSeconds = delivery.ageSeconds + (performance.now() - readMs) / 1000;
    const outcome = await (message === undefined ? EVENT_GONE : this.world.outlet.send(endpoint, message));
    this.sending.delete(delivery);
    if (outcome.ok || outcome.code !== 'CANCELLED') {
      const attempt = { delivery, at, outcome };
      this.settled.push(attempt);
      this.circuit = afterAttempt(this.circuit, attempt);
      this.world.onTried(endpoint, attempt, lagSeconds);
    }
    this.start();
    this.wake();
  }

  /** For what is no fault of the other side: the lane ends, and what it tried stays due. */
  private readonly fail = (error: unknown): void => {
    this.fault = new Error('An attempt could not be made', { cause: error });
    this.leave();
  };

  /** Takes what is under way to its end and gives the lease back; what cannot be written down is tried again by the next. */
  private async end(): Promise<void> {
    this.waiting = [];
    clearTimeout(this.pacer);
    await Promise.all(this.sending.values());
    let isMine = true;
    while (isMine && this.settled.length > 0 && this.lease.isHeld()) {
      try {
        isMine = await this.writeDown();
      } catch {
        await sleep(DATABASE_RETRY_MS);
      }
    }
    await this.world.outlet.close();
    await releaseLease(this.world.connection, this.endpointId, this.owner).catch(() => undefined);
  }
}

function afterAttempt(circuit: Circuit, { outcome }: Attempt): Circuit {
  if (outcome.ok) return CLOSED;
  return outcome.code === 'EVENT_GONE' ? circuit : afterFailure(circuit, outcome.retryAfterSeconds);
}
