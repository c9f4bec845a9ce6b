import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Tx } from '../../src/db/tx.js';
import { ensureCursor } from '../../src/feed/feed-cursors.repository.js';
import { type Follower, FeedFollowers } from '../../src/feed/feed-followers.service.js';
import type { FeedRow } from '../../src/feed/feed.repository.js';
import type { Jobs } from '../../src/jobs/jobs.service.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { writeChange, writeNotice } from './fed.js';

const EVENTS = 120;

let database: FreshDatabase;
let writer: pg.Client;
/** Two processes. */
let sources: DataSource[];
beforeAll(async () => {
  database = await freshDatabase();
  writer = new pg.Client({ connectionString: database.url });
  await writer.connect();
  await writer.query('create table taken (follower text, n serial, applicant_id text)');
  sources = [1, 2].map(
    () =>
      new DataSource({ type: 'postgres', url: database.url, extra: { max: 3 }, installExtensions: false }),
  );
  await Promise.all(sources.map((source) => source.initialize()));
  for (let i = 0; i < EVENTS; i++) {
    if (i % 10 === 7) await writeNotice(writer, `e-${i}`, 'applicant.flagged');
    else await writeChange(writer, `e-${i}`);
  }
});
afterAll(async () => {
  await Promise.all(sources.map((source) => source.destroy()));
  await writer.end();
  await database.drop();
});

/** Writes down what it takes, in the transaction of the cursor. */
function aFollower(
  name: string,
  take: (tx: Tx, events: FeedRow[]) => Promise<void> = async () => {},
): Follower {
  return {
    name,
    pollEveryMs: 10,
    batchEvents: 7,
    restsTimes: 0,
    take: async (tx, events) => {
      const ids = events.map(({ applicantId }) => applicantId);
      await tx.query('insert into taken (follower, applicant_id) select $1, unnest($2::text[])', [name, ids]);
      await take(tx, events);
    },
  };
}

/** A process that reads the feed to its end for a follower, again after every failure. */
async function work(source: DataSource, follower: Follower): Promise<number> {
  const followers = new FeedFollowers(source.manager, { poll: () => undefined } as unknown as Jobs);
  let failures = 0;
  await eventually(async () => {
    const took = await followers.takeNext(follower).catch(() => (failures += 1));
    return took === 0 && (await taken(follower.name)).length === EVENTS;
  }, 15_000);
  return failures;
}

async function taken(follower: string): Promise<string[]> {
  const { rows } = await writer.query<{ applicant_id: string }>(
    'select applicant_id from taken where follower = $1 order by n',
    [follower],
  );
  return rows.map((row) => row.applicant_id);
}

const all = Array.from({ length: EVENTS }, (_, i) => `e-${i}`);

describe('a follower of the feed', () => {
  it('takes every event once and in order, though two processes work at it', async () => {
    await ensureCursor(sources[0]!.manager, 'two');
    await Promise.all(sources.map((source) => work(source, aFollower('two'))));
    expect(await taken('two')).toEqual(all);
  });

  it('takes again, once, what it was at when it failed or its process died', async () => {
    await ensureCursor(sources[0]!.manager, 'dies');
    let calls = 0;
    const follower = aFollower('dies', async (tx) => {
      calls += 1;
      if (calls % 5 === 2) throw new Error('failed behind its work');
      // the server sees the process die in the middle of its transaction
      if (calls % 5 === 4) await tx.query('select pg_terminate_backend(pg_backend_pid())');
    });
    const failures = await Promise.all(sources.map((source) => work(source, follower)));
    expect(failures[0]! + failures[1]!).toBeGreaterThan(5);
    expect(await taken('dies')).toEqual(all);
  });

  it('waits while another process has the cursor, and takes nothing of it', async () => {
    await ensureCursor(sources[0]!.manager, 'busy');
    const followers = new FeedFollowers(sources[1]!.manager, {} as Jobs);
    await sources[0]!.manager.transaction(async (tx) => {
      await tx.query("select from feed_cursors where follower = 'busy' for update");
      expect(await followers.takeNext(aFollower('busy'))).toBe(0);
    });
    expect(await followers.takeNext(aFollower('busy'))).toBe(7);
  });
});
