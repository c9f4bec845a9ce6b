import { Probes } from '../../src/inbox/probes.service.js';
import type { ProbePageDto } from '../../src/inbox/receipts.dto.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => rollcall.stop());
beforeEach(() => rollcall.sql('delete from probes'));

const send = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(rollcall.url + path, {
    method: 'POST',
    headers: { 'callback-test': '', ...headers },
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
};
const rows = () =>
  rollcall.sql<{ url: string; remote_address: string; token_valid: boolean; tests: number; at: Date }>(
    'select url, remote_address, token_valid, tests, at from probes order by at desc, id desc',
  );
const counted = async () => (await rows()).reduce((sum, { tests }) => sum + tests, 0);

describe('1.3 Callback-Tests', () => {
  test('of one URL and address are one row an hour, with how many there were and when the last came', async () => {
    await send('/callbacks/success', { 'x-forwarded-for': '198.51.100.7' });
    await eventually(async () => (await rows()).length === 1);
    const [first] = await rows();
    for (let i = 0; i < 200; i += 1)
      await send('/callbacks/success/', { 'x-forwarded-for': '198.51.100.7:4711' });
    await eventually(async () => (await counted()) === 201);
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      url: '/callbacks/success/',
      remote_address: '198.51.100.7',
      token_valid: false,
    });
    expect(row?.at.getTime()).toBeGreaterThan(first?.at.getTime() ?? Infinity);
    const { items } = (await (await rollcall.api('/api/v1/probes')).json()) as ProbePageDto;
    expect(items).toMatchObject([{ tests: 201, url: '/callbacks/success/' }]);
  });

  test('of other URLs, of other addresses, and with a valid token have rows of their own; a network is one address', async () => {
    await send('/callbacks/fail', { 'x-forwarded-for': '2001:db8::1' });
    await send('/callbacks/fail', { 'x-forwarded-for': '2001:db8::2' });
    await send('/callbacks/fail', { 'x-forwarded-for': '2001:db8:0:1::1' });
    await send('/callbacks', { 'x-forwarded-for': '2001:db8::1' });
    await send('/callbacks', {
      'x-forwarded-for': '2001:db8::1',
      authorization: `Bearer ${await rollcall.token()}`,
    });
    await eventually(async () => (await counted()) === 5);
    const found = await rows();
    expect(found.map(({ tests }) => tests).sort()).toEqual([1, 1, 1, 2]);
    expect(found.filter((row) => row.token_valid)).toHaveLength(1);
  });

  test('of many addresses at once leave twenty rows a second, and one with a valid token is there all the same', async () => {
    const probes = rollcall.app.get(Probes, { strict: false });
    const test = { at: new Date(), kind: 'fail', url: '/callbacks/fail', tokenValid: false };
    for (let i = 0; i < 5_000; i += 1) {
      probes.record({ ...test, remoteAddress: `198.51.${Math.floor(i / 250)}.${i % 250}` });
    }
    await send('/callbacks/fail', { authorization: `Bearer ${await rollcall.token()}` });
    await eventually(async () => (await rows()).some((row) => row.token_valid));
    const strangers = (await rows()).filter((row) => !row.token_valid);
    // the first is written at once, what has come meanwhile a second later
    expect(strangers.length).toBeLessThanOrEqual(21);
    expect(strangers.length).toBeGreaterThanOrEqual(20);
  });

  test('beyond the newest thousand are deleted, and strangers take no place of those with a valid token', async () => {
    await rollcall.sql(
      `insert into probes (id, at, url, remote_address, token_valid, tests)
       select gen_random_uuid(), now() - n * interval '1 second', '/old', '', n > 1500, 1 from generate_series(1, 1510) n`,
    );
    await send('/callbacks/fail');
    await eventually(async () => (await rows()).length === 1010);
    const found = await rows();
    expect(found[0]).toMatchObject({ url: '/callbacks/fail' });
    expect(found.filter((row) => row.token_valid)).toHaveLength(10);
  });
});
