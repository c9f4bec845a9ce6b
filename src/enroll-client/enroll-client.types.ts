import type { ProblemCode } from '../problem/catalogue.js';
import type { ImageMediaType } from './image-kind.js';
import type { FaultKind } from './upstream-fault.js';

/** The outcome of one try: `http_429`, `network`, `bad_answer` … */
export type Outcome = 'ok' | 'bad_answer' | Exclude<FaultKind, 'status'> | `http_${number}`;

/** Called after each try with the dialect's name of the call. */
export type OnTried = (call: string, outcome: Outcome, seconds: number) => void;

/** An applicant as eNROLL's query API shows it. */
export interface EnrolledApplicant {
  /** Undefined if the answer has none. The inbox will quarantine the applicant. */
  applicantId: string | undefined;
  /** As in a callback: with the contract's names, but without `isUpdate`. */
  element: unknown;
  requestId?: string | undefined;
  correlationId?: string | undefined;
  /** The time of enrollment by eNROLL's account. */
  enrolledAt?: Date | undefined;
}

/** Where in a date range the next page begins. Plain JSON, so that we can store it and resume from it. */
export interface DatePosition {
  /** Start of the slice, ISO-8601 UTC. */
  from: string;
  /** Number of pages of the slice that we read. */
  page: number;
  /** Number of applicants in these pages. */
  seen: number;
  /** Fingerprint of the previous page, to notice an eNROLL that ignores the page number. */
  mark?: string;
}

/** One page of a date range. */
export interface DatePage {
  items: EnrolledApplicant[];
  /** Undefined at the end of the range. */
  next: DatePosition | undefined;
}

/** One image of eNROLL, decoded. */
export interface EnrollImage {
  bytes: Buffer;
  /** From the magic bytes. Undefined if we do not know the type. */
  mediaType: ImageMediaType | undefined;
  /** Hexadecimal. */
  sha256: string;
}

/** One path of a batch: its image, or the stable code of a fault that concerns this image only. */
export type ImageResult = { path: string; image: EnrollImage } | { path: string; fault: ProblemCode };
