import type { Message } from './message.js';
import type { SocketFault } from './socket-fault.js';

/** Why an attempt failed: a closed set, for logs, metrics and the list of attempts. */
export type AttemptFault =
  | SocketFault
  | 'HTTP_3XX'
  | 'HTTP_4XX'
  | 'HTTP_5XX'
  /** A broker did not confirm the message. */
  | 'NOT_ACKNOWLEDGED'
  /** A broker refuses the credentials. */
  | 'NOT_AUTHORIZED'
  /** The content of the event is not kept any more. */
  | 'EVENT_GONE';

export type AttemptOutcome =
  | { ok: true; status?: number }
  | {
      ok: false;
      code: AttemptFault;
      /** HTTP only, where the receiver answered. */
      status?: number;
      /** The beginning of the answer, without credentials and long numbers. */
      answer?: string | undefined;
      /** What the answer asks for in `Retry-After`. */
      retryAfterSeconds?: number | undefined;
    };

/** A message, where it goes, and how. */
export interface Dispatch extends Message {
  url: string;
  /** NATS only: the first part of the subject. */
  subject: string | null;
  /** NATS only. */
  credentials: string | null;
  /** `whsec_<base64>`, oldest first; more than one while they are rotated. */
  secrets: readonly string[];
  /** Until the last byte of the answer. */
  timeoutMs: number;
  /** Ends the attempt. */
  signal: AbortSignal;
}

/**
 * Where messages are handed on to. HTTP (`SignedPost`) and NATS (`NatsDestination`) keep the same promises, and one suite
 * checks both: an outcome is `ok` only once the other side has confirmed, an attempt takes a bounded time, and no fault
 * of the other side is thrown.
 */
export interface Destination {
  send(dispatch: Dispatch): Promise<AttemptOutcome>;
  /** Closes the connections that this destination does not share with others. */
  close?(): Promise<void>;
}
