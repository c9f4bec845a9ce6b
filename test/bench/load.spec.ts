import pg from 'pg';
import { Applicants } from '../../bench/load/applicants.js';
import { limitStatement, knownApplicants, KNOWN_PER_CLIENT } from '../../bench/limit/write-statement.js';
import { cut, listOf, MainJob, read } from '../../bench/offline/main-job.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';

const PEOPLE = 64;

describe('the applicants of the load generator', () => {
  const applicants = new Applicants(1, PEOPLE);
  const job = new MainJob();
  const rowsOf = (revision: number) =>
    read(cut(listOf(applicants, 0, 10 * PEOPLE, () => revision))).map((element) =>
      job.decide(job.unknown(element), element, { receiptId: '-', receivedAt: new Date() }),
    );

  test('are taken as they are: nothing is coerced, nothing looks wrong', () => {
    const flags = new Set(rowsOf(0).flatMap((row) => row.flags));
    expect([...flags]).toEqual([]);
  });

  test('have an id, a document number and a phone each to themselves', () => {
    const rows = rowsOf(0);
    expect(new Set(rows.map((row) => row.applicantId)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.documentNumberIndex)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => String(row.contactIndex))).size).toBe(rows.length);
  });

  test('have new content in every revision, under the same id', () => {
    const [first, second] = [rowsOf(0)[7], rowsOf(1)[7]];
    expect(second?.applicantId).toBe(first?.applicantId);
    expect(second?.idNumberIndex).toBe(first?.idNumberIndex);
    expect(second?.fields.phoneNumbers).not.toEqual(first?.fields.phoneNumbers);
    expect(second?.flags).toEqual(['firstSeenAsUpdate']);
  });
});

describe('the statement of the limit', () => {
  let database: FreshDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await freshDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('writes what the server writes: a receipt, its versions and their history, a share of them updates', async () => {
    const written = { applicants: 10, updateShare: 0.3, sealedBytes: 640, bodyBytes: 7000 };
    await client.query(knownApplicants(written, 1));
    const text = await limitStatement(written, (name) => (name === 'c' ? '$1' : '$2'));
    const { rows: lost } = await client.query(text, [0, 17]);
    expect(lost).toEqual([]);

    const { rows: counts } = await client.query(
      `select (select count(*) from receipts where octet_length(body) = 7000)::int as receipts,
         (select count(*) from applicants)::int as applicants,
         (select array_agg(version order by version) from changes where octet_length(sealed) = 640) as versions`,
    );
    expect(counts).toEqual([
      { receipts: 1, applicants: KNOWN_PER_CLIENT + 7, versions: [1, 1, 1, 1, 1, 1, 1, 2, 2, 2] },
    ]);
  });
});
