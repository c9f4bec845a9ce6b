import type { Problem } from './client.js';

/** Why a call is made again, for your log. */
export interface Trouble {
  /** What was answered; absent where there was no answer. */
  status?: number;
  /** The problem document, the text of a proxy, or the error of the connection. */
  cause: unknown;
  /** In a row. */
  failures: number;
  waitMs: number;
}

/** Rollcall refuses, and to ask again would not change that: a wrong key, a missing scope, an unknown cursor. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly status: number,
    /** As answered; `code` is one of docs/errors.md. */
    readonly problem: Partial<Problem>,
  ) {
    super([status, problem.code, problem.detail ?? problem.title].filter(Boolean).join(' '));
  }
}

export interface Insistence {
  /** Of one try. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  onTrouble?: ((trouble: Trouble) => void) | undefined;
}

export interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** However long the server asks for. */
const LONGEST_ASKED_MS = 3_600_000;

/**
 * Makes the call until it succeeds. While Rollcall is away, restarts or asks for patience (429, 5xx) it waits, longer each
 * time and at least as long as `Retry-After` says.
 *
 * @throws RefusedError for any other answer; the reason of `signal`
 */
export async function insist<Data>(
  call: (signal: AbortSignal) => Promise<Answer<Data>>,
  { timeoutMs, signal, onTrouble }: Insistence,
): Promise<Data> {
  for (let failures = 1; ; failures += 1) {
    const { data, error, response } = await oneTry(call, timeoutMs, signal);
    if (response?.ok) return data as Data; // of a 204 undefined, as its type says
    signal?.throwIfAborted();
    const status = response?.status;
    if (status !== undefined && status < 500 && status !== 429 && status !== 408)
      throw new RefusedError(status, problemOf(error));
    const waitMs = Math.max(askedWaitMs(response), ownWaitMs(failures));
    onTrouble?.({ ...(status !== undefined && { status }), cause: error, failures, waitMs });
    await pause(waitMs, signal);
  }
}

/** Its own signal for each try: listeners on one that lives as long as the process would pile up. */
async function oneTry<Data>(
  call: (signal: AbortSignal) => Promise<Answer<Data>>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Partial<Answer<Data>>> {
  const controller = new AbortController();
  const giveUp = () =>
    controller.abort(signal?.aborted ? signal.reason : new Error(`no answer in ${timeoutMs} ms`));
  const timer = setTimeout(giveUp, timeoutMs);
  signal?.addEventListener('abort', giveUp);
  try {
    return await call(controller.signal);
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

function problemOf(error: unknown): Partial<Problem> {
  if (typeof error === 'object' && error !== null) return error;
  return typeof error === 'string' ? { detail: error.slice(0, 200) } : {};
}

/** Half to whole of the doubled time, so that many readers do not come back at once. */
function ownWaitMs(failures: number): number {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
  return Math.round(most * (0.5 + Math.random() / 2));
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
function askedWaitMs(response: Response | undefined): number {
  const asked = response?.headers.get('retry-after') ?? '';
  const waitMs = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now();
  return Number.isNaN(waitMs) ? 0 : Math.min(waitMs, LONGEST_ASKED_MS);
}

/** @throws the reason of `signal` */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let wake = () => {};
  const woken = new Promise<void>((resolve) => (wake = resolve));
  const timer = setTimeout(wake, milliseconds);
  signal?.addEventListener('abort', wake);
  if (!signal?.aborted) await woken;
  clearTimeout(timer);
  signal?.removeEventListener('abort', wake);
  signal?.throwIfAborted();
}
