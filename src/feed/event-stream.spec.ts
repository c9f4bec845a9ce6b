import { eventStream } from './event-stream.js';
import type { ChangeEventDto, ChangesPageDto } from './feed.dto.js';

const anEvent = (cursor: string): ChangeEventDto => ({
  cursor,
  applicantId: 'a\n1',
  version: 1,
  event: 'applicant.created',
  outcome: 'accepted',
  previousOutcome: null,
  status: 1,
  changedFields: [],
  flags: [],
  changedAt: '2026-11-23T08:00:00.000Z',
  receiptId: null,
});

/** Pages that come `afterMs` behind one another. */
async function* pages(...given: [afterMs: number, nextCursor: string, ...ChangeEventDto[]][]) {
  for (const [afterMs, nextCursor, ...items] of given) {
    jest.advanceTimersByTime(afterMs);
    yield await Promise.resolve<ChangesPageDto>({ items, nextCursor });
  }
}

async function textOf(...given: Parameters<typeof pages>): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of eventStream(pages(...given))) texts.push(text);
  return texts;
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick'] }));
afterEach(() => jest.useRealTimers());

describe('the event stream', () => {
  it('opens at once, says how soon to come back, and gives each event its cursor, its type and one line of data', async () => {
    const event = anEvent('c1');
    expect(await textOf([0, 'c1', event])).toEqual([
      `retry: 2000\n\nid: c1\nevent: applicant.created\ndata: ${JSON.stringify(event)}\n\n`,
    ]);
    expect(JSON.stringify(event)).not.toContain('\n');
  });

  it('says every fifteen seconds of silence that the line is alive, and how far it has looked', async () => {
    const texts = await textOf(
      [0, 'c0'],
      [14_999, 'c0'],
      [1, 'c5'],
      [10_000, 'c6', anEvent('c6')],
      [10_000, 'c6'],
      [5000, 'c6'],
    );
    expect(texts.map((text) => text.split('\n')[0])).toEqual(['retry: 2000', ': alive', 'id: c6', ': alive']);
    expect(texts[1]).toBe(': alive\nid: c5\n\n');
  });
});
