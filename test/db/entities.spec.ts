import { DataSource, type EntityMetadata } from 'typeorm';
import { startApp, type TestApp } from '../harness/app.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp();
});
afterAll(() => rollcall.stop());

interface Column {
  name: string;
  nullable: boolean;
  array: boolean;
}

const columnsOf = (table: string) =>
  rollcall.sql<Column>(
    `select attname as name, not attnotnull as nullable, attndims > 0 as array from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attname`,
    [table],
  );
const declaredBy = (entity: EntityMetadata): Column[] =>
  entity.columns
    .map((column) => ({
      name: column.databaseName,
      nullable: column.isNullable,
      array: column.isArray,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

it('every entity has the columns of its table, as the migrations made them', async () => {
  const entities = rollcall.app.get(DataSource).entityMetadatas;
  expect(entities.map((entity) => entity.tableName)).toEqual(
    expect.arrayContaining(['applicants', 'changes', 'quarantine', 'clients', 'client_secrets', 'api_keys']),
  );
  for (const entity of entities) {
    expect({ [entity.tableName]: declaredBy(entity) }).toEqual({
      [entity.tableName]: await columnsOf(entity.tableName),
    });
  }
});

it('no entity loads sealed columns unless they are asked for', () => {
  const sealed = ['sealed', 'element', 'known_hashes', 'id_number_index', 'contact_index'];
  const loaded = rollcall.app
    .get(DataSource)
    .entityMetadatas.flatMap((entity) => entity.columns.filter((column) => column.isSelect));
  expect(loaded.map((column) => column.databaseName).filter((name) => sealed.includes(name))).toEqual([]);
});
