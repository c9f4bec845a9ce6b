import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { BYTES_AT_ONCE } from '../applicants/versions.types.js';
import { Config } from '../config/config.js';
import { isRetryable, isUnavailable, sqlState } from '../db/errors.js';
import { WAIT_FOR_DATABASE_MS } from '../db/patience.js';
import { Writers } from '../db/writers.js';
import { applicantKey } from '../enroll-contract/applicant-id.js';
import { Metrics } from '../observability/metrics.js';
import { Problem } from '../problem/problem.js';
import { Committer, type Part, PART_ELEMENTS } from './committer.js';
import type { Candidate, Intake } from './intake.js';
import type { Report } from './report.dto.js';

/** A batch takes further callbacks until it holds this many elements. Beyond that, one statement per callback is as fast. */
const BATCH_ELEMENTS = 200;
/**
 * Two small statements cost more than one large one. So a second writer starts once this many elements wait, and the others
 * once a batch is full. A second writer also starts when the oldest callback has waited for `SLOW_MS`: the connection of the
 * first may hang.
 */
const SECOND_WRITER_ELEMENTS = 32;
const FEW_WRITERS = 2;
const SLOW_MS = 250;
/** Callbacks wait in memory. Beyond these limits a callback is refused with 503. */
const MAX_WAITING_CALLBACKS = 4096;
const MAX_WAITING_BYTES = 128 * 1024 * 1024;
/** A callback that already waited for the database still gets this long: its 15 s are not over (M4). */
const LAST_CHANCE_MS = 2_000;
/** Once its receipt is committed, a list is answered after this time, however much of it still waits. A job applies the rest. */
const LEAVE_REST_AFTER_MS = 10_000;
const BACKOFF_MS = 250;
const RETRY_AFTER_SECONDS = 5;
/** Nothing was written, and to wait for seconds does not help. */
const DISK_FULL = '53100';

/** One intake waiting to be committed. Moves: queued → in flight → (queued again) → answered. */
interface Ticket {
  intake: Intake;
  submittedAtMs: number;
  answered: boolean;
  /** An attempt failed. Before the next one, the database is asked what it holds. */
  unknown: boolean;
  /** Elements in the statement under way: their results are not yet true. */
  inFlight: Candidate[];
  resolve(report: Report): void;
  reject(problem: Problem): void;
}

/**
 * Commits together the callbacks that wait while the writers are busy: micro-batching without a timer. After a failure it
 * looks at what was committed and tries the rest again. If Postgres refuses a batch, each callback is tried alone; a callback
 * that is refused alone is kept as `pending`.
 */
@Injectable()
export class Batcher implements OnApplicationShutdown {
  private readonly log = new Logger(Batcher.name);
  private readonly queue: Ticket[] = [];
  private readonly maxWriters: number;
  private writing = 0;
  private waitingElements = 0;
  private waitingBytes = 0;
  private idle?: () => void;
  private nextLook?: NodeJS.Timeout;

  constructor(
    config: Config,
    private readonly writers: Writers,
    private readonly committer: Committer,
    private readonly metrics: Metrics,
  ) {
    this.maxWriters = config.env.ROLLCALL_DB_WRITE_CONNECTIONS;
  }

