import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { Lease } from '../jobs/lease.js';
import type { AttemptReports } from './attempt-reports.service.js';
import { afterFailure, type Circuit, CLOSED, stateOf } from './circuit.js';
import type { AttemptOutcome, Destination } from './destination.js';
import type { Destinations } from './destinations.service.js';
import type { Message } from './message.js';
import type { Messages } from './messages.service.js';
import {
  type ClaimedDelivery,
  type OwnedEndpoint,
  readDue,
  readOwned,
  releaseLease,
  renewLease,
  settle,
} from './queue.repository.js';
import { type Attempt, healthAfter, settledOf } from './verdict.js';

/** How often the lease is checked: no attempt outlives a lost lease by more. */
const CHECK_LEASE_MS = 500;
const MAX_TOGETHER = 20;
/** From one turn to the next: what is settled meanwhile is written down together. */
const TURN_MS = 20;
/** Under pressure callbacks come first: this many attempts per second, written down four times a second. */
const RATE_UNDER_PRESSURE = 250;
const TURN_UNDER_PRESSURE_MS = 250;
/** Read ahead, so that no attempt waits for the database. */
const MAX_HELD = 5 * MAX_TOGETHER;
/** The lease is kept for a while, in case more comes. */
const IDLE_MS = 5_000;
const DATABASE_RETRY_MS = 500;
const EVENT_GONE: AttemptOutcome = { ok: false, code: 'EVENT_GONE' };

/** The surroundings of a worker. */
export interface WorkerContext {
  connection: EntityManager;
  destinations: Destinations;
  messages: Messages;
  reports: AttemptReports;
  disableAfterDays: number;
  /** Ends the attempts that are under way; `cut` sets it off. */
  signal: AbortSignal;
  cut(): void;
}

/** A delivery that is sent soon. */
interface Held {
  delivery: ClaimedDelivery;
  message: Message | undefined;
  readMs: number;
}

/**
 * Sends the deliveries of one endpoint while it holds the lease, independently of all others. Each turn writes down what
 * was settled, reads the endpoint as it is now, and reads on; attempts go on meanwhile. Only this object knows which
 * deliveries are under way: the lease keeps others away, and after a crash all of them are simply still due.
 */
export class DeliveryWorker {
  private endpoint: OwnedEndpoint | undefined;
  private destination: Promise<Destination> | undefined;
  /** As it was read, with what was settled since. */
  private circuit: Circuit = CLOSED;
  private waiting: Held[] = [];
  private readonly sending = new Map<ClaimedDelivery, Promise<void>>();
  private settled: Attempt[] = [];
  private readonly lease: Lease;
  private turnedMs = 0;
  private busyMs = performance.now();
  private nextStartMs = 0;
  private pacer: NodeJS.Timeout | undefined;
  private isLeaving = false;
  /** Ends the pause after this turn. */
  private woken = new AbortController();
  private fault: Error | undefined;

  /** @param leasedMs when the lease was asked for */
  constructor(
    private readonly context: WorkerContext,
    private readonly endpointId: string,
    readonly owner: string,
    leasedMs: number,
  ) {
    this.lease = new Lease(() => renewLease(context.connection, endpointId, owner), leasedMs);
  }

  /** Something is due, or settled. */
  wake(): void {
    this.woken.abort();
  }

  /** Begins nothing more, and waits for what is under way. */
  leave(): void {
    this.isLeaving = true;
    this.wake();
  }

