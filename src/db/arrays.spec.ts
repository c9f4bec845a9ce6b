import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import {
  booleanArray,
  byteaArray,
  dateArray,
  hexArray,
  int4Array,
  int8Array,
  textArray,
  timestamptzArray,
  uuidArray,
} from './arrays.js';

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

/** Sends the array, lets the server spell every item as text and count nulls, and compares with what went in. */
async function expectRoundTrip<T>(
  type: string,
  encoded: Buffer,
  values: (T | null)[],
  spell: (value: T) => string,
) {
  const { rows } = await client.query<{ items: (string | null)[] }>({
    name: `round-trip-${type}`,
    text: `select coalesce(array_agg(item::text order by at), '{}') as items
             from unnest($1::${type}[]) with ordinality as given(item, at)`,
    values: [encoded],
  });
  expect(rows[0]?.items).toEqual(values.map((value) => (value === null ? null : spell(value))));
}

function lists<T>(item: fc.Arbitrary<T>): fc.Arbitrary<(T | null)[]> {
  return fc.array(fc.option(item, { freq: 4 }), { maxLength: 40 });
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '',
    'NULL',
    '{}',
    '"',
    '\\',
    "'",
    'أحمد محمد',
    'عبد الرحمن',
    'ـــ',
    '🪪',
    ' ',
    '\t\n',
    'a,b',
  ),
);
const wellFormed = text.map((value) => Buffer.from(value.replaceAll('\u0000', '')).toString());
const runs = { numRuns: 60 };

test('texts arrive as they are: quotes, braces, the word NULL, Arabic and emoji included', () =>
  fc.assert(
    fc.asyncProperty(lists(wellFormed), (values) =>
      expectRoundTrip('text', textArray(values), values, String),
    ),
    runs,
  ));

test('32-bit integers arrive to both ends of their range', () =>
  fc.assert(
    fc.asyncProperty(lists(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), (values) =>
      expectRoundTrip('int4', int4Array(values), values, String),
    ),
    runs,
  ));

test('64-bit integers arrive without losing a digit', () =>
  fc.assert(
    fc.asyncProperty(lists(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })), (values) =>
      expectRoundTrip('int8', int8Array(values), values, String),
    ),
    runs,
  ));

test('booleans arrive', () =>
  fc.assert(
    fc.asyncProperty(lists(fc.boolean()), (values) =>
      expectRoundTrip('boolean', booleanArray(values), values, String),
    ),
    runs,
  ));

test('bytes arrive as they are, zero bytes and empty ones included', () =>
  fc.assert(
    fc.asyncProperty(lists(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))), (values) =>
      expectRoundTrip('bytea', byteaArray(values), values, (value) => `\\x${value.toString('hex')}`),
    ),
    runs,
  ));

test('hex digits arrive as bytes', () =>
  fc.assert(
    fc.asyncProperty(lists(fc.uint8Array({ maxLength: 40 })), (lists) => {
      const digits = lists.map((bytes) => bytes && Buffer.from(bytes).toString('hex'));
      return expectRoundTrip('bytea', hexArray(digits), digits, (value) => `\\x${value}`);
    }),
    runs,
  ));

test('UUIDs arrive in either case and refuse anything else', async () => {
  await fc.assert(
    fc.asyncProperty(lists(fc.uuid()), (values) =>
      expectRoundTrip('uuid', uuidArray(values), values, String),
    ),
    runs,
  );
  const upper = 'AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE';
  await expectRoundTrip('uuid', uuidArray([upper]), [upper], (value) => value.toLowerCase());
  for (const wrong of ['', 'x', upper.slice(1), `${upper}0`, upper.replace('A', 'G')]) {
    expect(() => uuidArray([wrong])).toThrow(RangeError);
  }
});

test('times arrive to the millisecond, also before 2000 and 1970', () =>
  fc.assert(
    fc.asyncProperty(
      lists(fc.date({ min: new Date('0001-01-01Z'), max: new Date('9999-12-31Z'), noInvalidDate: true })),
      async (values) => {
        const { rows } = await client.query<{ items: (string | null)[] }>({
          name: 'round-trip-time',
          text: `select coalesce(array_agg(
                   (extract(epoch from item) * 1000)::bigint::text order by at), '{}') as items
                 from unnest($1::timestamptz[]) with ordinality as given(item, at)`,
          values: [timestamptzArray(values)],
        });
        expect(rows[0]?.items).toEqual(
          values.map((value) => (value === null ? null : String(value.getTime()))),
        );
      },
    ),
    runs,
  ));

test('days arrive, and a day that does not exist is refused', async () => {
  const day = fc
    .date({ min: new Date('0001-01-01Z'), max: new Date('9999-12-31Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  await fc.assert(
    fc.asyncProperty(lists(day), (values) => expectRoundTrip('date', dateArray(values), values, String)),
    runs,
  );
  for (const wrong of ['', '2025-02-30', '2025-2-3', '2025-13-01', '1997/03/01', 'infinity']) {
    expect(() => dateArray([wrong])).toThrow(RangeError);
  }
});

test('a large array arrives whole', async () => {
  const values = Array.from({ length: 10_000 }, (_, index) => (index % 7 === 0 ? null : randomBytes(700)));
  const { rows } = await client.query<{ items: string; nulls: string; bytes: string }>({
    text: `select count(*) as items, count(*) filter (where item is null) as nulls, sum(length(item)) as bytes
             from unnest($1::bytea[]) as given(item)`,
    values: [byteaArray(values)],
  });
  const filled = values.filter((value) => value !== null).length;
  expect(rows[0]).toEqual({ items: '10000', nulls: String(10_000 - filled), bytes: String(filled * 700) });
});
