import type { LiveTopic } from './live.repository.js';

const HEARTBEAT_MS = 15_000;
const RECONNECT_AFTER_MS = 2000;

/**
 * What moved as `text/event-stream` (HTML standard, 9.2): events `moved` with topics alone. At once, and every 15 s in
 * which nothing moves, one without topics says that the line is alive.
 */
export async function* liveStream(moves: AsyncIterable<LiveTopic[]>): AsyncGenerator<string, void> {
  yield `retry: ${RECONNECT_AFTER_MS}\n\n`;
  let saidAtMs = -Infinity;
  for await (const topics of moves) {
    if (topics.length === 0 && performance.now() - saidAtMs < HEARTBEAT_MS) continue;
    yield `event: moved\ndata: ${JSON.stringify(topics)}\n\n`;
    saidAtMs = performance.now();
  }
}
