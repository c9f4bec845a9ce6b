import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import pg from 'pg';
import { DataSource, EntityManager } from 'typeorm';
import { FeedWatch } from '../../src/feed/feed-watch.service.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { endOfFeed, writeChange, writeNotice } from './fed.js';

let database: FreshDatabase;
let source: DataSource;
let writer: pg.Client;
let watch: FeedWatch;
let look: jest.SpyInstance;
beforeAll(async () => {
  database = await freshDatabase();
  source = new DataSource({ type: 'postgres', url: database.url, installExtensions: false });
  await source.initialize();
  writer = new pg.Client({ connectionString: database.url });
  await writer.connect();
});
beforeEach(() => {
  watch = new FeedWatch(source.manager);
  look = jest.spyOn(EntityManager.prototype, 'query');
});
afterEach(() => look.mockRestore());
afterAll(async () => {
  await writer.end();
  await source.destroy();
  await database.drop();
});

const waitOptions = (ms: number, signal = new AbortController().signal) => ({ ms, signal });

/** Waits until everything is shown and a look has found it, so that only what comes from now on is news. */
async function settled(): Promise<number> {
  await endOfFeed({
    sql: async <Row extends pg.QueryResultRow>(text: string) => (await writer.query<Row>(text)).rows,
  });
  let { highWatermark } = watch;
  while (await watch.more(highWatermark, waitOptions(200))) ({ highWatermark } = watch);
  return highWatermark;
}

describe('the watch over the feed', () => {
  it.each([
    ['a version', () => writeChange(writer, 'v')],
    ['a notice', () => writeNotice(writer, 'n', 'applicant.images_ready')],
  ])('wakes everybody for %s', async (_, write) => {
    const highWatermark = await settled();
    const waiting = Array.from({ length: 50 }, () => watch.more(highWatermark, waitOptions(10_000)));
    await write();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set([true]));
  });

  it('wakes who begins to wait after his read for what was shown in between', async () => {
    const highWatermark = await settled();
    await writeChange(writer, 'between');
    expect(await watch.more(highWatermark, waitOptions(10_000))).toBe(true);
    const againMs = performance.now();
    expect(await watch.more(highWatermark, waitOptions(10_000))).toBe(true);
    expect(performance.now() - againMs).toBeLessThan(5000);
  });

  it('takes one look for all, again and again while somebody waits, and none otherwise', async () => {
    const highWatermark = await settled();
    look.mockClear();
    await Promise.all(Array.from({ length: 50 }, () => watch.more(highWatermark, waitOptions(300))));
    const looks = look.mock.calls.length;
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThanOrEqual(300 / 20 + 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(look.mock.calls.length).toBeLessThanOrEqual(looks + 1);
  });

  it('wakes nobody for transactions that are none of the feed', async () => {
    const highWatermark = await settled();
    const waiting = watch.more(highWatermark, waitOptions(300));
    await writer.query('create table other (n int)');
    await writer.query('insert into other values (1)');
    expect(await waiting).toBe(false);
  });

  it('outlives a database that does not answer', async () => {
    const highWatermark = await settled();
    look.mockRejectedValueOnce(new Error('gone'));
    const waiting = watch.more(highWatermark, waitOptions(10_000));
    await writeChange(writer, 'after the outage');
    expect(await waiting).toBe(true);
  });

  it('lets go of who leaves, and of everybody when the process stops', async () => {
    const highWatermark = await settled();
    const leaving = new AbortController();
    const left = watch.more(highWatermark, waitOptions(10_000, leaving.signal));
    leaving.abort();
    expect(await left).toBe(false);
    const answer = Object.assign(new EventEmitter(), { destroy: jest.fn() });
    const { signal } = watch.waitOptions(10, answer as unknown as ServerResponse, { name: 'k' }, jest.fn())!;
    const waiting = watch.more(highWatermark, waitOptions(10_000, signal)).then((more) => {
      answer.emit('close');
      return more;
    });
    await watch.onModuleDestroy();
    expect(await waiting).toBe(false);
    expect(answer.destroy).not.toHaveBeenCalled();
    expect(() =>
      watch.waitOptions(10, answer as unknown as ServerResponse, { name: 'k' }, jest.fn()),
    ).toThrow('stopping');
  });
});
