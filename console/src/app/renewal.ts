import { useSyncExternalStore } from 'react';

interface Renewal {
  done: Promise<void>;
  finish: () => void;
}

let current: Renewal | undefined;
const listeners = new Set<() => void>();

/** For calls whose session is over: all of them wait for one log-in, which a dialog over the page asks for. */
export function logInAgain(): Promise<void> {
  if (current === undefined) {
    const { promise, resolve } = promiseOf();
    current = { done: promise, finish: resolve };
    tell();
  }
  return current.done;
}

/** The waiting calls go on. */
export function finishRenewal(): void {
  current?.finish();
  current = undefined;
  tell();
}

export function useIsSessionOver(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current !== undefined,
  );
}

function tell(): void {
  for (const listener of listeners) listener();
}

function promiseOf(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
