import { DataSource } from 'typeorm';
import { KeyCheck } from '../../src/crypto/key-check.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { Sealer } from '../../src/crypto/sealer.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';

const ONE = `one:${Buffer.alloc(32, 1).toString('base64')}`;
const TWO = `two:${Buffer.alloc(32, 2).toString('base64')}`;
const OTHER_ONE = `one:${Buffer.alloc(32, 3).toString('base64')}`;

let database: FreshDatabase;
let connection: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  connection = await new DataSource({ type: 'postgres', url: database.url }).initialize();
});

afterAll(async () => {
  await connection.destroy();
  await database.drop();
});

beforeEach(async () => {
  await connection.query('truncate key_checks');
});

async function boot(...keys: string[]): Promise<void> {
  const ring = KeyRing.parse(keys.join(','));
  await new KeyCheck(connection, ring, new Sealer(ring)).onModuleInit();
}

async function keysInUse(): Promise<string[]> {
  const rows = await connection.query<{ key_id: string }[]>('select key_id from key_checks order by key_id');
  return rows.map((row) => row.key_id);
}

describe('M12 Boot: the keys are checked against the database', () => {
  test('the first boot leaves a check for the key that seals, and the next boots pass', async () => {
    await boot(ONE, TWO);
    expect(await keysInUse()).toEqual(['one']);
    await boot(ONE, TWO);
    await boot(ONE);
  });

  test('a rotation leaves a check for each key that sealed', async () => {
    await boot(ONE);
    await boot(TWO, ONE);
    expect(await keysInUse()).toEqual(['one', 'two']);
  });

  test('a wrong key stops the boot by KEY_WRONG, naming key and fix', async () => {
    await boot(ONE);
    await expect(boot(OTHER_ONE)).rejects.toMatchObject({
      code: 'KEY_WRONG',
      message: expect.stringMatching(
        /^Key "one" is not the one this database was sealed with: put .* ROLLCALL_KEYS/,
      ),
    });
  });

  test('a wrong key that only opens stops the boot too', async () => {
    await boot(ONE);
    await expect(boot(TWO, OTHER_ONE)).rejects.toMatchObject({ code: 'KEY_WRONG' });
  });

  test('a key in use that the ring lacks stops the boot by KEY_MISSING, naming key and fix', async () => {
    await boot(ONE);
    await expect(boot(TWO)).rejects.toMatchObject({
      code: 'KEY_MISSING',
      message: expect.stringMatching(/sealed with key "one".*add "one:<its key>" to ROLLCALL_KEYS/),
    });
  });

  test('a refused ring leaves no trace: the right one boots again', async () => {
    await boot(ONE);
    await expect(boot(TWO)).rejects.toThrow();
    expect(await keysInUse()).toEqual(['one']);
    await boot(ONE);
  });

  test('a check put into the place of another is refused', async () => {
    await boot(ONE);
    await boot(TWO, ONE);
    await connection.query(
      `update key_checks set sealed = (select sealed from key_checks where key_id = 'one') where key_id = 'two'`,
    );
    await expect(boot(TWO, ONE)).rejects.toMatchObject({ code: 'KEY_WRONG' });
  });

  test('a check of another text under the right key is refused', async () => {
    const sealer = new Sealer(KeyRing.parse(ONE));
    await connection.query('insert into key_checks (key_id, sealed) values ($1, $2)', [
      'one',
      sealer.seal('something else', 'key_checks|one'),
    ]);
    await expect(boot(ONE)).rejects.toMatchObject({ code: 'KEY_WRONG' });
  });

  test('three replicas that boot at once on a new database all come up', async () => {
    await Promise.all([boot(ONE), boot(ONE), boot(ONE)]);
    expect(await keysInUse()).toEqual(['one']);
  });

  test('two replicas with different keys under one id: one of them is refused', async () => {
    const results = await Promise.allSettled([boot(ONE), boot(OTHER_ONE)]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toEqual([
      expect.objectContaining({ reason: expect.objectContaining({ code: 'KEY_WRONG' }) }),
    ]);
  });
});
