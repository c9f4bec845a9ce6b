import { DataSource } from 'typeorm';
import { ApiLimits } from '../../src/auth/api-limits.js';
import type { GrantedScope } from '../../src/auth/auth.types.js';
import { Config, loadConfig } from '../../src/config/config.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { callerWith } from '../harness/clients.js';

const WRONG = { authorization: 'Bearer rca_a-key-that-nobody-has' };
const PATH = '/api/v1/receipts?limit=1';

let rollcall: TestApp;
let addresses = 0;

beforeAll(async () => {
  rollcall = await startApp({
    env: {
      ROLLCALL_TRUST_PROXY: '127.0.0.1',
      ROLLCALL_API_REQUESTS_PER_MINUTE: '6',
      ROLLCALL_API_ADDRESS_PER_MINUTE: '8',
      ROLLCALL_API_REFUSALS_PER_MINUTE: '5',
    },
  });
});
afterAll(() => rollcall.stop());
beforeEach(() => rollcall.sql('delete from api_rates'));

/** An address that no other test has used. */
const anAddress = () => `198.51.100.${(addresses += 1)}`;

const ask = (address: string, headers: Record<string, string>) =>
  fetch(rollcall.url + PATH, { headers: { 'x-forwarded-for': address, ...headers } });

async function statuses(times: number, once: () => Promise<{ status: number }>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; i += 1) found.push((await once()).status);
  return found;
}

async function aCaller(address: string, ...scopes: GrantedScope[]) {
  const caller = await callerWith(rollcall, ...scopes);
  return () => caller(PATH, { headers: { 'x-forwarded-for': address } });
}

describe('limits of the management API', () => {
  it('are 30,000 a minute and key, 60,000 an address, and 100 without a valid key, as shipped', () => {
    expect(loadConfig({ NODE_ENV: 'test', ROLLCALL_KEYS: KEYS }).env).toMatchObject({
      ROLLCALL_API_REQUESTS_PER_MINUTE: 30_000,
      ROLLCALL_API_ADDRESS_PER_MINUTE: 60_000,
      ROLLCALL_API_REFUSALS_PER_MINUTE: 100,
    });
  });

  it('wrong and missing keys of one address are 401, then 429; the right key still opens from there', async () => {
    const address = anAddress();
    expect(await statuses(3, () => ask(address, WRONG))).toEqual([401, 401, 401]);
    expect(await statuses(2, () => ask(`${address}:4711`, {}))).toEqual([401, 401]);
    const refused = await ask(address, WRONG);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds > 40 && seconds <= 60).toBe(true);
    expect(await statuses(1, await aCaller(address, 'receipts:read'))).toEqual([200]);
    expect((await ask(anAddress(), WRONG)).status).toBe(401);
  });

  it('a flood of wrong keys leaves one row and one count of each that was not refused', async () => {
    const address = anAddress();
    const flood = await Promise.all(Array.from({ length: 200 }, () => ask(address, WRONG)));
    expect(flood.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(flood.filter(({ status }) => status === 429)).toHaveLength(195);
    const rows = await rollcall.sql('select key, points from api_rates');
    expect(rows).toEqual([{ key: expect.stringMatching(/^refusals:/), points: 5 }]);
    expect(JSON.stringify(rows)).not.toContain(address);
  });

  it('hold over all replicas', async () => {
    const network = anAddress();
    // what another replica has: memory of its own, the same database
    const replica = new ApiLimits(rollcall.app.get(DataSource), rollcall.app.get(Config));
    await replica.refuse(network);
    await replica.refuse(network);
    expect(await statuses(4, () => ask(network, WRONG))).toEqual([401, 401, 401, 429]);
    await expect(replica.refuse(network)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('one key has so many requests, and another key more', async () => {
    const elsewhere = await aCaller(anAddress(), 'receipts:read', 'admin');
    expect(await statuses(3, elsewhere)).toEqual([200, 200, 200]);
    const here = await callerWith(rollcall, 'receipts:read', 'pii:read');
    const once = () => here(PATH, { headers: { 'x-forwarded-for': anAddress() } });
    expect(await statuses(7, once)).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect((await once()).body).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await statuses(1, elsewhere)).toEqual([200]);
  });

  it('one address has so many requests, whatever its keys, and another address more', async () => {
    const address = anAddress();
    const first = await aCaller(address, 'receipts:read', 'changes:read');
    const second = await aCaller(address, 'receipts:read', 'stats:read');
    expect(await statuses(4, first)).toEqual([200, 200, 200, 200]);
    expect(await statuses(5, second)).toEqual([200, 200, 200, 200, 429]);
  });
});

describe('limits of the management API as shipped', () => {
  it('cost a key no write for each request: a share of the minute is taken at once', async () => {
    const shipped = await startApp();
    for (let i = 0; i < 20; i += 1) expect((await shipped.api(PATH)).status).toBe(200);
    const rows = await shipped.sql(
      'select split_part(key, $1, 1) as what, points from api_rates order by 1',
      [':'],
    );
    expect(rows).toEqual([
      { what: 'address', points: 600 },
      { what: 'key', points: 300 },
    ]);
    await shipped.stop();
  });
});