  /** Ends when there is nothing to do, the lease is lost or the process leaves. @throws errors of the database and of our own keys */
  async run(): Promise<void> {
    // attempts may take longer than a turn, and than a lease
    const check = setInterval(() => this.lease.isHeld() || this.abandon(), CHECK_LEASE_MS);
    try {
      await this.lease.hold(() => this.work());
    } finally {
      clearInterval(check);
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

  /** @returns false where the worker is done */
  private async turn(): Promise<boolean> {
    this.woken = new AbortController();
    this.turnedMs = performance.now();
    if (!(await this.writeDown()) || !this.lease.isHeld()) return false;
    const endpoint = await readOwned(this.context.connection, this.endpointId, this.owner);
    if (endpoint === undefined) return false;
    // messages with other fields are made again
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
    await sleep(IDLE_MS, undefined, { signal: this.woken.signal }).catch(() => undefined);
    const nextMs = this.turnedMs + (this.isUnderPressure() ? TURN_UNDER_PRESSURE_MS : TURN_MS);
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
    const { connection, disableAfterDays, reports } = this.context;
    const written = await settle(connection, held, attempts.map(settledOf), health, disableAfterDays);
    settled.splice(0, attempts.length);
    if (written !== undefined) this.lease.wasRenewed(askedMs);
    if (written?.isDisabled === true) reports.disabled(endpoint);
    return written !== undefined;
  }

  /** Another process may have the endpoint by now. */
  private abandon(): void {
    this.context.cut();
    this.leave();
  }

  private async readOn(endpoint: OwnedEndpoint): Promise<void> {
    const state = stateOf(this.circuit);
    if (state !== 'closed') this.waiting = [];
    if (state === 'open' || this.waiting.length >= MAX_TOGETHER) return;
    const held = [...this.sending.keys(), ...this.waiting.map(({ delivery }) => delivery)];
    // settled deliveries that are not written down are still due in the database
    const limit = (state === 'half_open' ? 1 : MAX_HELD) - held.length;
    if (limit <= 0) return;
    held.push(...this.settled.map(({ delivery }) => delivery));
    const readMs = performance.now();
    const { connection, messages: sources } = this.context;
    const due = await readDue(connection, this.endpointId, held, limit);
    if (due.length === 0) return;
    const messages = await sources.of(due, endpoint.fields);
    const made = due.slice(0, messages.length);
    this.waiting.push(...made.map((delivery, at) => ({ delivery, message: messages[at], readMs })));
    if (made.length < due.length) this.wake(); // the next turn reads on
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
    return Math.min(ratePerSecond ?? Infinity, this.isUnderPressure() ? RATE_UNDER_PRESSURE : Infinity);
  }

  private isUnderPressure(): boolean {
    return this.context.reports.pressure.isHigh();
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
    const startedMs = performance.now();
    const outcome = await (message === undefined ? EVENT_GONE : this.send(endpoint, message));
    this.sending.delete(delivery);
    if (outcome.ok || outcome.code !== 'CANCELLED') {
      const attempt = { delivery, at, durationMs: Math.round(performance.now() - startedMs), outcome };
      this.settled.push(attempt);
      this.circuit = afterAttempt(this.circuit, attempt);
      this.context.reports.tried(endpoint, attempt, delivery.ageSeconds + (startedMs - readMs) / 1000);
    }
    this.start();
    this.wake();
  }

  private async send(endpoint: OwnedEndpoint, message: Message): Promise<AttemptOutcome> {
    const { destinations, signal } = this.context;
    this.destination ??= destinations.open(endpoint.kind);
    return destinations.send(await this.destination, endpoint, message, signal);
  }

  /** For faults of our own: the worker ends, and its deliveries stay due. */
  private readonly fail = (error: unknown): void => {
    this.fault = new Error('An attempt could not be made', { cause: error });
    this.leave();
  };

  /** Waits for what is under way and gives the lease back; the next worker repeats what could not be written down. */
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
    const destination = await this.destination?.catch(() => undefined);
    await destination?.close?.();
    await releaseLease(this.context.connection, this.endpointId, this.owner).catch(() => undefined);
  }
}

function afterAttempt(circuit: Circuit, { outcome }: Attempt): Circuit {
  if (outcome.ok) return CLOSED;
  return outcome.code === 'EVENT_GONE' ? circuit : afterFailure(circuit, outcome.retryAfterSeconds);
}
