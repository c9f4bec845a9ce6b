import { type Enrollment, enrollmentOf } from './enrollment.js';
import { readImagePath, type ImagePath } from './image-paths.js';
import { Ids } from './ids.js';
import { personNumberOf } from './people.js';

/** An applicant as the query calls tell it. */
export interface Entry {
  enrollment: Enrollment;
  requestId: string;
  correlationId: string;
  /** Epoch milliseconds. */
  enrolledAtMs: number;
}

/** An onboarding session that the organization began for one of its customers, under ids of the organization's choice. */
export interface Session {
  correlationId?: string | undefined;
  requestId?: string | undefined;
}

/**
 * What the stand-in knows: for each enrollment its time and its revision, everything else follows from seed and number.
 * Numbers are given in the order of time, so a range of time is a range of numbers.
 */
export class Book {
  private readonly ids: Ids;
  private readonly times: number[] = [];
  private readonly revisions: number[] = [];
  private readonly openSessions: Session[] = [];
  private readonly spoilt = new Map<number, Record<string, unknown>>();
  private readonly finishedSessions = new Map<number, Session>();
  private readonly indexesBySessionId = new Map<string, number[]>();
  /** Enrollments whose callback was never sent. */
  readonly withheld = new Set<number>();
  /** Enrollments whose latest update was never sent. */
  readonly withheldUpdates = new Set<number>();

  constructor(readonly seed: number) {
    this.ids = new Ids(seed);
  }

  get held(): number {
    return this.times.length;
  }

  /** Enrolls the next person at `atMs`, or at the time of the last one if that is later. */
  enroll(atMs: number, session?: Session): number {
    const index = this.times.length;
    this.times.push(Math.max(atMs, this.times.at(-1) ?? 0));
    this.revisions.push(0);
    if (session !== undefined) this.finish(session, index);
    return index;
  }

  /** Enrolls `count` people evenly over a time, without any callback: what happened before the organization listened. */
  remember(count: number, fromMs: number, toMs: number): void {
    for (let at = 0; at < count; at += 1) this.enroll(Math.floor(fromMs + ((toMs - fromMs) * at) / count));
  }

  /** Changes something about an enrollment; returns its new revision. */
  revise(index: number): number {
    const revision = this.revisionOf(index) + 1;
    this.revisions[index] = revision;
    return revision;
  }

  /** From now on the query calls tell of an enrollment with these values in place of its own. */
  spoil(index: number, values: Record<string, unknown>): void {
    this.spoilt.set(index, values);
  }

  revisionOf(index: number): number {
    return this.revisions[index] ?? 0;
  }

  applicantId(index: number): string {
    return this.ids.applicantId(index);
  }

  /** An enrollment as of a revision; the latest one if none is named. */
  enrollment(index: number, revision = this.revisionOf(index)): Enrollment {
    return enrollmentOf({ seed: this.seed, index, applicantId: this.ids.applicantId(index), revision });
  }

  entry(index: number): Entry {
    const session = this.finishedSessions.get(index);
    return {
      enrollment: { ...this.enrollment(index), ...this.spoilt.get(index) },
      requestId: session?.requestId ?? this.ids.requestId(index),
      correlationId: session?.correlationId ?? this.ids.correlationId(personNumberOf(this.seed, index)),
      enrolledAtMs: this.times[index] ?? 0,
    };
  }

  indexOfApplicant(applicantId: string): number | undefined {
    return this.known(this.ids.indexOfApplicant(applicantId));
  }

  indexOfRequest(requestId: string): number | undefined {
    return this.indexesBySessionId.get(requestId)?.[0] ?? this.known(this.ids.indexOfRequest(requestId));
  }

  /** All enrollments of a customer, oldest first. */
  indexesOfCorrelation(correlationId: string): number[] {
    const ofSessions = this.indexesBySessionId.get(correlationId);
    if (ofSessions !== undefined) return ofSessions;
    const person = this.ids.personOfCorrelation(correlationId);
    if (person === undefined) return [];
    return [person, person + 1].filter(
      (index) => this.known(index) !== undefined && this.entry(index).correlationId === correlationId,
    );
  }

  /** Numbers `first` to `end` (excluded) of those enrolled from `fromMs` (included) to `toMs` (excluded). */
  range(fromMs: number, toMs: number): { first: number; end: number } {
    const first = this.firstAtOrAfter(fromMs);
    return { first, end: Math.max(first, this.firstAtOrAfter(toMs)) };
  }

  /** The image behind a path, if one of the enrollments held it up to now. */
  image(path: string): ImagePath | undefined {
    const read = readImagePath(this.seed, path);
    if (read === undefined || this.known(read.index) === undefined) return undefined;
    if (read.revision > this.revisionOf(read.index)) return undefined;
    return this.enrollment(read.index, read.revision)[read.field] === path ? read : undefined;
  }

  openSession(session: Session): void {
    this.openSessions.push(session);
  }

  /** Takes the oldest open session, or that of one correlation id, off the list. */
  takeSession(correlationId?: string): Session | undefined {
    const at = this.openSessions.findIndex(
      (session) => correlationId === undefined || session.correlationId === correlationId,
    );
    return at === -1 ? undefined : this.openSessions.splice(at, 1)[0];
  }

  get sessionsOpen(): number {
    return this.openSessions.length;
  }

  private finish(session: Session, index: number): void {
    this.finishedSessions.set(index, session);
    for (const id of [session.correlationId, session.requestId]) {
      if (id === undefined) continue;
      this.indexesBySessionId.set(id, [...(this.indexesBySessionId.get(id) ?? []), index]);
    }
  }

  private known(index: number | undefined): number | undefined {
    return index !== undefined && index < this.times.length ? index : undefined;
  }

  private firstAtOrAfter(ms: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? 0) >= ms) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
