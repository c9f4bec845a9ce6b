import type { Query, QueryClient, QueryMeta } from '@tanstack/react-query';
import { SERVER } from '../base';
import { type LiveTopic, liveState, setLive } from './live';

/** Of the lock and of the channel between the windows of a browser. */
const NAME = 'rollcall-live';
/** The server says at least this often that it is there; twice as long without a word, and screens ask by themselves again. */
const HEARTBEAT_MS = 15_000;
/** After the server refused: the session may be over, or too many watch. */
const RETRY_MS = 15_000;
/** Screens ask again at most this often, however much moves. */
const FLUSH_MS = 500;

/**
 * Reads anew what is shown and has moved. One window of the browser listens and tells the others, since a browser keeps six
 * lines to a server over HTTP/1.1.
 * @returns what ends it
 */
export function followLive(queries: QueryClient): () => void {
  const end = new AbortController();
  const channel = new BroadcastChannel(NAME);
  const mover = new Mover(queries);
  const tell = (topics: LiveTopic[]) => {
    channel.postMessage(topics);
    mover.move(topics);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<LiveTopic[]>) => mover.move(data));
  // without HTTPS a browser has no locks: then each window listens for itself
  if ('locks' in navigator) {
    const leads = navigator.locks.request(NAME, { signal: end.signal }, () => listen(tell, end.signal));
    leads.catch(() => undefined); // it ended before it was its turn
  } else void listen(tell, end.signal);
  return () => {
    end.abort();
    channel.close();
    mover.stop();
  };
}

/** Listens until the signal aborts. */
function listen(tell: (topics: LiveTopic[]) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(`${SERVER}/api/v1/live`);
      source.addEventListener('moved', ({ data }: MessageEvent<string>) =>
        tell(JSON.parse(data) as LiveTopic[]),
      );
      source.addEventListener('error', () => {
        // it comes back by itself from a line that was cut, and not from a refusal
        if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
      });
    };
    open();
    signal.addEventListener('abort', () => {
      clearTimeout(retry);
      source?.close();
      resolve();
    });
  });
}

/** Asks again for what has moved, some of it together. */
class Mover {
  private readonly moved = new Set<LiveTopic | 'everything'>();
  private flush: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private wasCut = false;

  constructor(private readonly queries: QueryClient) {}

  /** @param topics none where the server only says that it is there */
  move(topics: readonly LiveTopic[]): void {
    if (!liveState().isTold) setLive({ isTold: true });
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.cut(), 2 * HEARTBEAT_MS);
    for (const topic of topics) this.moved.add(topic);
    if (this.wasCut) this.moved.add('everything');
    this.wasCut = false;
    if (this.moved.size > 0) this.flush ??= setTimeout(() => this.refetch(), FLUSH_MS);
  }

  stop(): void {
    clearTimeout(this.flush);
    clearTimeout(this.silence);
    setLive({ isTold: false });
  }

  private cut(): void {
    this.wasCut = true;
    setLive({ isTold: false });
  }

  private refetch(): void {
    const { isPaused, isIdle } = liveState();
    const topics = [...this.moved];
    const shown = {
      predicate: ({ meta }: Query) =>
        isOfLive(meta) && (meta.topics.length === 0 || topics.some((topic) => covers(topic, meta.topics))),
    };
    // what is being read may miss what moved; a read that is slow is not begun again and again
    if (this.queries.isFetching(shown) > 0) {
      this.flush = setTimeout(() => this.refetch(), FLUSH_MS);
      return;
    }
    this.flush = undefined;
    this.moved.clear();
    if (isPaused || isIdle) return;
    // a hidden window reads when it is looked at again
    void this.queries.invalidateQueries({ ...shown, refetchType: document.hidden ? 'none' : 'active' });
  }
}

function isOfLive(meta: QueryMeta | undefined): meta is { topics: readonly LiveTopic[] } {
  return Array.isArray(meta?.topics);
}

function covers(topic: LiveTopic | 'everything', topics: readonly LiveTopic[]): boolean {
  return topic === 'everything' || topics.includes(topic);
}
