import { INVENTORY } from '../../src/privacy/inventory.repository.js';
import { startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
});
afterAll(() => rollcall.stop());

test('every table stands in the inventory, which says what an erasure does with it', async () => {
  const tables = await rollcall.sql<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'`,
  );
  expect(tables.length).toBeGreaterThan(50);
  expect(tables.map(({ name }) => name).sort()).toEqual(Object.keys(INVENTORY).sort());
});

test('whatever names applicants is erased, or says why it may keep them', () => {
  const kept = Object.entries(INVENTORY).flatMap(([table, deed]) =>
    'keeps' in deed ? [[table, deed.keeps]] : [],
  );
  expect(kept.filter(([, why]) => why === '')).toEqual([]);
});