  /**
   * Resolves when the intake is in the database: settled, or `pending` with what still waits kept for the job.
   * @throws Problem OVERLOADED, or DATABASE_UNAVAILABLE after 12 s in all; then it may or may not have been committed
   */
  async submit(intake: Intake): Promise<Report> {
    const bytes = intake.arrived.bytes.length;
    const waitMs = Math.max(WAIT_FOR_DATABASE_MS - (intake.arrived.waitedMs ?? 0), LAST_CHANCE_MS);
    if (this.queue.length >= MAX_WAITING_CALLBACKS || this.waitingBytes + bytes > MAX_WAITING_BYTES) {
      throw new Problem('OVERLOADED', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    this.waitingBytes += bytes;
    try {
      return await new Promise<Report>((resolve, reject) => {
        const timer = setTimeout(() => this.giveUp(ticket), waitMs);
        const answer = (say: () => void) => {
          if (ticket.answered) return;
          ticket.answered = true;
          clearTimeout(timer);
          say();
        };
        const ticket: Ticket = {
          intake,
          submittedAtMs: performance.now(),
          answered: false,
          unknown: false,
          inFlight: [],
          resolve: (report) => answer(() => resolve(report)),
          reject: (problem) => answer(() => reject(problem)),
        };
        this.enqueue(ticket);
        this.pump();
      });
    } finally {
      this.waitingBytes -= bytes;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.writing > 0) await new Promise<void>((resolve) => (this.idle = resolve));
  }

  private enqueue(ticket: Ticket): void {
    this.queue.push(ticket);
    this.waitingElements += ticket.intake.waiting.length;
    this.metrics.queueDepth.set(this.queue.length);
  }

  private giveUp(ticket: Ticket): void {
    answerNow(ticket);
    const at = this.queue.indexOf(ticket);
    if (at < 0) return;
    this.queue.splice(at, 1);
    this.waitingElements -= ticket.intake.waiting.length;
  }

  private pump(): void {
    while (this.queue.length > 0 && this.writing < this.allowedWriters()) {
      this.writing++;
      void this.write(this.take()).finally(() => {
        this.writing--;
        this.pump();
        if (this.writing === 0) this.idle?.();
      });
    }
    if (this.queue.length > 0) this.lookAgain();
  }

  private lookAgain(): void {
    this.nextLook ??= setTimeout(() => {
      this.nextLook = undefined;
      this.pump();
    }, SLOW_MS + 1).unref();
  }

  private allowedWriters(): number {
    if (this.waitingElements >= BATCH_ELEMENTS) return this.maxWriters;
    const oldest = this.queue[0]?.submittedAtMs ?? Infinity;
    const isSlow = performance.now() - oldest >= SLOW_MS;
    return isSlow || this.waitingElements >= SECOND_WRITER_ELEMENTS
      ? Math.min(FEW_WRITERS, this.maxWriters)
      : 1;
  }

  /** Takes tickets from the head of the queue until the batch is full. */
  private take(): Ticket[] {
    const taken: Ticket[] = [];
    let elements = 0;
    let bytes = 0;
    while (this.queue[0] !== undefined && (taken.length === 0 || elements < BATCH_ELEMENTS)) {
      const {
        waiting: { length: waiting },
        arrived,
      } = this.queue[0].intake;
      bytes += arrived.bytes.length;
      if (taken.length > 0 && (elements + waiting > PART_ELEMENTS || bytes > BYTES_AT_ONCE)) break;
      taken.push(this.queue.shift() as Ticket);
      elements += waiting;
      this.waitingElements -= waiting;
    }
    this.metrics.queueDepth.set(this.queue.length);
    return taken;
  }

  private async write(tickets: Ticket[]): Promise<void> {
    const parts = await this.attempt(tickets);
    for (const ticket of tickets) {
      ticket.inFlight = [];
      if (ticket.answered) continue;
      if (isTaken(ticket)) ticket.resolve(ticket.intake.report());
      else this.enqueue(ticket);
    }
    if (parts === 'back off') await sleep(BACKOFF_MS);
  }

  /** Writes one batch, and decides what an error means for its tickets. Never throws. */
  private async attempt(tickets: Ticket[]): Promise<'written' | 'back off'> {
    let parts: Part[] = [];
    try {
      await this.writers.use(async (connection) => {
        const unknown = tickets.filter((ticket) => ticket.unknown);
        if (unknown.length > 0) await this.lookAt(connection, unknown);
        parts = cut(tickets.map(({ intake }) => intake));
        for (const [i, ticket] of tickets.entries()) ticket.inFlight = parts[i]?.candidates ?? [];
        await this.committer.commit(connection, parts);
      });
      return 'written';
    } catch (error) {
      for (const part of parts) this.committer.restore(part);
      for (const ticket of tickets) ticket.unknown = true;
      if (sqlState(error) === DISK_FULL) {
        this.log.error({ code: 'DISK_FULL', callbacks: tickets.length });
        for (const ticket of tickets) answerNow(ticket, error);
        return 'back off';
      }
      if (isUnavailable(error) || isRetryable(error)) {
        this.log.warn({
          code: 'COMMIT_FAILED',
          sqlState: sqlState(error),
          callbacks: tickets.length,
          again: true,
        });
        return 'back off';
      }
      this.log.error({ code: 'COMMIT_REFUSED', sqlState: sqlState(error), callbacks: tickets.length, error });
      if (tickets.length === 1) await this.keepPending(tickets[0] as Ticket);
      else for (const ticket of tickets) await this.attempt([ticket]);
      return 'written';
    }
  }

  private async lookAt(connection: PoolClient, unknown: Ticket[]): Promise<void> {
    await this.committer.resolveUnknownCommit(
      connection,
      unknown.map(({ intake }) => intake),
    );
    for (const ticket of unknown) ticket.unknown = false;
  }

  /** Postgres refused what we made of it: the receipt is committed alone, and a job applies it element by element. */
  private async keepPending(ticket: Ticket): Promise<void> {
    try {
      await this.writers.use(async (connection) => {
        await this.lookAt(connection, [ticket]);
        await this.committer.keepPending(connection, ticket.intake);
      });
      ticket.resolve(ticket.intake.report());
    } catch (error) {
      this.log.error({ code: 'RECEIPT_NOT_KEPT', sqlState: sqlState(error), error });
      answerNow(ticket, error);
    }
  }
}

/** Ends the wait. A callback with a committed receipt is taken, whatever becomes of the statement under way: a job finishes it. */
function answerNow(ticket: Ticket, error?: unknown): void {
  const { intake, inFlight } = ticket;
  if (intake.row === 'none') ticket.reject(unavailable(error));
  else ticket.resolve(intake.report(inFlight));
}

/** Whether the database is known to hold it, and the callback need not wait any longer. */
function isTaken({ unknown, intake, submittedAtMs }: Ticket): boolean {
  if (unknown || intake.row === 'none') return false;
  return intake.waiting.length === 0 || performance.now() - submittedAtMs > LEAVE_REST_AFTER_MS;
}

/**
 * One part per intake. An applicant is in one part only: its elements in other callbacks wait for the next batch. So do
 * elements that do not fit into one statement.
 */
function cut(intakes: Intake[]): Part[] {
  const takenBy = new Map<string, Intake>();
  return intakes.map((intake) => {
    const candidates: Candidate[] = [];
    const others: Candidate[] = [];
    // in place: a list of 100,000 must not be copied for each of its parts
    for (const candidate of intake.waiting.splice(0, PART_ELEMENTS)) {
      const key = applicantKey(candidate.element.applicantId);
      const by = takenBy.get(key);
      if (by === undefined) takenBy.set(key, intake);
      (by === undefined || by === intake ? candidates : others).push(candidate);
    }
    intake.waiting.unshift(...others);
    return { intake, candidates };
  });
}

function unavailable(cause?: unknown): Problem {
  return new Problem('DATABASE_UNAVAILABLE', undefined, { retryAfterSeconds: RETRY_AFTER_SECONDS, cause });
}
