import { databaseBefore, type Upgraded } from '../db/upgraded.js';

let database: Upgraded;
beforeAll(async () => {
  database = await databaseBefore(140);
});
afterAll(() => database.drop());

test('what followed the feed on its own goes on from where it was', async () => {
  await database.client.query("update image_wants set tx = '711', seq = 12");
  await database.client.query("update reconciliation_cursor set tx = '709', seq = 4");
  await database.upgrade();
  const { rows } = await database.client.query(
    "select follower, tx::text, seq::text from feed_cursors where follower <> 'stats' order by follower",
  );
  expect(rows).toEqual([
    { follower: 'images', tx: '711', seq: '12' },
    { follower: 'reconciliation', tx: '709', seq: '4' },
  ]);
});
