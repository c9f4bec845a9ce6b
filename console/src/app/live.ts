import { useSyncExternalStore } from 'react';

/** While the server says what moves, this only mends what it did not say. */
const SELDOM_MS = 15_000;
/** Where it cannot say: fast enough for whoever watches, and 20 numbers a minute for the server. */
const OFTEN_MS = 4_000;

/** What the events of `GET /api/v1/live` name. */
export type LiveTopic =
  'applicants' | 'receipts' | 'refusals' | 'callbackTests' | 'tokens' | 'images' | 'deliveries';

/**
 * Of this window: whether somebody stopped the screens from moving, whether nobody has been here for some time, and whether
 * the server says what moves.
 */
let state = { isPaused: false, isIdle: false, isTold: false };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function liveState(): typeof state {
  return state;
}

export function setLive(change: Partial<typeof state>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export function useLiveState() {
  return useSyncExternalStore(subscribe, liveState);
}

/** How a query follows what moves: `useQuery({ ...mine, ...live })`. */
interface Live {
  refetchInterval: number | false;
  meta: { topics: readonly LiveTopic[] };
}

/**
 * Asks again when something moves, and by itself now and then; not in a hidden tab. For what costs little and leaves no trace
 * in the audit; not for lists, whose rows would move while somebody reads.
 * @param topics that it shows; without any, all of them
 */
export function useLive(...topics: LiveTopic[]): Live {
  const { isTold } = useLiveState();
  return { refetchInterval: useEvery(isTold ? SELDOM_MS : OFTEN_MS), meta: { topics } };
}

/** For what moves slowly, as hours and days do. */
export function useEvery(milliseconds: number): number | false {
  const { isPaused, isIdle } = useLiveState();
  return isPaused || isIdle ? false : milliseconds;
}
