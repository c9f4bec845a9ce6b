import type { ChangeEventDto, ChangesPageDto } from './feed.dto.js';

const HEARTBEAT_MS = 15_000;
const RECONNECT_AFTER_MS = 2000;

/**
 * Pages of the feed as `text/event-stream` (HTML standard, 9.2). The id of an event is its cursor. While nothing happens, a
 * comment every 15 s shows that the line is alive. Its id moves readers past what they filter out.
 */
export async function* eventStream(pages: AsyncIterable<ChangesPageDto>): AsyncGenerator<string, void> {
  let saidAtMs = -Infinity;
  let opening = `retry: ${RECONNECT_AFTER_MS}\n\n`;
  for await (const { items, nextCursor } of pages) {
    if (items.length === 0 && performance.now() - saidAtMs < HEARTBEAT_MS) continue;
    yield opening + (items.length > 0 ? items.map(eventText).join('') : `: alive\nid: ${nextCursor}\n\n`);
    opening = '';
    saidAtMs = performance.now();
  }
}

function eventText(item: ChangeEventDto): string {
  return `id: ${item.cursor}\nevent: ${item.event}\ndata: ${JSON.stringify(item)}\n\n`;
}
