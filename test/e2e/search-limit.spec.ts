import { DataSource } from 'typeorm';
import { SearchLimit } from '../../src/applicants/search-limit.service.js';
import { Config, loadConfig } from '../../src/config/config.js';
import { KEYS, startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWith, expectProblem } from '../harness/clients.js';

let rollcall: TestApp;
beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_SEARCHES_PER_MINUTE: '4' } });
});
afterAll(() => rollcall.stop());

const search = (body: object, ask: Ask) =>
  ask('/api/v1/applicants/search', { method: 'POST', body: JSON.stringify(body) });

describe('the limit of searches', () => {
  it('is 60 a minute as shipped', () => {
    const { env } = loadConfig({ NODE_ENV: 'test', ROLLCALL_KEYS: KEYS });
    expect(env.ROLLCALL_SEARCHES_PER_MINUTE).toBe(60);
  });

  it('holds over all replicas, and for each key by itself', async () => {
    const authorized = await callerWith(rollcall, 'applicants:search');
    const another = await callerWith(rollcall, 'applicants:search', 'pii:read');
    // what another replica has: memory of its own, the same database
    const replica = new SearchLimit(rollcall.app.get(DataSource), rollcall.app.get(Config));
    await replica.take('test applicants:search');
    await replica.take('test applicants:search');
    expect((await search({ q: 'منى' }, authorized)).status).toBe(200);
    expect((await search({ phone: '01068282888' }, authorized)).status).toBe(200);
    const refused = await search({ idNumber: '1' }, authorized);
    expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await expect(replica.take('test applicants:search')).rejects.toMatchObject({ status: 429 });
    expect((await search({ idNumber: '1' }, another)).status).toBe(200);
  });
});
