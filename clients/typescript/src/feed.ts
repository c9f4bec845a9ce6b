import type { ChangeEvent, RollcallClient } from './client.js';
import { type Answer, insist, type Insistence, pause, RefusedError, type Trouble } from './insist.js';
import type { components, operations } from './openapi.js';

type Page = components['schemas']['ChangesPageDto'];

type Filter = Pick<
  NonNullable<operations['listChanges']['parameters']['query']>,
  'event' | 'outcome' | 'fields'
>;

interface Reading {
  client: RollcallClient;
  /** Ends the reading without an error; a batch that you have taken is acknowledged first. */
  signal?: AbortSignal;
  /** Hears of every try that failed, before the next. */
  onTrouble?: (trouble: Trouble) => void;
  /** Events in a batch at the most, 1 to 200. Default 200. */
  limit?: number;
  /** How long the server holds a request while there is nothing, 0 to 30. Default 25. */
  waitSeconds?: number;
}

/** You keep the cursor, with what you made of the events. */
export interface ReadingByCursor extends Reading, Filter {
  /** The cursor of the last batch or event that you took; absent: from the oldest change that is kept. */
  after?: string;
}

/** Rollcall keeps the cursor, with the filter and the fields that the consumer was made with. */
export interface ReadingAsConsumer extends Reading {
  consumer: string;
}

/** Events that came together: take them in one transaction of yours. */
export interface FeedBatch {
  /** In the order of the feed; never empty. */
  events: ChangeEvent[];
  /** Behind the last of them: keep it where you keep what you made of them. */
  cursor: string;
}

const LIMIT_EVENTS = 200;
const WAIT_SECONDS = 25;
/** Beyond `waitSeconds`, until a try is given up. */
const SLACK_MS = 15_000;
/** At the end of the feed it asks no more often than this, also where the server does not wait. */
const AT_END_EVERY_MS = 1000;

/**
 * Every change in order, batch after batch, for as long as you want: waits for what comes, and rides out restarts and
 * whatever else passes by itself.
 *
 * As a consumer, a batch is acknowledged when you ask for the next one: not where your loop throws or breaks, then it
 * comes again. Take an event that comes twice as once: its `cursor` is its own for ever.
 *
 * @throws RefusedError where asking again would not help
 */
export async function* readFeed(
  options: ReadingByCursor | ReadingAsConsumer,
): AsyncGenerator<FeedBatch, void> {
  const { signal, onTrouble, waitSeconds = WAIT_SECONDS } = options;
  const source = 'consumer' in options ? asConsumer(options) : byCursor(options);
  const insistence = { timeoutMs: waitSeconds * 1000 + SLACK_MS, signal, onTrouble };
  let last: string | undefined;
  try {
    while (!signal?.aborted) {
      const askedAtMs = Date.now();
      const { items, nextCursor } = await insist(source.read, insistence);
      if (items.length > 0) yield { events: items, cursor: nextCursor };
      // a filter moves the cursor of an empty page too
      const isAtEnd = items.length === 0 && nextCursor === last;
      if (isAtEnd) await pause(AT_END_EVERY_MS - (Date.now() - askedAtMs), signal);
      else await source.taken(nextCursor, insistence);
      last = nextCursor;
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

interface Source {
  read: (signal: AbortSignal) => Promise<Answer<Page>>;
  /** Everything up to `cursor` is done with. */
  taken: (cursor: string, insistence: Insistence) => Promise<void>;
}

function byCursor({ client, after, event, outcome, fields, ...reading }: ReadingByCursor): Source {
  let behind = after;
  return {
    read: (signal) => {
      const query = { after: behind, event, outcome, fields, ...pageOf(reading) };
      return client.GET('/api/v1/changes', { params: { query }, signal });
    },
    taken: (cursor) => {
      behind = cursor;
      return Promise.resolve();
    },
  };
}

function asConsumer({ client, consumer, ...reading }: ReadingAsConsumer): Source {
  const path = { name: consumer };
  return {
    read: (signal) =>
      client.GET('/api/v1/consumers/{name}/changes', { params: { path, query: pageOf(reading) }, signal }),
    taken: async (cursor, insistence) => {
      // not cut off by the caller's signal: what was taken is to be acknowledged before the reader leaves
      const ack = () =>
        client.POST('/api/v1/consumers/{name}/ack', {
          params: { path },
          body: { cursor },
          signal: AbortSignal.timeout(SLACK_MS),
        });
      await insist(ack, insistence).catch((error: unknown) => {
        // another reader of this consumer has taken the same events and more
        if (!(error instanceof RefusedError && error.problem.code === 'ACK_BACKWARDS')) throw error;
      });
    },
  };
}

function pageOf({
  limit = LIMIT_EVENTS,
  waitSeconds: wait = WAIT_SECONDS,
}: Pick<Reading, 'limit' | 'waitSeconds'>) {
  return { limit, wait };
}
