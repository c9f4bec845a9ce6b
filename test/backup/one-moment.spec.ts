import { copyOutText, readAsOfNow } from '../../src/backup/schema.repository.js';
import { CopyOut } from '../../src/db/copy-streams.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { connected } from './backing-up.js';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await connected(database.url, async (client) => {
    await client.query(
      `create table changes_y2019m01 partition of changes for values from ('2019-01-01Z') to ('2019-02-01Z')`,
    );
    await client.query(
      `insert into changes (applicant_id, version, changed_at, event, receipt_id, element_index, received_at, source, kind, outcome,
         changed_fields, flags, content_hash, sealed)
       select id, 1, '2019-01-10Z', 'applicant.created', gen_random_uuid(), 0, '2019-01-10Z', 'callback', 'success', 'accepted',
         '{}', '{}', '', '' from unnest('{held,over}'::text[]) as id`,
    );
  });
});
afterAll(() => database.drop());

test('a month that is due meanwhile stays until the backup has read it, or a held person would be in neither place', async () => {
  const retire = () =>
    connected(database.url, (client) =>
      client.query(`select retire_month('changes', '2019-01-01Z', '{held}') as removed`),
    );
  const copied = await readAsOfNow(database.url, async (client) => {
    await client.query('select now()');
    await retire().catch(({ code }: { code: string }) => expect(code).toBe('55P03'));
    const shape = { name: 'changes', columns: ['applicant_id'], partitioned: true };
    const rows = new CopyOut(client, copyOutText(shape));
    for await (const _ of rows);
    return rows.rows;
  });
  expect(copied).toBe(2);
  expect((await retire()).rows).toEqual([{ removed: '1' }]);
});
