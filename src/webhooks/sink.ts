import type { Message } from './message.js';
import type { PostFault } from './signed-post.service.js';

/** Why an attempt failed: a closed set, for logs, metrics and the list of attempts. */
export type AttemptFault =
  | PostFault
  /** A broker that did not confirm. */
  | 'NOT_ACKNOWLEDGED'
  /** Credentials that a broker refuses. */
  | 'NOT_AUTHORIZED'
  /** What the event said is not kept any more. */
  | 'EVENT_GONE';

export type AttemptOutcome =
  | { ok: true; durationMs: number; status?: number }
  | {
      ok: false;
      code: AttemptFault;
      durationMs: number;
      status?: number;
      answer?: string | undefined;
      retryAfterSeconds?: number;
    };

/** Where a message goes to, and how. */
export interface Target {
  url: string;
  /** Of nats: what the subject begins with. */
  subject: string | null;
  /** Of nats. */
  credentials: string | null;
  /** `whsec_<base64>`, oldest first. */
  secrets: readonly string[];
  timeoutMs: number;
  signal: AbortSignal;
}

/**
 * One way of handing on. HTTP and NATS keep the same promises, which one suite checks on both: an outcome is `ok` only
 * once the other side has confirmed, whatever it does costs a bounded time, and nothing is thrown for it.
 */
export interface Sink {
  send(message: Message, target: Target): Promise<AttemptOutcome>;
  close(): Promise<void>;
}
