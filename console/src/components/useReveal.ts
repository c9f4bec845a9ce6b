import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RevealRequestDto } from '@schema';

/** What was revealed is on the screen for so long. */
const SHOWN_MS = 60_000;
/** A reason that was given holds for so long. */
const REASON_MS = 15 * 60_000;

/** What is to be seen, and why. */
export interface Asked<Key> {
  key: Key;
  reason: string;
  /** Of the request that a second person has approved. */
  requestId?: string;
}

/** What came of it: what was hidden, or a request that a second person has to approve. */
export type Revealed = { value: unknown } | { request: RevealRequestDto };

export interface Reveal<Key extends string> {
  /** By what they are of. */
  values: Readonly<Partial<Record<Key, unknown>>>;
  /** Shows it, or asks for the reason first. */
  show: (key: Key) => void;
  hide: (key: Key) => void;
  /** That whose reason is asked for. */
  asked: Key | undefined;
  /** @param reason undefined where the person does not go on */
  giveReason: (reason: string | undefined) => void;
  waiting: { request: RevealRequestDto; key: Key } | undefined;
  /** Shows what waits, once it is approved. */
  claim: () => void;
  pending: Key | undefined;
  error: Error | null;
}

interface Options<Key> {
  ask: (asked: Asked<Key>) => Promise<Revealed>;
  /** What tells of reveals: it is read anew. */
  told?: QueryKey;
}

/**
 * Reveals what the API hides, one by one. A reason is asked for once in 15 minutes; what was revealed is hidden again after a minute, and
 * when nobody looks at the tab.
 */
export function useReveal<Key extends string>({ ask, told }: Options<Key>): Reveal<Key> {
  const queries = useQueryClient();
  const { values, keep, hide } = useShown<Key>();
  const [asked, setAsked] = useState<Key>();
  const [waiting, setWaiting] = useState<Reveal<Key>['waiting']>();
  const reason = useRef({ text: '', until: 0 });
  const reveal = useMutation({
    mutationFn: (wanted: Omit<Asked<Key>, 'reason'>) => ask({ ...wanted, reason: reason.current.text }),
    meta: { isShownInPlace: true },
    onSuccess: async (answer, { key }) => {
      if (told !== undefined) await queries.invalidateQueries({ queryKey: told });
      setWaiting('request' in answer ? { request: answer.request, key } : undefined);
      if ('value' in answer && !document.hidden) keep(key, answer.value);
    },
  });

  return {
    values,
    hide,
    asked,
    waiting,
    show: (key) => {
      if (Date.now() < reason.current.until) reveal.mutate({ key });
      else setAsked(key);
    },
    giveReason: (text) => {
      setAsked(undefined);
      if (text === undefined || asked === undefined) return;
      reason.current = { text, until: Date.now() + REASON_MS };
      reveal.mutate({ key: asked });
    },
    claim: () => {
      if (waiting !== undefined) reveal.mutate({ key: waiting.key, requestId: waiting.request.id });
    },
    pending: reveal.isPending ? reveal.variables.key : undefined,
    error: reveal.error,
  };
}

/** Values on the screen, for a minute and while somebody looks at the tab. */
function useShown<Key extends string>() {
  const [values, setValues] = useState({} as Reveal<Key>['values']);
  const timers = useRef(new Map<Key, number>());
  const hide = (key: Key) => {
    window.clearTimeout(timers.current.get(key));
    setValues((known) => ({ ...known, [key]: undefined }));
  };
  const keep = (key: Key, value: unknown) => {
    setValues((known) => ({ ...known, [key]: value }));
    window.clearTimeout(timers.current.get(key));
    timers.current.set(
      key,
      window.setTimeout(() => hide(key), SHOWN_MS),
    );
  };
  useEffect(() => {
    const running = timers.current;
    const hideAll = () => {
      if (document.hidden) setValues({} as Reveal<Key>['values']);
    };
    document.addEventListener('visibilitychange', hideAll);
    return () => {
      document.removeEventListener('visibilitychange', hideAll);
      for (const timer of running.values()) window.clearTimeout(timer);
    };
  }, []);
  return { values, keep, hide };
}
