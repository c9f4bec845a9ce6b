import type { ProblemCode } from '../problem/catalogue.js';
import type { ImageMediaType } from './image-kind.js';
import type { FaultKind } from './upstream-fault.js';

/** What one try came to: `http_429`, `network`, `bad_answer` … */
export type Outcome = 'ok' | 'bad_answer' | Exclude<FaultKind, 'status'> | `http_${number}`;

/** Told after each try: the dialect's name of the call, what came of it, how long it took. */
export type OnTried = (call: string, outcome: Outcome, seconds: number) => void;

/** An applicant as eNROLL's query API tells it. */
export interface EnrolledApplicant {
  /** Undefined where the answer has none: the inbox will quarantine it. */
  applicantId: string | undefined;
  /** What a callback would have carried, in the contract's names and without `isUpdate`. */
  element: unknown;
  requestId?: string | undefined;
  correlationId?: string | undefined;
  /** When eNROLL says that it was enrolled. */
  enrolledAt?: Date | undefined;
}

/** Where in a date range the next page begins; plain JSON, so that it can be stored and resumed from. */
export interface DatePosition {
  /** Start of the slice, ISO-8601 UTC. */
  from: string;
  /** Pages of the slice that were read. */
  page: number;
  /** Applicants in these pages. */
  seen: number;
  /** Fingerprint of the page before, to notice an eNROLL that ignores the page number. */
  mark?: string;
}

/** One page of a date range. */
export interface DatePage {
  items: EnrolledApplicant[];
  /** Undefined at the end of the range. */
  next: DatePosition | undefined;
}

/** One image as eNROLL gave it, decoded. */
export interface EnrollImage {
  bytes: Buffer;
  /** By magic bytes; undefined: not an image we know. */
  mediaType: ImageMediaType | undefined;
  /** Hexadecimal. */
  sha256: string;
}

/** One path of a batch: its image, or the stable code of what was wrong with it alone. */
export type ImageResult = { path: string; image: EnrollImage } | { path: string; fault: ProblemCode };

/** What an eNROLL session token is for, and what eNROLL wants to know for it. */
export type SessionRequest =
  | {
      kind: 'onboarding';
      correlationId?: string | undefined;
      requestId?: string | undefined;
      deviceId?: string | undefined;
      kycRequestTypeId?: string | undefined;
      userId?: string | undefined;
      userName?: string | undefined;
    }
  | { kind: 'authentication'; applicantId: string; levelOfTrust: string | number };

/** A token for eNROLL's app, never for us. */
export interface SessionToken {
  token: string;
  expiresAt: Date | undefined;
}
