import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { eventually } from '../../test/harness/processes.js';
import { isUnavailable, sqlState } from './errors.js';
import { SnapshotReads } from './snapshot-reads.js';

let database: FreshDatabase;
let beside: pg.Client;
let reads: SnapshotReads;
beforeAll(async () => {
  database = await freshDatabase();
  beside = new pg.Client({ connectionString: database.url });
  await beside.connect();
  await beside.query('create table numbers as select n from generate_series(1, 1000) n');
  reads = new SnapshotReads(database.url);
});
afterAll(async () => {
  await beside.end();
  await database.drop();
});

const numbersTo = (n: number, bytes = '1') => ({
  text: 'select n from numbers where n <= $1 order by n',
  bytes: `select ${bytes} from numbers where n <= $1 order by n`,
  values: [n],
});
const never = new AbortController().signal;

async function open(): Promise<number> {
  const { rows } = await beside.query<{ open: number }>(
    "select count(*)::int as open from pg_stat_activity where application_name = 'rollcall-export'",
  );
  return rows[0]!.open;
}

describe('a long read', () => {
  it.each([1, 7, 1000, 5000])('gives every row once and in order, %i at a time', async (batchRows) => {
    const found = await reads.use(never, async (snapshot) => {
      const all: number[] = [];
      for await (const rows of snapshot.batches<[number]>(numbersTo(900), batchRows)) {
        expect(rows.length).toBeLessThanOrEqual(batchRows);
        all.push(...rows.map(([n]) => n));
      }
      return all;
    });
    expect(found).toEqual(Array.from({ length: 900 }, (_, at) => at + 1));
  });

  it('ends a batch at 4 MiB, and gives a row that is longer a batch of its own', async () => {
    const bytes = 'case when n <= 20 then 1000 when n = 30 then 9000000 else 1500000 end';
    const counts = await reads.use(never, async (snapshot) => {
      const found: number[] = [];
      for await (const rows of snapshot.batches(numbersTo(40, bytes), 25)) found.push(rows.length);
      return found;
    });
    expect(counts).toEqual([22, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2]);
  });

  it('sees one state of the database, whatever is committed meanwhile', async () => {
    const count = 'select count(*)::int as n, sum(n)::int as total from numbers';
    await reads.use(never, async (snapshot) => {
      const before = await snapshot.query(count);
      await beside.query('update numbers set n = -n');
      expect(await snapshot.query(count)).toEqual(before);
      for await (const rows of snapshot.batches<[number]>(numbersTo(5), 10)) {
        expect([...rows]).toEqual([[1], [2], [3], [4], [5]]);
      }
    });
    await beside.query('update numbers set n = -n');
  });

  it('has no transaction id, so it holds up no reader of the feed, and it cannot write', async () => {
    const attempt = reads.use(never, async (snapshot) => {
      expect(await snapshot.query('select pg_current_xact_id_if_assigned() as id')).toEqual([{ id: null }]);
      await snapshot.query('delete from numbers');
    });
    expect(await attempt.catch(sqlState)).toBe('25006');
  });

  it('leaves no connection open: read to the end, left early, broken off by an error', async () => {
    await reads.use(never, (snapshot) => snapshot.query('select 1'));
    await reads.use(never, async (snapshot) => {
      for await (const _ of snapshot.batches(numbersTo(900), 10)) break;
    });
    await expect(reads.use(never, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    await eventually(async () => (await open()) === 0 || undefined);
  });

  it('ends at once where its signal aborts, in the middle of a statement', async () => {
    const leaving = new AbortController();
    const startedMs = performance.now();
    const read = reads.use(leaving.signal, async (snapshot) => {
      setTimeout(() => leaving.abort(), 50);
      return snapshot.query('select pg_sleep(30)');
    });
    expect(await read.catch(isUnavailable)).toBe(true);
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    await expect(reads.use(leaving.signal, () => Promise.resolve())).rejects.toThrow('aborted');
  });

  it('says that the database is away where its connection is cut', async () => {
    const read = reads.use(never, async (snapshot) => {
      await beside.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rollcall-export'",
      );
      return snapshot.query('select 1');
    });
    expect(await read.catch(isUnavailable)).toBe(true);
  });
});
