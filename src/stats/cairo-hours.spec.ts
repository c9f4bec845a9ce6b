import pg from 'pg';
import { freshDatabase, type FreshDatabase } from '../../test/harness/database.js';
import { cairoDate, startOfCairoDay } from '../enroll-contract/cairo-days.js';
import { cairoDayOf, cairoMonths, sameHoursBefore } from './cairo-hours.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase({ migrated: false });
});
afterAll(() => database.drop());

test('a day in SQL begins when it does in this process, at every hour of years with and without summer time', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ at: Date; day: Date }>(
    `select at, ${cairoDayOf('at')} as day from (
       select generate_series('2010-01-01Z'::timestamptz, '2011-01-01Z', '1 hour')
       union select generate_series('2022-01-01Z'::timestamptz, '2031-01-01Z', '1 hour')
     ) hours(at)`,
  );
  await client.end();
  expect(rows.length).toBeGreaterThan(87_000);
  const wrong = rows.filter(({ at, day }) => day.getTime() !== startOfCairoDay(cairoDate(at)).getTime());
  expect(wrong.slice(0, 5)).toEqual([]);
});

test('and asks Postgres for no time zone but UTC', () => {
  expect(cairoDayOf('at').match(/'(UTC|[A-Z]\w+\/\w+)'/g)).toEqual(["'UTC'"]);
});

test('months are those of Cairo', () => {
  expect(
    cairoMonths(['2026-03-31T22:30:00Z', '2026-04-01T10:00:00Z', '2026-10-31T21:59:00Z'].map(asDate)),
  ).toEqual([
    { from: asDate('2026-03-31T22:00:00Z'), to: asDate('2026-04-30T21:00:00Z') },
    { from: asDate('2026-09-30T21:00:00Z'), to: asDate('2026-10-31T22:00:00Z') },
  ]);
});

test('the same hour of the weeks before is that of the clock, over a change of it too', () => {
  const hours = sameHoursBefore(asDate('2026-05-05T06:40:00Z'), 3).map((hour) => hour.toISOString());
  expect(hours).toEqual(['2026-04-28T06:00:00.000Z', '2026-04-21T07:00:00.000Z', '2026-04-14T07:00:00.000Z']);
});

function asDate(text: string): Date {
  return new Date(text);
}
