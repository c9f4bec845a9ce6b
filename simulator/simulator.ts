import type { AddressInfo } from 'node:net';
import type { Book, Entry } from './book.js';
import { Callbacks, type DeliveryRequest, deliverySchema, type Listeners } from './callbacks.js';
import type { CallCount } from './meters.js';
import type { CallName, Fault, FaultRequest, Misbehaviour } from './misbehaviour.js';
import { type MixRequest, mixSchema } from './mix.js';
import type { Organization } from './organization.js';
import { PostPlan } from './posts.js';
import type { QueryApi } from './query-api.js';
import type { DeliveryReport } from './report.js';
import type { Tenant } from './tenant.js';

/** What the stand-in is and has seen. */
export interface SimulatorState {
  seed: number;
  dialect: string;
  /** Enrollments that it knows. */
  held: number;
  withheld: { enrollments: number; updates: number };
  openSessions: number;
  faults: (Fault & { failed: number })[];
  /** What was asked, by call and in all. */
  calls: Partial<Record<CallName | 'any', CallCount>>;
}

export interface EnrollOptions extends Listeners {
  mix?: MixRequest;
  delivery?: DeliveryRequest;
  /** Finishes the open session of this correlation id with the first enrollment. */
  correlationId?: string;
}

export interface SimulatorParts {
  api: QueryApi;
  book: Book;
  misbehaviour: Misbehaviour;
  tenant: Tenant;
  dialect: string;
  organization: Organization | undefined;
}

const DAY_MS = 86_400_000;

/** A running stand-in for eNROLL. */
export class Simulator {
  readonly tenantId: string;
  readonly tenantSecret: string;
  private readonly api: QueryApi;
  private readonly book: Book;

  constructor(private readonly parts: SimulatorParts) {
    this.api = parts.api;
    this.book = parts.book;
    this.tenantId = parts.tenant.tenantId;
    this.tenantSecret = parts.tenant.tenantSecret;
  }

  /** Base URL of the query API, without a trailing slash. */
  get url(): string {
    const { address, port } = this.api.server.server.address() as AddressInfo;
    return `http://${address.includes(':') ? `[${address}]` : address}:${port}`;
  }

  /** What the organization types into eNROLL's panel: whom to call from now on. */
  register(organization: Organization): void {
    this.parts.organization = organization;
  }

  /**
   * Enrolls `count` people now and calls the organization about them.
   * @throws Error where there is no organization, or no open session of that correlation id.
   */
  async enroll(
    count: number,
    { mix, delivery, correlationId, ...listeners }: EnrollOptions = {},
  ): Promise<DeliveryReport> {
    const callbacks = this.callbacks(delivery);
    try {
      const session = correlationId === undefined ? undefined : this.book.takeSession(correlationId);
      if (correlationId !== undefined && session === undefined)
        throw new Error('no open session of this correlationId');
      const plan = new PostPlan(this.book, count, mixSchema.parse(mix ?? {}), session);
      return await callbacks.deliver(plan, listeners);
    } finally {
      callbacks.close();
    }
  }

  /** Sends a Callback-Test to both URLs; the answers' statuses, 0 where none came. */
  async test(headerValue?: string): Promise<{ success: number; fail: number }> {
    const callbacks = this.callbacks();
    try {
      const success = await callbacks.test('success', headerValue);
      const fail = await callbacks.test('fail', headerValue);
      return { success: success.status, fail: fail.status };
    } finally {
      callbacks.close();
    }
  }

  /** Lets `count` people have enrolled evenly over a time (default: the last 30 days) without any callback. */
  remember(count: number, fromMs = Date.now() - 30 * DAY_MS, toMs = Date.now()): void {
    this.book.remember(count, fromMs, toMs);
  }

  /**
   * Changes something about an applicant without a callback.
   * @throws Error where there is no such applicant.
   */
  changeUnheard(applicantId: string): void {
    const index = this.book.indexOfApplicant(applicantId);
    if (index === undefined) throw new Error('no such applicant');
    this.book.revise(index);
    this.book.withheldUpdates.add(index);
  }

  /**
   * Lets the query calls tell of an applicant with values that nobody can use, e.g. without its id.
   * @throws Error where there is no such applicant.
   */
  spoil(applicantId: string, values: Record<string, unknown>): void {
    const index = this.book.indexOfApplicant(applicantId);
    if (index === undefined) throw new Error('no such applicant');
    this.book.spoil(index, values);
  }

  /** What eNROLL would tell of an applicant now. */
  applicant(applicantId: string): Entry | undefined {
    const index = this.book.indexOfApplicant(applicantId);
    return index === undefined ? undefined : this.book.entry(index);
  }

  /** Applicant ids from enrollment number `first` on, oldest first. */
  applicantIds(first = 0, count = this.book.held): string[] {
    const length = Math.max(0, Math.min(count, this.book.held - first));
    return Array.from({ length }, (_, at) => this.book.applicantId(first + at));
  }

  /** Applicant ids whose callback, or whose latest update, was withheld; oldest first. */
  withheld(): { enrollments: string[]; updates: string[] } {
    const idsOf = (indexes: Set<number>): string[] =>
      [...indexes].sort((a, b) => a - b).map((index) => this.book.applicantId(index));
    return { enrollments: idsOf(this.book.withheld), updates: idsOf(this.book.withheldUpdates) };
  }

  /** Replaces the faults in force; none: behaves. */
  faults(...faults: FaultRequest[]): void {
    this.parts.misbehaviour.set(faults);
  }

  /** Makes every token of the query API invalid at once. */
  expireTokens(): void {
    this.parts.tenant.expireTokens();
  }

  /** Counts what was asked from now on. */
  resetCounts(): void {
    this.api.meters.reset();
  }

  state(): SimulatorState {
    return {
      seed: this.book.seed,
      dialect: this.parts.dialect,
      held: this.book.held,
      withheld: { enrollments: this.book.withheld.size, updates: this.book.withheldUpdates.size },
      openSessions: this.book.sessionsOpen,
      faults: this.parts.misbehaviour.inForce(),
      calls: this.api.meters.shown(),
    };
  }

  async close(): Promise<void> {
    await this.api.server.close();
  }

  private callbacks(delivery: DeliveryRequest = {}): Callbacks {
    const { organization } = this.parts;
    if (organization === undefined) throw new Error('no organization to call: give its URLs and client');
    return new Callbacks(organization, deliverySchema.parse(delivery));
  }
}
